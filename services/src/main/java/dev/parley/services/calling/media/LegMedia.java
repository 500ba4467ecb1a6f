package dev.parley.services.calling.media;

import dev.parley.media.api.AudioPort;
import dev.parley.media.api.Endpoint;
import dev.parley.media.api.EndpointId;
import dev.parley.media.api.TrackId;
import dev.parley.services.calling.CallMedia.Permission;
import dev.parley.services.calling.CallView;
import dev.parley.services.calling.StreamKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What a leg sends, gets and may. Owned by its {@link CallConference}, under that one's lock. */
final class LegMedia {
  final EndpointId id;

  /** Null for one that is no client. */
  final @Nullable Endpoint endpoint;

  final @Nullable AudioPort port;
  final SequencedMap<TrackId, Track> tracks = new LinkedHashMap<>();
  final Map<Integer, Shown> views = new HashMap<>();
  Permission permission = new Permission(true, true, true, true);
  Map<String, StreamKind> kinds = Map.of();
  List<CallView.Stream> toldStreams = List.of();

  /** The number of the last offer. */
  int offers;

  /** Whether the last offer waits for its answer; there is one at a time. */
  boolean unanswered;

  /** Whether what the leg receives has changed since the last offer was made. */
  boolean outdated;

  List<Offered> offered = List.of();

  private LegMedia(EndpointId id, @Nullable Endpoint endpoint, @Nullable AudioPort port) {
    this.id = id;
    this.endpoint = endpoint;
    this.port = port;
  }

  static LegMedia of(Endpoint endpoint) {
    return new LegMedia(endpoint.id(), endpoint, null);
  }

  static LegMedia of(AudioPort port) {
    return new LegMedia(port.id(), null, port);
  }

  /** The videos that others may see now. */
  List<CallView.Stream> streams() {
    return tracks.values().stream()
        .filter(track -> track.kind() != StreamKind.AUDIO && track.isAllowed(permission))
        .map(track -> new CallView.Stream(track.number(), track.kind()))
        .toList();
  }
}
