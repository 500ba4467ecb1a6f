package dev.parley.bench.media;

import dev.parley.media.api.MediaEngine;
import dev.parley.services.calling.CallId;
import dev.parley.services.calling.CallMedia;
import dev.parley.services.calling.CallView;
import dev.parley.services.calling.LegId;
import dev.parley.services.calling.StreamKind;
import dev.parley.services.calling.media.EngineMedia;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The engine as calls drive it: each client is a leg, and gets offers when the call makes them. */
final class CallSignalling implements Signalling, CallMedia.Listener {
  private static final int OFFERS_MAX = 1_000;
  private static final int PATIENCE_SECONDS = 20;
  private static final Map<String, StreamKind> KINDS =
      Map.of("0", StreamKind.AUDIO, "1", StreamKind.VIDEO);

  private record Offer(int number, String sdp) {}

  private final EngineMedia media;
  private final Map<LegId, BlockingQueue<Offer>> offers = new ConcurrentHashMap<>();
  private final Map<LegId, Integer> numbers = new ConcurrentHashMap<>();
  private long calls;
  private volatile CallId call = new CallId(new UUID(1, 0));

  CallSignalling(MediaEngine engine) {
    this.media = new EngineMedia(() -> engine, this, String::valueOf);
  }

  @Override
  public synchronized void openRoom() {
    media.close(call);
    offers.clear();
    numbers.clear();
    call = new CallId(new UUID(1, ++calls));
    media.open(call);
  }

  private static LegId leg(String name) {
    return new LegId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  private BlockingQueue<Offer> offers(LegId leg) {
    return offers.computeIfAbsent(leg, each -> new ArrayBlockingQueue<>(OFFERS_MAX));
  }

  @Override
  public String publish(String name, String offer) {
    LegId leg = leg(name);
    media.join(call, leg);
    return media.publish(call, leg, offer, KINDS);
  }

  @Override
  public String offer(String name) {
    LegId leg = leg(name);
    media.join(call, leg);
    try {
      Offer offer = offers(leg).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (offer == null) {
        throw new IllegalStateException("the call made no offer");
      }
      numbers.put(leg, offer.number());
      return offer.sdp();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void answer(String name, String answer) {
    LegId leg = leg(name);
    media.answer(call, leg, numbers.getOrDefault(leg, 0), answer);
  }

  @Override
  public void offer(CallId from, LegId leg, int number, String sdp, List<CallMedia.Track> tracks) {
    if (from.equals(call) && !offers(leg).offer(new Offer(number, sdp))) {
      throw new IllegalStateException("too many offers wait");
    }
  }

  @Override
  public void connected(CallId from, LegId leg, boolean publishing) {}

  @Override
  public void disconnected(CallId from, LegId leg, boolean publishing) {}

  @Override
  public void streams(CallId from, LegId leg, List<CallView.Stream> now) {}

  @Override
  public void speakers(CallId from, List<LegId> legs) {}
}
