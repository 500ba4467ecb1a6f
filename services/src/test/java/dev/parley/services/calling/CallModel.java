package dev.parley.services.calling;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call should be, told as simply as possible and apart from the code it judges: who is
 * where, with which client, until when. Time is given by the test.
 */
final class CallModel {
  /** Where a user is. */
  enum Where {
    RINGS,
    WAITS,
    IN
  }

  /** A user in the call. */
  static final class Seat {
    Where where;
    @Nullable ClientId client;
    final Set<ClientId> rings = new HashSet<>();
    CallRole role = CallRole.PRESENTER;
    boolean hold;
    boolean muted = true;
    boolean audio = true;
    @Nullable Instant ringUntil;
    @Nullable Instant awayUntil;
    @Nullable Instant silentUntil;
    boolean offered;

    Seat(Where where) {
      this.where = where;
    }

    /** As a test shows it. */
    @Override
    public String toString() {
      return where
          + " "
          + client
          + " "
          + rings.stream().map(ClientId::toString).sorted().toList()
          + " "
          + role
          + (hold ? " hold" : "")
          + (muted ? " muted" : "");
    }
  }

  final CallId id;
  CallKind kind;
  final boolean lobby;
  boolean ringing;
  boolean meetingAudio = true;
  boolean over;
  boolean ofLocator;
  @Nullable Instant roomUntil;
  final Map<String, Seat> seats = new LinkedHashMap<>();

  CallModel(CallId id, CallKind kind, boolean lobby) {
    this.id = id;
    this.kind = kind;
    this.lobby = lobby;
    this.ringing = kind == CallKind.ONE_TO_ONE;
  }

  /** It is the call of a group or room. */
  CallModel located() {
    ofLocator = true;
    return this;
  }

  /** The user's seat; it has one. */
  Seat seat(String user) {
    return Objects.requireNonNull(seats.get(user), user);
  }

  boolean maySpeak(Seat seat) {
    return seat.role != CallRole.CONSUMER
        && seat.audio
        && (seat.role == CallRole.PRESENTER || meetingAudio);
  }

  boolean isIn(CallClient client) {
    Seat seat = seats.get(client.user());
    return seat != null && client.id().equals(seat.client);
  }

  boolean isPresent(CallClient client) {
    return isIn(client) && seat(client.user()).where == Where.IN;
  }

  List<String> present() {
    List<String> present = new ArrayList<>();
    seats.forEach((user, seat) -> {
      if (seat.where == Where.IN) {
        present.add(user);
      }
    });
    return present;
  }

  /** Somebody comes in, from wherever it was. */
  void enter(CallClient client, CallRole role, boolean muted) {
    Seat old = seats.get(client.user());
    if (old != null && client.id().equals(old.client)) {
      return;
    }
    boolean waits = old == null ? lobby && !seats.isEmpty() : old.where == Where.WAITS;
    if (old != null && old.where == Where.RINGS) {
      ringing = false;
    }
    Seat seat = old == null ? new Seat(Where.IN) : old;
    seat.where = waits ? Where.WAITS : Where.IN;
    seat.client = client.id();
    seat.rings.clear();
    seat.role = role;
    seat.hold = false;
    seat.ringUntil = null;
    seat.awayUntil = null;
    seat.silentUntil = null;
    seat.offered = false;
    seat.muted = muted || !waits && !maySpeak(seat);
    seats.put(client.user(), seat);
  }

  void ring(String user, Set<ClientId> clients, Instant until) {
    Seat seat = new Seat(Where.RINGS);
    seat.rings.addAll(clients);
    seat.ringUntil = until;
    seats.put(user, seat);
  }

  /** Somebody goes; the call may be over by that. */
  void leave(String user) {
    seats.remove(user);
    settle();
  }

  void settle() {
    long in =
        seats.entrySet().stream()
            .filter(one -> one.getValue().where == Where.IN)
            .filter(one -> !one.getKey().equals(CallService.ECHO_USER))
            .count();
    long rings = seats.values().stream().filter(one -> one.where == Where.RINGS).count();
    boolean forTwo = kind == CallKind.ONE_TO_ONE || kind == CallKind.ECHO;
    if (in == 0 || ringing && rings == 0 || forTwo && present().size() + rings < 2) {
      end();
    }
  }

  void end() {
    over = true;
    seats.clear();
  }

  /** What time alone brings, until {@code now}. */
  void time(Instant now) {
    while (!over) {
      String due = null;
      for (Map.Entry<String, Seat> one : seats.entrySet()) {
        if (isDue(one.getValue(), now)) {
          due = one.getKey();
        }
      }
      if (due == null) {
        break;
      }
      leave(due);
    }
    if (roomUntil != null && !now.isBefore(roomUntil)) {
      end();
    }
  }

  private static boolean isDue(Seat seat, Instant now) {
    return isOver(seat.ringUntil, now)
        || isOver(seat.awayUntil, now)
        || seat.awayUntil == null && isOver(seat.silentUntil, now);
  }

  private static boolean isOver(@Nullable Instant until, Instant now) {
    return until != null && !now.isBefore(until);
  }

  /** The server was killed and started. */
  void restarted(Instant now) {
    seats.forEach((user, seat) -> {
      seat.silentUntil = null;
      seat.offered = false;
      if (user.equals(CallService.ECHO_USER)) {
        seat.muted = false;
      } else if (seat.where == Where.RINGS) {
        seat.rings.clear();
        seat.ringUntil = now.plus(CallLimits.RING);
      } else {
        seat.awayUntil = now.plus(CallLimits.RETURN);
        seat.muted = true;
      }
    });
  }

  /** Timers that should run for it. */
  int timers(Instant now) {
    int timers = roomUntil == null || over ? 0 : 1;
    for (Seat seat : seats.values()) {
      timers += seat.ringUntil == null ? 0 : 1;
      timers += seat.awayUntil == null ? 0 : 1;
      // While the socket is gone too, the end of this time brings nothing.
      timers += seat.silentUntil == null || isOver(seat.silentUntil, now) ? 0 : 1;
    }
    return timers;
  }
}
