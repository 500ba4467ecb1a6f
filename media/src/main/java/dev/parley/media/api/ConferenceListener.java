package dev.parley.media.api;

import java.util.List;

/**
 * What happens in a conference. Called one at a time, on a virtual thread of the conference, in
 * order; blocking here delays only the notices of this conference.
 */
public interface ConferenceListener {
  /** A connection of the endpoint became usable: its publishing or its receiving one. */
  default void connected(EndpointId endpoint, boolean publishing) {}

  /** A connection of the endpoint is over, with the reason for logs. */
  default void disconnected(EndpointId endpoint, boolean publishing, String reason) {}

  /** A track appeared. */
  default void published(PublishedTrack track) {}

  /** A track is gone. */
  default void unpublished(PublishedTrack track) {}

  /** The endpoint's receiving connection needs a new offer: ask {@link Endpoint#offer}. */
  default void offerNeeded(EndpointId endpoint) {}

  /** Who speaks now; the first is the dominant speaker. */
  default void speakers(List<EndpointId> speaking) {}
}
