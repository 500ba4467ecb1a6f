package dev.parley.media.sfu;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One endpoint in a room: what it publishes and what it receives. Owned by the room's loop. */
public final class Member {
  private final String id;
  private final Room room;
  final List<SourceTrack> tracks = new ArrayList<>();
  private @Nullable PublishSide publishing;
  private @Nullable ReceiveSide receiving;
  private boolean held;

  /** The place of one who has no voice: behind all others. */
  static final int NEVER_SPOKE = Integer.MAX_VALUE;

  /** Place among the speakers, 0 for who spoke last; kept by the {@link SpeakerBoard}. */
  int recency = NEVER_SPOKE;

  Member(String id, Room room) {
    this.id = id;
    this.room = room;
  }

  /** The opaque id of the endpoint. */
  public String id() {
    return id;
  }

  /** The room it is in. */
  public Room room() {
    return room;
  }

  /** The tracks that it publishes. */
  public List<SourceTrack> tracks() {
    return tracks;
  }

  /** Whether it is on hold. */
  public boolean held() {
    return held;
  }

  /**
   * On hold nothing that the member publishes goes to anybody and nothing goes to it; connections
   * and tracks stay. Tracks that it adds meanwhile are on hold too.
   */
  public void hold(boolean on) {
    held = on;
    tracks.forEach(SourceTrack::changed);
    if (receiving != null) {
      receiving.share().reconsider();
    }
  }

  /** The publishing connection; only asked while tracks of it exist. */
  PublishSide publishing() {
    if (publishing == null) {
      throw new IllegalStateException("member " + id + " does not publish");
    }
    return publishing;
  }

  /** The publishing connection, if there is one. */
  public @Nullable PublishSide publishSide() {
    return publishing;
  }

  /** The receiving connection, if there is one. */
  public @Nullable ReceiveSide receiveSide() {
    return receiving;
  }

  /** Gives the member its publishing connection. */
  public void publishWith(PublishSide side) {
    publishing = side;
  }

  /** Gives the member its receiving connection, which gets every track of the others. */
  public void receiveWith(ReceiveSide side) {
    receiving = side;
    room.connect(side);
  }

  void ended(PublishSide side) {
    if (publishing == side) {
      List.copyOf(tracks).forEach(room::unpublish);
      publishing = null;
    }
  }

  void ended(ReceiveSide side) {
    if (receiving == side) {
      receiving = null;
    }
  }

  /** Leaves: both connections close and the tracks end. */
  void leave() {
    if (publishing != null) {
      publishing.link().close("left");
    }
    if (receiving != null) {
      receiving.link().close("left");
    }
    List.copyOf(tracks).forEach(room::unpublish);
  }
}
