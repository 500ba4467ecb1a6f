/**
 * The wire of calling: one WebSocket for each client, its sessions, and requests and notices as
 * JSON (docs/protocols/calling-signalling.md). Owns sessions: who they are, which socket they have,
 * what they were answered. Must not know: who may do what in a call, or packets.
 *
 * <p>Start with {@link dev.parley.services.calling.wire.CallingRoutes}; a message goes from {@code
 * SignallingSocket} through {@code RequestParser} to its {@code ClientSession}, which asks {@link
 * dev.parley.services.calling.Calls} through {@code CallRequests}.
 *
 * <p>The session's state machine, {@code state + event = next: effects}; a pair that is missing
 * changes nothing:
 *
 * <pre>
 * Fresh + Attached = Greeting: Greet
 * Fresh + Unauthorized = Ended: Leave, Close
 * Fresh + Stopping = Ended: Close
 * Greeting + Attached = Greeting: ReplaceSocket, Greet
 * Greeting + Greeted = Connected
 * Greeting + Lost = Away: Wait
 * Greeting + Goodbye = Ended: Leave, Close
 * Greeting + Unauthorized = Ended: Leave, Close
 * Greeting + Stopping = Ended: Close
 * Connected + Attached = Greeting: ReplaceSocket, Greet
 * Connected + Lost = Away: Wait
 * Connected + Goodbye = Ended: Leave, Close
 * Connected + Unauthorized = Ended: Leave, Close
 * Connected + Stopping = Ended: Close
 * Away + Attached = Greeting: StopWaiting, Greet
 * Away + ReturnOver = Ended: Leave
 * Away + Goodbye = Ended: Leave
 * Away + Unauthorized = Ended: Leave
 * Away + Stopping = Ended
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.calling.wire;
