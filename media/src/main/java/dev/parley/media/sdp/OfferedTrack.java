package dev.parley.media.sdp;

import dev.parley.media.rtp.PayloadFormat;

/**
 * One section of our offer to a receiver.
 *
 * @param mid identification of the section
 * @param format the one format that it carries
 * @param sending false for a section whose track is gone; it keeps its place (RFC 8829 §5.2.2)
 * @param ssrc our source
 * @param retransmissionSsrc our source of retransmissions, 0 for none
 * @param streamId the id that the browser gives the stream: the publisher's endpoint
 * @param trackId the id of the track
 */
public record OfferedTrack(
    String mid,
    PayloadFormat format,
    boolean sending,
    int ssrc,
    int retransmissionSsrc,
    String streamId,
    String trackId) {}
