package dev.parley.services.calling.media;

import dev.parley.kit.base.Refused;
import dev.parley.media.api.MediaEngine;
import dev.parley.services.calling.CallId;
import dev.parley.services.calling.CallMedia;
import dev.parley.services.calling.CallRefusal;
import dev.parley.services.calling.LegId;
import dev.parley.services.calling.StreamKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The media of all calls of this process. */
public final class EngineMedia implements CallMedia, AutoCloseable {
  private final Supplier<MediaEngine> engine;
  private final Listener listener;
  private final Function<Object, String> json;
  private final ConcurrentMap<CallId, CallConference> conferences = new ConcurrentHashMap<>();

  /**
   * @param engine asked at the first call, so that it may start then
   * @param listener told what happens
   * @param json writes statistics
   */
  public EngineMedia(
      Supplier<MediaEngine> engine, Listener listener, Function<Object, String> json) {
    this.engine = engine;
    this.listener = listener;
    this.json = json;
  }

  @Override
  public void open(CallId call) {
    conferences.computeIfAbsent(call, id -> CallConference.open(engine.get(), id, listener));
  }

  @Override
  public void close(CallId call) {
    CallConference conference = conferences.remove(call);
    if (conference != null) {
      conference.close();
    }
  }

  private CallConference of(CallId call) {
    CallConference conference = conferences.get(call);
    if (conference == null) {
      throw new Refused(new CallRefusal.MediaRefused("the call has no media any more"));
    }
    return conference;
  }

  @Override
  public void join(CallId call, LegId leg) {
    of(call).join(leg);
  }

  @Override
  public void joinEcho(CallId call, LegId leg, Duration delay) {
    of(call).joinEcho(leg, delay);
  }

  @Override
  public void leave(CallId call, LegId leg) {
    CallConference conference = conferences.get(call);
    if (conference != null) {
      conference.leave(leg);
    }
  }

  @Override
  public String publish(CallId call, LegId leg, String sdp, Map<String, StreamKind> kinds) {
    return of(call).publish(leg, sdp, kinds);
  }

  @Override
  public void answer(CallId call, LegId leg, int number, String sdp) {
    of(call).answer(leg, number, sdp);
  }

  @Override
  public void restart(CallId call, LegId leg) {
    of(call).restart(leg);
  }

  @Override
  public void permit(CallId call, LegId leg, Permission permission) {
    of(call).permit(leg, permission);
  }

  @Override
  public void view(CallId call, LegId leg, int stream, int height, boolean pinned) {
    of(call).view(leg, stream, new Shown(height, pinned));
  }

  @Override
  public String statistics(CallId call, LegId leg) {
    return json.apply(of(call).statistics(leg));
  }

  /** Calls that have media now, for metrics. */
  public int conferences() {
    return conferences.size();
  }

  /** Legs that have media now, for metrics. */
  public int legs() {
    return conferences.values().stream().mapToInt(CallConference::legs).sum();
  }

  @Override
  public void close() {
    conferences.keySet().forEach(this::close);
  }
}
