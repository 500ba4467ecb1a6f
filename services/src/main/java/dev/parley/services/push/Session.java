package dev.parley.services.push;

import dev.parley.kit.base.Clock;
import dev.parley.services.connections.Bearer;
import dev.parley.services.connections.Connection;
import dev.parley.services.connections.Connections;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One device's connection: feeds its {@link Decision}s and does what they want. All fields are
 * guarded by the lock, under which nothing waits: the {@link Line} only queues.
 */
public final class Session implements Connection {
  private final Device device;
  private final Line line;
  private final PushService service;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedMap<Long, Sent> unanswered = new LinkedHashMap<>();

  private SessionState state;
  private long frames;

  /** Decided to be sent and counted as such, but not yet with the line. */
  private final List<Line.Framed> pending = new ArrayList<>();

  private long pendingBytes;
  private Cursor pendingUpTo;

  /** Counts how often catching up began: what an earlier pass still offers would leave a gap. */
  private int round;

  private Instant registeredUntil = Instant.MIN;
  private Connections.@Nullable Place place;

  Session(Device device, Line line, Cursor start, PushService service, Clock clock) {
    this.device = device;
    this.line = line;
    this.service = service;
    this.clock = clock;
    this.state = new SessionState.Open(start);
    this.pendingUpTo = start;
  }

  private record Sent(long bytes, Instant at) {}

  public Device device() {
    return device;
  }

  @Override
  public Bearer bearer() {
    return new Bearer(device.resource(), device.user(), device.tokenEpoch(), device.tokenExpires());
  }

  @Override
  public void unauthorized() {
    over(EndReason.UNAUTHORIZED);
  }

