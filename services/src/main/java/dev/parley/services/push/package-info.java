/**
 * Real-time push: who is connected, and the way of a message to every device of a user, each device
 * exactly once. Owns sessions, their resume windows and how far each has acknowledged.
 *
 * <p>It must not know: what a message means (a feature hands over the finished JSON), the frames on
 * the socket ({@code push.wire}), threads or calls.
 *
 * <p>Start with {@link dev.parley.services.push.Push}, what other features see.
 *
 * <p>The session's state machine, {@code state + event = next: effects}; a pair that is missing
 * changes nothing:
 *
 * <pre>
 * Open + Registered = CatchingUp: CatchUp
 * Open + Stopping = Left: AskReconnect
 * Open + Over = Ended: Close
 * CatchingUp + Unregistered = Open
 * CatchingUp + Offered(replay) = CatchingUp: Send
 * CatchingUp + Answered = CatchingUp
 * CatchingUp + CaughtUp = Live
 * CatchingUp + Stopping = Leaving
 * CatchingUp + Over = Ended: Close
 * CatchingUp(full) + Unregistered = Open
 * CatchingUp(full) + Offered(replay) = Stalled
 * CatchingUp(full) + Answered = CatchingUp
 * CatchingUp(full) + CaughtUp = Live
 * CatchingUp(full) + Stopping = Leaving
 * CatchingUp(full) + Over = Ended: Close
 * Live + Unregistered = Open
 * Live + Offered(live) = Live: Send
 * Live + Offered(no budget) = Stalled
 * Live + Signalled = Live: SendSignal
 * Live + Answered = Live
 * Live + Alive(far) = Live: Remember
 * Live + Stopping = Leaving
 * Live + Over = Ended: Close
 * Live(full) + Unregistered = Open
 * Live(full) + Offered(live) = Stalled
 * Live(full) + Offered(no budget) = Stalled
 * Live(full) + Answered = Live
 * Live(full) + Alive(far) = Live: Remember
 * Live(full) + Stopping = Leaving
 * Live(full) + Over = Ended: Close
 * Stalled + Unregistered = Open
 * Stalled + Answered = Stalled
 * Stalled + Stopping = Leaving
 * Stalled + Over = Ended: Close
 * Stalled(half) + Unregistered = Open
 * Stalled(half) + Answered = CatchingUp: CatchUp
 * Stalled(half) + Stopping = Leaving
 * Stalled(half) + Over = Ended: Close
 * Leaving + Answered = Leaving
 * Leaving + Over = Ended: Close
 * Leaving(last) + Answered = Left: AskReconnect
 * Leaving(last) + Over = Ended: Close
 * Left + Over = Ended: Close
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.push;
