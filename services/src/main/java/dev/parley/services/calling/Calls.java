package dev.parley.services.calling;

import java.util.List;
import java.util.Map;

/**
 * What clients can ask for. Calls block until the decision is durable; run them on virtual threads.
 * Each refuses by {@link dev.parley.kit.base.Refused} with a {@link CallRefusal}. What follows for
 * other clients, and for the same one later, comes through {@link CallClients}.
 */
public interface Calls {
  /**
   * Calls others.
   *
   * @param users raw ids, 1 to {@code CallLimits.INVITED_MAX}; one makes a call for two
   * @param video whether a camera will send, which those who ring are told
   * @param threadId the chat thread that belongs to the call, or empty
   */
  CallView start(
      CallClient client, List<String> users, boolean muted, boolean video, String threadId);

  /**
   * Joins the call of a locator, beginning it when there is none.
   *
   * @param lobby whether those who come later wait; counts for who begins a group call
   */
  CallView join(CallClient client, CallLocator locator, boolean muted, boolean lobby);

  /**
   * Joins a running call to which this client's user was asked to come over by {@link
   * CallAction.Transfer}, within {@link CallLimits#COMING}. For everybody else, and a second time,
   * there is no such call.
   */
  CallView come(CallClient client, CallId call, boolean muted);

  /** Answers a call that rings at this client. */
  CallView accept(CallClient client, CallId call, boolean muted, boolean video);

  /** Says no for the user, at all its devices. */
  void reject(CallClient client, CallId call);

  /** Takes the place again that the same user has in the call, with another client session. */
  CallView rejoin(CallClient client, CallId call, LegId leg);

  /** Acts in a call that this client is in. */
  void act(CallClient client, CallId call, CallAction action);

  /** Gives an opinion of a call, in it or up to an hour after it; answers the opinion's id. */
  String survey(CallClient client, CallId call, String json);

  /**
   * Takes the client's offer of its publishing connection.
   *
   * @param kinds what each media section, by its mid, carries
   * @return the answer
   */
  String publish(CallClient client, CallId call, String sdp, Map<String, StreamKind> kinds);

  /** Takes the client's answer to offer {@code number}; an older number is ignored. */
  void answer(CallClient client, CallId call, int number, String sdp);

  /** Asks for an offer with new ICE credentials. */
  void restartMedia(CallClient client, CallId call);

  /**
   * Says how large a video is shown.
   *
   * @param height in pixels, 0 when it is not shown
   */
  void view(CallClient client, CallId call, int stream, int height, boolean pinned);

  /** How the client's media do, as JSON for diagnostics. */
  String statistics(CallClient client, CallId call);

  /** The calls that this client is in, as they are now. */
  List<CallView> callsOf(CallClient client);

  /** A client that rings said hello: it rings for the calls in which its user is called now. */
  void arrived(CallClient client);

  /** The client's socket is gone; it may come back within {@code CallLimits.RETURN}. */
  void disconnected(CallClient client);

  /** The client's socket is back. */
  void reconnected(CallClient client);

  /** The client is gone for good: its legs end, for this reason. */
  void left(CallClient client, EndReason reason);
}
