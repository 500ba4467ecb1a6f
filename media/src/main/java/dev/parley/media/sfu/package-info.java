/**
 * Selective forwarding: what a member of a room publishes goes, renumbered, to those who receive
 * it. Owns routing, retransmission, key frame requests, layer choice, speakers and reports; must
 * not know users, calls, tokens or HTTP. Everything here belongs to one media loop and is touched
 * by no other thread. Start at {@link dev.parley.media.sfu.Room}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.sfu;
