package dev.parley.services.calling;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The media of calls, as calling needs them; packets and descriptions are behind it. All methods
 * may block for milliseconds, none for a network. A description that cannot be used is refused with
 * {@link CallRefusal.MediaRefused}.
 */
public interface CallMedia {
  /** Told what happens, in order for each call, on a virtual thread. */
  interface Listener {
    /** A leg's connection became usable. */
    void connected(CallId call, LegId leg, boolean publishing);

    /** A leg's connection is over: its path was silent for too long, or it was refused. */
    void disconnected(CallId call, LegId leg, boolean publishing);

    /** The videos that a leg sends now. */
    void streams(CallId call, LegId leg, List<CallView.Stream> streams);

    /** Who speaks, the dominant one first. */
    void speakers(CallId call, List<LegId> legs);

    /** The leg needs this offer of its receiving connection. */
    void offer(CallId call, LegId leg, int number, String sdp, List<Track> tracks);
  }

  /** A media section of an offer; {@code stream} is 0 for sound. */
  record Track(String mid, LegId from, StreamKind kind, int stream) {}

  /** Makes room for a call's media. */
  void open(CallId call);

  /** Ends all media of a call; without effect when it has none. */
  void close(CallId call);

  /** Lets a leg have media; its connections come with {@link #publish} and offers. */
  void join(CallId call, LegId leg);

  /** Adds one that plays back what it hears, after {@code delay}. */
  void joinEcho(CallId call, LegId leg, Duration delay);

  /** Ends a leg's media; without effect when it has none. */
  void leave(CallId call, LegId leg);

  /** Takes an offer of a leg's publishing connection and gives the answer. */
  String publish(CallId call, LegId leg, String sdp, Map<String, StreamKind> kinds);

  /** Takes the answer to an offer. */
  void answer(CallId call, LegId leg, int number, String sdp);

  /** Makes a new offer with new ICE credentials. */
  void restart(CallId call, LegId leg);

  /**
   * What of a leg's media goes through; what is off is held back at the server whatever the client
   * sends.
   */
  void permit(CallId call, LegId leg, Permission permission);

  /**
   * What goes through.
   *
   * @param sound its sound to others
   * @param video its camera to others
   * @param screen its screen to others
   * @param hears whether it gets anything of the others
   */
  record Permission(boolean sound, boolean video, boolean screen, boolean hears) {}

  /** How large a leg shows a video; height 0 when it is not shown. */
  void view(CallId call, LegId leg, int stream, int height, boolean pinned);

  /** How a leg's connections and tracks do, as JSON for diagnostics. */
  String statistics(CallId call, LegId leg);
}
