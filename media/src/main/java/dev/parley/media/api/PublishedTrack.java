package dev.parley.media.api;

import dev.parley.media.rtp.MediaKind;

/**
 * A track in a conference.
 *
 * @param id of the track
 * @param owner the endpoint that publishes it
 * @param kind audio or video
 * @param codec the name of its format in SDP, for example {@code VP8}
 * @param mid the publisher's media section, by which the client knows which of its tracks it is;
 *     empty for tracks that no connection carries
 */
public record PublishedTrack(
    TrackId id, EndpointId owner, MediaKind kind, String codec, String mid) {
  /** Whether it is a video, not sound. */
  public boolean isVideo() {
    return kind == MediaKind.VIDEO;
  }
}
