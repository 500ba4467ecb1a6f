package dev.parley.services.calling;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call as one leg sees it now (docs/protocols/calling-signalling.md §5).
 *
 * @param locator how others find it; empty for calls that ring only
 * @param incoming whether this participant was called, rather than called or joined
 * @param state of this leg
 * @param startedAt when it was begun
 * @param starter who began it
 * @param lobby whether newcomers wait until they are let in
 * @param access what the meeting allows those who are no presenters
 * @param self this participant
 * @param capabilities by the wire's word
 * @param others everybody else; empty while in the lobby
 */
public record CallView(
    CallId id,
    LegId leg,
    CallKind kind,
    Optional<CallLocator> locator,
    boolean incoming,
    State state,
    Instant startedAt,
    Person starter,
    boolean lobby,
    Access access,
    Participant self,
    Map<String, Capability> capabilities,
    List<Participant> others) {
  public CallView {
    capabilities = Map.copyOf(capabilities);
    others = List.copyOf(others);
  }

  /** Where a leg stands; the wire's words are {@code Connecting}, {@code LocalHold} and so on. */
  public enum State {
    CONNECTING,
    RINGING,
    CONNECTED,
    LOCAL_HOLD,
    REMOTE_HOLD,
    IN_LOBBY
  }

  /**
   * A name to show.
   *
   * @param user raw id
   * @param displayName empty when unknown
   */
  public record Person(String user, String displayName) {}

  /** Whether sound and video may be sent. */
  public record Access(boolean audio, boolean video) {}

  /**
   * Whether something is allowed.
   *
   * @param reason {@code Capable}, {@code RoleRestricted}, {@code MeetingRestricted} or {@code
   *     FeatureNotSupported}
   */
  public record Capability(boolean isPresent, String reason) {}

  /**
   * A video that a participant sends.
   *
   * @param id a number of its own in the call, from 1
   */
  public record Stream(int id, StreamKind kind) {}

  /**
   * A participant as everybody sees it.
   *
   * @param hand its order among the raised hands, from 1
   * @param spotlight its order among the spotlighted, from 1
   */
  public record Participant(
      Person person,
      ParticipantState state,
      CallRole role,
      boolean muted,
      List<Stream> streams,
      Optional<Integer> hand,
      Optional<Integer> spotlight,
      Access access) {
    public Participant {
      streams = List.copyOf(streams);
    }
  }

  /** Where a participant stands. */
  public enum ParticipantState {
    CONNECTING,
    RINGING,
    CONNECTED,
    HOLD,
    IN_LOBBY
  }
}
