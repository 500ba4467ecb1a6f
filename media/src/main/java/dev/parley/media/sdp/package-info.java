/**
 * Session descriptions (RFC 8866) in and out, as WebRTC uses them (RFC 8829, RFC 9429). Owns text
 * and its meaning; must not know loops, links or conferences. Start at {@link
 * dev.parley.media.sdp.PublishNegotiation} and {@link dev.parley.media.sdp.ReceiveNegotiation}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.sdp;
