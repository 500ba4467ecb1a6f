package dev.parley.media.api;

import java.util.List;

/**
 * An offer for an endpoint's receiving connection.
 *
 * @param sdp the offer, empty when there is nothing to receive yet
 * @param tracks what its sections carry, in their order; sections without a track are left out
 */
public record ReceiveOffer(String sdp, List<ReceivedTrack> tracks) {
  public ReceiveOffer {
    tracks = List.copyOf(tracks);
  }
}
