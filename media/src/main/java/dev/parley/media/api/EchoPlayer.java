package dev.parley.media.api;

import dev.parley.media.mixer.FrameSink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Plays back what it hears after a while. Runs on the mixer's thread. */
final class EchoPlayer implements FrameSink {
  private static final int FRAME_MILLIS = 20;
  private static final Duration DELAY_MAX = Duration.ofSeconds(10);

  private final int delayFrames;
  private final Deque<short[]> held = new ArrayDeque<>();
  private volatile @Nullable AudioPort port;

  EchoPlayer(Duration delay) {
    if (delay.isNegative() || delay.compareTo(DELAY_MAX) > 0) {
      throw new IllegalArgumentException("an echo comes after 0 to 10 s");
    }
    this.delayFrames = (int) (delay.toMillis() / FRAME_MILLIS);
  }

  void playInto(AudioPort opened) {
    port = opened;
  }

  @Override
  public void frame(short[] frame, boolean silent) {
    AudioPort opened = port;
    if (opened == null) {
      return;
    }
    held.addLast(frame.clone());
    if (held.size() > delayFrames) {
      opened.say(held.removeFirst());
    }
  }
}
