/**
 * Calls: who is in them, in which role and state, who rings, why they end. Owns calls, their
 * participants and legs, and the facts about them.
 *
 * <p>It must not know: JSON and sockets ({@code calling.wire}), packets and descriptions of media
 * (behind {@link dev.parley.services.calling.CallMedia}), how a client is reached (behind {@link
 * dev.parley.services.calling.CallClients}).
 *
 * <p>Start with {@link dev.parley.services.calling.Calls}, what a client can ask for.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.calling;
