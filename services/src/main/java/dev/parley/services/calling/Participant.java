package dev.parley.services.calling;

import java.util.List;
import java.util.UUID;

/**
 * Somebody in a call, rung or waiting.
 *
 * @param id of this stay in the call; a later stay of the same user has another
 * @param called whether it was called, rather than called or joined
 * @param access what it may send, besides its role and the meeting
 * @param spotlight when it was put there, as a rising number, or 0
 * @param signals what is not stored
 */
public record Participant(
    UUID id,
    CallView.Person person,
    CallRole role,
    boolean called,
    Place place,
    CallView.Access access,
    long spotlight,
    Signals signals) {
  public static final CallView.Access FULL = new CallView.Access(true, true);

  /**
   * What lasts only as long as the server runs.
   *
   * @param hand when it was raised, as a rising number, or 0
   * @param lines lines of real-time text that it wrote
   */
  public record Signals(boolean muted, List<CallView.Stream> streams, long hand, long lines) {
    public static final Signals QUIET = new Signals(true, List.of(), 0, 0);

    public Signals {
      streams = List.copyOf(streams);
    }

    Signals withMuted(boolean isMuted) {
      return new Signals(isMuted, streams, hand, lines);
    }
  }

  public String user() {
    return person.user();
  }

  boolean isPresent() {
    return place instanceof Place.Present;
  }

  public boolean onHold() {
    return place instanceof Place.Present present && present.onHold();
  }

  boolean isMuted() {
    return signals.muted();
  }

  Participant with(Place other) {
    return new Participant(id, person, role, called, other, access, spotlight, signals);
  }

  Participant with(Signals other) {
    return new Participant(id, person, role, called, place, access, spotlight, other);
  }

  Participant with(CallRole other) {
    return new Participant(id, person, other, called, place, access, spotlight, signals);
  }

  Participant with(CallView.Access other) {
    return new Participant(id, person, role, called, place, other, spotlight, signals);
  }

  Participant with(CallView.Person other) {
    return new Participant(id, other, role, called, place, access, spotlight, signals);
  }

  Participant withSpotlight(long order) {
    return new Participant(id, person, role, called, place, access, order, signals);
  }

  Participant withMuted(boolean isMuted) {
    return with(signals.withMuted(isMuted));
  }

  Participant withHand(long order) {
    return with(new Signals(signals.muted(), signals.streams(), order, signals.lines()));
  }

  Participant with(List<CallView.Stream> streams) {
    return with(new Signals(signals.muted(), streams, signals.hand(), signals.lines()));
  }

  Participant withLine() {
    return with(
        new Signals(signals.muted(), signals.streams(), signals.hand(), signals.lines() + 1));
  }

  /** The leg is replaced, the place stays the same. */
  Participant with(Leg leg) {
    return switch (place) {
      case Place.Invited invited -> this;
      case Place.Waiting waiting -> with((Place) new Place.Waiting(leg));
      case Place.Present present -> with((Place) new Place.Present(leg, present.onHold()));
    };
  }
}
