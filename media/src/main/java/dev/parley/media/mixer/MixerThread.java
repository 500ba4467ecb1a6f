package dev.parley.media.mixer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that runs a round of every mixer each 20 ms. Sleeps while there is none. */
public final class MixerThread implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MixerThread.class);
  private static final long ROUND_NANOS = 20_000_000;

  /** Rounds that were missed are not made up for beyond this: the machine was stopped. */
  private static final long BEHIND_NANOS_MAX = 500_000_000;

  private final List<RoomMixer> mixers = new CopyOnWriteArrayList<>();
  private final LongSupplier nanoTime;
  private final Thread thread;
  private volatile boolean stopping;

  /** A thread that is started at once. */
  public MixerThread(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.thread = Thread.ofPlatform().name("media-mixer").daemon().start(this::run);
  }

  void add(RoomMixer mixer) {
    mixers.add(mixer);
    LockSupport.unpark(thread);
  }

  void remove(RoomMixer mixer) {
    mixers.remove(mixer);
  }

  private void run() {
    long next = nanoTime.getAsLong();
    while (!stopping) {
      if (mixers.isEmpty()) {
        LockSupport.park(this);
        next = nanoTime.getAsLong();
        continue;
      }
      long now = nanoTime.getAsLong();
      if (now - next > BEHIND_NANOS_MAX) {
        next = now;
      }
      if (now - next < 0) {
        LockSupport.parkNanos(this, next - now);
        continue;
      }
      next += ROUND_NANOS;
      for (RoomMixer mixer : mixers) {
        round(mixer, now / 1000);
      }
    }
  }

  private static void round(RoomMixer mixer, long nowMicros) {
    try {
      mixer.round(nowMicros);
    } catch (RuntimeException bug) {
      LOG.error("a mixer failed in its round", bug);
    }
  }

  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
