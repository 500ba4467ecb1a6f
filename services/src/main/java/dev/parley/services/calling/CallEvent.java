package dev.parley.services.calling;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Everything that can happen to a call. What is needed from outside comes with the event. */
sealed interface CallEvent {
  /** A client asks, and waits for an answer. */
  sealed interface Request extends CallEvent {
    CallClient client();
  }

  /** Somebody calls others. */
  record Start(
      CallClient client,
      CallHeader header,
      Seat seat,
      List<Invitation> invitations,
      boolean muted,
      boolean video)
      implements Request {
    public Start {
      invitations = List.copyOf(invitations);
    }
  }

  /** Somebody joins; {@code header} is the call's when this begins it. */
  record Join(
      CallClient client, CallHeader header, Seat seat, CallRole role, boolean muted, boolean begins)
      implements Request {}

  /** Who is in this call asks {@code user}, of another call, to come over. */
  record Expect(CallClient client, String user) implements Request {}

  /** Who was asked to come over comes. */
  record Come(CallClient client, Seat seat, boolean muted) implements Request {}

  /** A called user answers. */
  record Accept(CallClient client, LegId leg, boolean muted) implements Request {}

  /** A called user says no. */
  record Reject(CallClient client) implements Request {}

  /** A client takes its user's place again. */
  record Rejoin(CallClient client, LegId leg) implements Request {}

  /** Further users are called. */
  record Invite(CallClient client, List<Invitation> invitations) implements Request {
    public Invite {
      invitations = List.copyOf(invitations);
    }
  }

  /** Any other action. */
  record Act(CallClient client, CallAction action) implements Request {}

  /** A client of a called user came, and rings. */
  record Arrived(ClientId client, String user) implements CallEvent {}

  /** A client's socket is gone. */
  record SocketLost(ClientId client, String user) implements CallEvent {}

  /** A client's socket is back. */
  record SocketBack(ClientId client, String user) implements CallEvent {}

  /** A client is gone for good. */
  record ClientGone(ClientId client, String user, EndReason reason) implements CallEvent {}

  /** A time is over. */
  record TimeOver(CallTimer timer) implements CallEvent {}

  /** A leg's offer of its publishing connection was taken. */
  record MediaOffered(LegId leg) implements CallEvent {}

  /** A leg's connection became usable. */
  record MediaConnected(LegId leg, boolean publishing) implements CallEvent {}

  /** A leg's connection is over. */
  record MediaLost(LegId leg, boolean publishing) implements CallEvent {}

  /** A leg can have no media: the engine failed. */
  record MediaFailed(LegId leg) implements CallEvent {}

  /** The videos that a leg sends now. */
  record Streams(LegId leg, List<CallView.Stream> streams) implements CallEvent {
    public Streams {
      streams = List.copyOf(streams);
    }
  }

  /** Who speaks, the dominant one first. */
  record Speaking(List<LegId> legs) implements CallEvent {
    public Speaking {
      legs = List.copyOf(legs);
    }
  }

  /** A user's role in the room is this now. */
  record RoleChanged(String user, CallRole role) implements CallEvent {}

  /** A user may be in the room no more, for this reason. */
  record Uninvited(String user, EndReason reason) implements CallEvent {}

  /** The room closes then. */
  record RoomTime(Instant validUntil) implements CallEvent {}

  /** The room is gone or closed: the call ends. */
  record RoomOver(EndReason reason) implements CallEvent {}

  /** A user was deleted. */
  record UserDeleted(String user) implements CallEvent {}

  /** The resource was deleted. */
  record ResourceDeleted() implements CallEvent {}

  /** The server started again with this call in its store. */
  record Recovered() implements CallEvent {}

  /** Ids for somebody who comes in. */
  record Seat(LegId leg, UUID participant) {}

  /**
   * A user to call.
   *
   * @param clients those of its clients that ring
   */
  record Invitation(String user, UUID participant, Set<ClientId> clients) {
    public Invitation {
      clients = Set.copyOf(clients);
    }
  }

  /** Whose request it is, if it is one. */
  default Optional<CallClient> requester() {
    return this instanceof Request request ? Optional.of(request.client()) : Optional.empty();
  }
}