  /** The device answered a frame, whatever its status: nobody listening is an answer too. */
  public void answered(long frame) {
    lock.lock();
    try {
      Sent sent = unanswered.remove(frame);
      if (sent != null) {
        service.budget().give(sent.bytes);
        on(new SessionEvent.Answered(sent.bytes), null);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The device showed that it lives. */
  public void alive() {
    Cursor dispatched = Cursor.through(service.dispatched());
    take(new SessionEvent.Alive(dispatched));
  }

  /** The session is over; a second call does nothing. */
  public void over(EndReason reason) {
    take(new SessionEvent.Over(reason));
  }

  void registered(Instant until) {
    lock.lock();
    try {
      registeredUntil = until;
      on(new SessionEvent.Registered(), null);
    } finally {
      lock.unlock();
    }
  }

  void unregistered() {
    take(new SessionEvent.Unregistered(Cursor.through(service.dispatched())));
  }

  /** Live delivery offers a message. */
  void offer(Cursor after, PushMessage message) {
    offer(after, message, false);
  }

  /**
   * A catch-up pass offers a message.
   *
   * @param pass the {@link Round} with which the session joined it
   * @return false when the session is no longer in that pass, and must not be offered more of it
   */
  boolean replay(Cursor after, PushMessage message, int pass) {
    lock.lock();
    try {
      if (pass == round) {
        offer(after, message, true);
      }
      return pass == round && state instanceof SessionState.CatchingUp;
    } finally {
      lock.unlock();
    }
  }

  private void offer(Cursor after, PushMessage message, boolean replay) {
    long bytes = bytes(message);
    lock.lock();
    try {
      boolean budget = service.budget().has(bytes);
      on(new SessionEvent.Offered(after, bytes, budget, replay), message);
    } finally {
      lock.unlock();
    }
  }

  void signal(PushMessage message) {
    long bytes = bytes(message);
    lock.lock();
    try {
      on(new SessionEvent.Signalled(bytes, service.budget().has(bytes)), message);
    } finally {
      lock.unlock();
    }
  }

  /** The frame around the body and the place that goes with it take about a kilobyte. */
  private static long bytes(PushMessage message) {
    return 1024L + message.bodyLiteral().length();
  }

  /** Sends what was put together; whoever offered messages calls it after the last of them. */
  void flush() {
    lock.lock();
    try {
      flushPending();
    } finally {
      lock.unlock();
    }
  }

  private void flushPending() {
    if (!pending.isEmpty()) {
      List<Line.Framed> together = List.copyOf(pending);
      pending.clear();
      pendingBytes = 0;
      line.deliver(together, service.resume(device, pendingUpTo));
    }
  }

  /** A catch-up pass has offered everything up to here. */
  void caughtUp(Cursor upTo, int pass) {
    lock.lock();
    try {
      if (pass == round) {
        on(new SessionEvent.CaughtUp(upTo), null);
      }
    } finally {
      lock.unlock();
    }
  }

  void stopping() {
    take(new SessionEvent.Stopping());
  }

  /** Looks for what time has ended: answers that did not come, a registration not renewed. */
  void sweep(Instant now) {
    lock.lock();
    try {
      var oldest = unanswered.firstEntry();
      if (oldest != null && oldest.getValue().at.plus(PushLimits.ANSWER_TIMEOUT).isBefore(now)) {
        on(new SessionEvent.Over(EndReason.UNRESPONSIVE), null);
      } else if (isRegistered() && registeredUntil.isBefore(now)) {
        service.registrationExpired(this);
        on(new SessionEvent.Unregistered(Cursor.through(service.dispatched())), null);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Stands among the connections until it is over. */
  void enter(Connections connections) {
    Connections.Place entered = connections.enter(this);
    lock.lock();
    try {
      place = entered;
      if (state instanceof SessionState.Ended) {
        entered.leave();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A turn of catching up.
   *
   * @param from where it starts
   * @param number tells it from earlier turns
   */
  record Round(Cursor from, int number) {}

  /** The turn of catching up that the session waits for, or null when it does not. */
  @Nullable Round round() {
    lock.lock();
    try {
      return state instanceof SessionState.CatchingUp catchingUp
          ? new Round(catchingUp.cursor(), round)
          : null;
    } finally {
      lock.unlock();
    }
  }

  boolean isRegistered() {
    lock.lock();
    try {
      return state instanceof SessionState.CatchingUp
          || state instanceof SessionState.Live
          || state instanceof SessionState.Stalled;
    } finally {
      lock.unlock();
    }
  }

  /** Whether no frame is to come any more. */
  boolean isQuiet() {
    lock.lock();
    try {
      return state instanceof SessionState.Left || state instanceof SessionState.Ended;
    } finally {
      lock.unlock();
    }
  }

  private void take(SessionEvent event) {
    lock.lock();
    try {
      on(event, null);
    } finally {
      lock.unlock();
    }
  }

  /**
   * What was put together goes out before anything else may name a later place, and not at all once
   * the session is over.
   */
  private void on(SessionEvent event, @Nullable PushMessage message) {
    if (event instanceof SessionEvent.Over) {
      pending.clear();
    } else if (!(event instanceof SessionEvent.Offered)) {
      flushPending();
    }
    Decision decision = Decision.decide(state, event);
    state = decision.next();
    if (event instanceof SessionEvent.Unregistered && state instanceof SessionState.Open) {
      forgetUnanswered();
    }
    for (SessionEffect effect : decision.effects()) {
      run(effect, message);
    }
  }

  private void run(SessionEffect effect, @Nullable PushMessage message) {
    switch (effect) {
      case SessionEffect.Send send when message != null -> putTogether(send.after(), message);
      case SessionEffect.SendSignal signal when message != null ->
          line.signal(sent(message), message);
      case SessionEffect.Send none -> throw new IllegalStateException("nothing to send");
      case SessionEffect.SendSignal none -> throw new IllegalStateException("nothing to send");
      case SessionEffect.Remember remember ->
          line.remember(service.resume(device, remember.cursor()));
      case SessionEffect.CatchUp catchUp -> {
        round++;
        service.catchUp(this);
      }
      case SessionEffect.AskReconnect ask -> line.askReconnect();
      case SessionEffect.Close close -> close(close.reason());
    }
  }

  private void putTogether(Cursor after, PushMessage message) {
    pending.add(new Line.Framed(sent(message), message));
    pendingUpTo = after;
    pendingBytes += bytes(message);
    if (pendingBytes >= PushLimits.TOGETHER_BYTES) {
      flushPending();
    }
  }

  private long sent(PushMessage message) {
    long frame = ++frames;
    long bytes = bytes(message);
    service.budget().take(bytes);
    unanswered.put(frame, new Sent(bytes, clock.now()));
    return frame;
  }

  private void close(EndReason reason) {
    forgetUnanswered();
    if (place != null) {
      place.leave();
    }
    service.ended(this);
    line.end(reason);
  }

  private void forgetUnanswered() {
    unanswered.values().forEach(sent -> service.budget().give(sent.bytes));
    unanswered.clear();
  }
}
