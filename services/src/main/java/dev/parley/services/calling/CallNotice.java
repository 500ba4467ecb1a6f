package dev.parley.services.calling;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client is told, whole states each time (docs/protocols/calling-signalling.md §4-7). */
public sealed interface CallNotice {
  CallId call();

  /** It rings. */
  record Incoming(CallId call, CallView.Person caller, CallKind kind, boolean video, String thread)
      implements CallNotice {}

  /** The ringing is over here. */
  record IncomingEnded(CallId call, EndReason reason) implements CallNotice {}

  /** The call as a whole, as this client's leg sees it. */
  record Changed(CallView view) implements CallNotice {
    @Override
    public CallId call() {
      return view.id();
    }
  }

  /**
   * What is this client's own in the call changed; small, however large the call is.
   *
   * @param lobby whether newcomers wait until they are let in
   * @param access what the meeting allows those who are no presenters
   */
  record SelfChanged(
      CallId call,
      CallView.State state,
      boolean lobby,
      CallView.Access access,
      CallView.Participant self,
      Map<String, CallView.Capability> capabilities)
      implements CallNotice {
    public SelfChanged {
      capabilities = Map.copyOf(capabilities);
    }
  }

  /** Another participant came or changed. */
  record ParticipantChanged(CallId call, CallView.Participant participant) implements CallNotice {}

  /** Another participant is gone. */
  record ParticipantLeft(CallId call, String user, EndReason reason) implements CallNotice {}

  /** The call is over for this client. */
  record Ended(CallId call, EndReason reason) implements CallNotice {}

  /** Who speaks, the dominant one first. */
  record Speakers(CallId call, List<String> users) implements CallNotice {
    public Speakers {
      users = List.copyOf(users);
    }
  }

  /** Somebody muted this client. */
  record MutedByOthers(CallId call, String by) implements CallNotice {}

  /** A reaction of another participant, or of the own user. */
  record Reaction(CallId call, String from, String reaction) implements CallNotice {}

  /** Tones of another participant. */
  record Dtmf(CallId call, String from, String tones) implements CallNotice {}

  /** A line that is being written, numbered per writer. */
  record RealTimeText(CallId call, String from, long sequence, String text, boolean last)
      implements CallNotice {}

  /** This client is to go elsewhere. Exactly one of the targets is not empty. */
  record TransferRequested(CallId call, String by, String toUser, String toCall)
      implements CallNotice {}

  /**
   * How a transfer that this client asked for goes.
   *
   * @param reason why, as the one who was asked says
   */
  record TransferState(CallId call, String user, String state, Optional<CallAction.Reason> reason)
      implements CallNotice {}

  /** The server's offer of the receiving connection. */
  record Offer(CallId call, int number, String sdp, List<OfferedTrack> tracks)
      implements CallNotice {
    public Offer {
      tracks = List.copyOf(tracks);
    }
  }

  /**
   * A media section of an offer.
   *
   * @param user who sends it
   * @param stream the number of the video, 0 for sound
   */
  record OfferedTrack(String mid, String user, StreamKind kind, int stream) {}
}
