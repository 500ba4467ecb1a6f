package dev.parley.server;

import dev.parley.kit.base.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs recurring work on the clock, each job on its own timer; a job that fails is logged and comes
 * again. Owned by the thread that starts and stops the server.
 */
final class Housekeeping implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private final Clock clock;
  private final List<Job> jobs = new ArrayList<>();

  Housekeeping(Clock clock) {
    this.clock = clock;
  }

  /** Runs {@code work} every {@code pause}, first after one pause. */
  void every(Duration pause, String name, Runnable work) {
    Job job = new Job(pause, name, work);
    jobs.add(job);
    job.schedule();
  }

  /** Lets no job start any more. */
  @Override
  public void close() {
    jobs.forEach(Job::stop);
  }

  /** A recurring job; its monitor guards whether it goes on. */
  private final class Job {
    private final Duration pause;
    private final String name;
    private final Runnable work;
    private Clock.@org.jspecify.annotations.Nullable Timer timer;
    private boolean stopped;

    Job(Duration pause, String name, Runnable work) {
      this.pause = pause;
      this.name = name;
      this.work = work;
    }

    synchronized void schedule() {
      if (!stopped) {
        timer = clock.after(pause, this::run);
      }
    }

    private void run() {
      try {
        work.run();
      } catch (RuntimeException failed) {
        LOG.warn("housekeeping job {} failed and comes again", name, failed);
      }
      schedule();
    }

    synchronized void stop() {
      stopped = true;
      if (timer != null) {
        timer.cancel();
      }
    }
  }
}
