/**
 * RTP and RTCP as bytes: parse and write in place on native slots, without garbage. Owns the wire
 * forms of RFC 3550, 4585, 4588, 5104, 5285, 6464 and transport-wide feedback; must not know who
 * sends or receives. Start at {@link dev.parley.media.rtp.RtpPacket}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.rtp;
