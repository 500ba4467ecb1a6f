package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What is true of a call as a whole.
 *
 * @param starterRole the role in which it was begun
 * @param thread the chat thread that belongs to it, or empty
 * @param correlation what joins all events of the call
 * @param lobby whether newcomers wait
 * @param access what the meeting allows those who are no presenters
 * @param validUntil when its room closes
 */
public record CallHeader(
    ResourceId resource,
    CallId id,
    CallKind kind,
    Optional<CallLocator> locator,
    CallView.Person starter,
    CallRole starterRole,
    String thread,
    Instant startedAt,
    UUID correlation,
    boolean lobby,
    CallView.Access access,
    Optional<Instant> validUntil) {
  boolean isRoom() {
    return kind == CallKind.ROOM;
  }

  /** Whether the call is over as soon as one side leaves. */
  boolean isForTwo() {
    return kind == CallKind.ONE_TO_ONE || kind == CallKind.ECHO;
  }

  CallHeader with(CallKind other) {
    return copy(other, starter, thread, lobby, access, validUntil);
  }

  CallHeader with(CallView.Access other) {
    return copy(kind, starter, thread, lobby, other, validUntil);
  }

  CallHeader withThread(String other) {
    return copy(kind, starter, other, lobby, access, validUntil);
  }

  CallHeader withLobby(boolean newcomersWait) {
    return copy(kind, starter, thread, newcomersWait, access, validUntil);
  }

  CallHeader withValidUntil(Instant other) {
    return copy(kind, starter, thread, lobby, access, Optional.of(other));
  }

  CallHeader withoutStarterName() {
    CallView.Person nameless = new CallView.Person(starter.user(), "");
    return copy(kind, nameless, thread, lobby, access, validUntil);
  }

  private CallHeader copy(
      CallKind newKind,
      CallView.Person newStarter,
      String newThread,
      boolean newLobby,
      CallView.Access newAccess,
      Optional<Instant> newValidUntil) {
    return new CallHeader(
        resource,
        id,
        newKind,
        locator,
        newStarter,
        starterRole,
        newThread,
        startedAt,
        correlation,
        newLobby,
        newAccess,
        newValidUntil);
  }
}
