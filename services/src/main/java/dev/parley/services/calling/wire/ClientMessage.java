package dev.parley.services.calling.wire;

import dev.parley.services.calling.CallAction;
import dev.parley.services.calling.CallId;
import dev.parley.services.calling.CallLocator;
import dev.parley.services.calling.LegId;
import dev.parley.services.calling.StreamKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a client sends. */
sealed interface ClientMessage {
  /** The client lives. */
  record Ping() implements ClientMessage {}

  /**
   * A request.
   *
   * @param id by which the client finds the answer
   */
  record Numbered(long id, Request request) implements ClientMessage {}

  /** A request that cannot be used. */
  record Unusable(long id, MessageRefused.ErrorBody error) implements ClientMessage {}

  /** What a request asks for. */
  sealed interface Request {}

  /**
   * The first message of a socket.
   *
   * @param session the one to go on with
   */
  record Hello(String token, String displayName, boolean incoming, Optional<SessionKey> session)
      implements Request {}

  /** A session's id and what only its client knows. */
  record SessionKey(UUID id, String secret) {}

  /** A newer token of the same user. */
  record Token(String token) implements Request {
    @Override
    public String toString() {
      return "Token[redacted]";
    }
  }

  /** The end of the session. */
  record Goodbye() implements Request {}

  /** A request about calls. */
  sealed interface CallRequest extends Request {
    /** Whether it is answered with a call, before which no newer notice may go out. */
    default boolean givesView() {
      return false;
    }
  }

  record Start(List<String> users, boolean muted, boolean video, String threadId)
      implements CallRequest {
    @Override
    public boolean givesView() {
      return true;
    }
  }

  record Join(CallLocator locator, boolean muted, boolean lobby) implements CallRequest {
    @Override
    public boolean givesView() {
      return true;
    }
  }

  record Come(CallId call, boolean muted) implements CallRequest {
    @Override
    public boolean givesView() {
      return true;
    }
  }

  record Accept(CallId call, boolean muted, boolean video) implements CallRequest {
    @Override
    public boolean givesView() {
      return true;
    }
  }

  record Reject(CallId call) implements CallRequest {}

  record Rejoin(CallId call, LegId leg) implements CallRequest {
    @Override
    public boolean givesView() {
      return true;
    }
  }

  record Act(CallId call, CallAction action) implements CallRequest {}

  record Survey(CallId call, String json) implements CallRequest {}

  record Statistics(CallId call) implements CallRequest {}

  record Publish(CallId call, String sdp, Map<String, StreamKind> kinds) implements CallRequest {}

  record Answer(CallId call, int number, String sdp) implements CallRequest {}

  record Restart(CallId call) implements CallRequest {}

  record View(CallId call, int stream, int height, boolean pinned) implements CallRequest {}
}
