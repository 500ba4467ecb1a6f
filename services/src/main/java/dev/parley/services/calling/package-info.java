/**
 * Calls: who is in them, in which role and state, who rings, why they end. Owns calls, their
 * participants and legs, and the facts about them.
 *
 * <p>It must not know: JSON and sockets ({@code calling.wire}), packets and descriptions of media
 * (behind {@link dev.parley.services.calling.CallMedia}), how a client is reached (behind {@link
 * dev.parley.services.calling.CallClients}), how rooms are kept (behind {@link
 * dev.parley.services.calling.CallRooms}).
 *
 * <p>Start with {@link dev.parley.services.calling.Calls}, what a client can ask for. Then follow
 * one request:
 *
 * <pre>
 * CallService          finds the call and asks its owner; gathers what a decision needs from outside
 *   CallRegistry       calls by id, locator, client and user
 *   CallDriver         one owner per call: decide, make durable with the facts, then effects, answer
 *     CallDecision     pure: CallState + CallEvent = CallState, CallEffects
 *       Entering, Leaving, Returning, Acting, Moderating    its parts, on a Turn
 *       Announcement   who is told what, by comparing what is shown before and after
 *     CallChanges      what there is to save: as much as changed
 *     CallStore        saves it; loads all calls under way when the server starts
 *     CallFacts        the facts in the journal
 * CallMediaEvents, RoomChanges, CallErasure    what media, rooms and deletions bring
 * </pre>
 *
 * <p>Every state with every event stands in {@code docs/protocols/calling-states.md}, which a test
 * compares. What is not stored (mute, hands, streams, sockets) is gone after a restart: legs are
 * then waited for and count as muted until their clients come back and say how they stand.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.calling;
