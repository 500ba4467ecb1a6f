/**
 * What is inside a video or audio RTP payload, and which packets of a track one receiver gets.
 *
 * <p>Owns the payload descriptor parsers (VP8 RFC 7741, VP9 RFC 9628, H.264 RFC 6184, AV1 with its
 * Dependency Descriptor, Opus RFC 7587) and the projection: one encoding of a simulcast, or some
 * layers of a scalable stream, shown to a receiver as one unbroken stream. Knows nothing of
 * sockets, SRTP, RTP header layout or bandwidth. Start at {@link
 * dev.parley.media.codec.VideoProjection}.
 *
 * <p>Everything is single-owner and free of allocation per packet: a media loop keeps one {@link
 * dev.parley.media.codec.VideoPacket}, lets a {@link dev.parley.media.codec.PayloadParser} fill it
 * once per incoming packet, and offers it to the projection of every receiver.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.codec;
