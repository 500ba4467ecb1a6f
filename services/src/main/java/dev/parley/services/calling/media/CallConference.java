package dev.parley.services.calling.media;

import dev.parley.kit.base.Mailbox;
import dev.parley.kit.base.Refused;
import dev.parley.media.api.AudioPort;
import dev.parley.media.api.Conference;
import dev.parley.media.api.ConferenceListener;
import dev.parley.media.api.DescriptionRefused;
import dev.parley.media.api.Endpoint;
import dev.parley.media.api.EndpointId;
import dev.parley.media.api.MediaEngine;
import dev.parley.media.api.PublishedTrack;
import dev.parley.media.api.ReceiveOffer;
import dev.parley.media.api.TrackId;
import dev.parley.services.calling.CallId;
import dev.parley.services.calling.CallMedia;
import dev.parley.services.calling.CallMedia.Permission;
import dev.parley.services.calling.CallRefusal;
import dev.parley.services.calling.CallView;
import dev.parley.services.calling.LegId;
import dev.parley.services.calling.StreamKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The media of one call. The lock guards all that changes; under it the media loop is asked, which
 * answers in microseconds and never waits for anybody. The listener is told from a mailbox, never
 * under the lock: it may take a lock of its own under which it asks here.
 */
final class CallConference implements ConferenceListener {
  private static final int TELLING_MAX = 10_000;

  private final CallId call;
  private final CallMedia.Listener listener;
  private final Mailbox<Runnable> telling;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<LegId, LegMedia> legs = new HashMap<>();
  private final Conference conference;
  private int streams;
  private int joined;

  /** Who speaks; told again when one comes, who would not know it before the next change. */
  private List<LegId> speaking = List.of();

  private volatile boolean closed;

  private CallConference(MediaEngine engine, CallId call, CallMedia.Listener listener) {
    this.call = call;
    this.listener = listener;
    this.telling = new Mailbox<>("call-media", TELLING_MAX, this::tellNow);
    this.conference = engine.createConference(this);
  }

  static CallConference open(MediaEngine engine, CallId call, CallMedia.Listener listener) {
    return new CallConference(engine, call, listener);
  }

  private void tellNow(Runnable notice) {
    if (!closed) {
      notice.run();
    }
  }

  private void tell(Runnable notice) {
    telling.offer(notice);
  }

  int legs() {
    lock.lock();
    try {
      return legs.size();
    } finally {
      lock.unlock();
    }
  }

  void join(LegId leg) {
    lock.lock();
    try {
      if (legs.containsKey(leg)) {
        return;
      }
      LegMedia media = LegMedia.of(await(conference.join(nextId(leg))));
      legs.put(leg, media);
      offer(leg, media, false);
      List<LegId> now = speaking;
      if (!now.isEmpty()) {
        tell(() -> listener.speakers(call, now));
      }
    } finally {
      lock.unlock();
    }
  }

  void joinEcho(LegId leg, Duration delay) {
    lock.lock();
    try {
      AudioPort port = await(conference.openEcho(nextId(leg), delay));
      LegMedia media = LegMedia.of(port);
      media.tracks.put(port.track(), new Track(port.track(), leg, "", StreamKind.AUDIO, 0));
      legs.put(leg, media);
    } finally {
      lock.unlock();
    }
  }

  void leave(LegId leg) {
    lock.lock();
    try {
      LegMedia media = legs.remove(leg);
      if (media == null) {
        return;
      }
      if (media.port != null) {
        media.port.close();
      }
      if (media.endpoint != null) {
        await(media.endpoint.leave());
      }
    } finally {
      lock.unlock();
    }
  }

  String publish(LegId leg, String sdp, Map<String, StreamKind> kinds) {
    lock.lock();
    try {
      LegMedia media = media(leg);
      Map<String, Boolean> videos = new HashMap<>();
      kinds.forEach((mid, kind) -> videos.put(mid, kind != StreamKind.AUDIO));
      String answer = await(endpoint(media).publish(sdp, videos));
      media.kinds = Map.copyOf(kinds);
      adopt(leg, media);
      return answer;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the leg's tracks as they are after an offer; the client sends only after its answer. */
  private void adopt(LegId leg, LegMedia media) {
    List<PublishedTrack> now =
        await(conference.tracks()).stream()
            .filter(track -> track.owner().equals(media.id))
            .toList();
    List<TrackId> ids = now.stream().map(PublishedTrack::id).toList();
    media.tracks.keySet().retainAll(ids);
    for (PublishedTrack track : now) {
      StreamKind kind = Objects.requireNonNull(media.kinds.get(track.mid()));
      Track known = media.tracks.get(track.id());
      if (known == null || known.kind() != kind) {
        int number = kind == StreamKind.AUDIO ? 0 : ++streams;
        Track fresh = new Track(track.id(), leg, track.mid(), kind, number);
        media.tracks.put(track.id(), fresh);
        endpoint(media).markScreen(track.id(), kind == StreamKind.SCREEN_SHARING);
        endpoint(media).mute(track.id(), !fresh.isAllowed(media.permission));
      }
    }
    tellStreams(leg, media);
  }

  private void tellStreams(LegId leg, LegMedia media) {
    List<CallView.Stream> now = media.streams();
    if (!now.equals(media.toldStreams)) {
      media.toldStreams = now;
      tell(() -> listener.streams(call, leg, now));
    }
  }

  void answer(LegId leg, int number, String sdp) {
    lock.lock();
    try {
      LegMedia media = media(leg);
      if (!media.unanswered || number != media.offers) {
        return;
      }
      media.unanswered = false;
      await(endpoint(media).answer(sdp));
      media.views.forEach((stream, shown) -> show(media, stream, shown));
      if (media.outdated) {
        offer(leg, media, false);
      }
    } finally {
      lock.unlock();
    }
  }

  void restart(LegId leg) {
    lock.lock();
    try {
      offer(leg, media(leg), true);
    } finally {
      lock.unlock();
    }
  }

  /** Makes an offer, unless it would say what the last one did. */
  private void offer(LegId leg, LegMedia media, boolean restart) {
    media.outdated = false;
    ReceiveOffer offer = await(endpoint(media).describedOffer(restart));
    List<Offered> offered = offered(offer);
    if (offer.sdp().isEmpty() || !restart && offered.equals(media.offered)) {
      return;
    }
    media.offered = offered;
    media.unanswered = true;
    int number = ++media.offers;
    List<CallMedia.Track> tracks = offered.stream().map(Offered::track).toList();
    tell(() -> listener.offer(call, leg, number, offer.sdp(), tracks));
  }

  private List<Offered> offered(ReceiveOffer offer) {
    List<Offered> offered = new ArrayList<>();
    offer
        .tracks()
        .forEach(each -> {
          Track track = find(each.track().id());
          if (track != null) {
            offered.add(
                new Offered(
                    track.id(),
                    new CallMedia.Track(each.mid(), track.from(), track.kind(), track.number())));
          }
        });
    return offered;
  }

  private @Nullable Track find(TrackId id) {
    for (LegMedia media : legs.values()) {
      Track track = media.tracks.get(id);
      if (track != null) {
        return track;
      }
    }
    return null;
  }

  void permit(LegId leg, Permission permission) {
    lock.lock();
    try {
      LegMedia media = media(leg);
      media.permission = permission;
      if (media.endpoint == null) {
        return;
      }
      for (Track track : media.tracks.values()) {
        media.endpoint.mute(track.id(), !track.isAllowed(permission));
      }
      rest(media);
      tellStreams(leg, media);
    } finally {
      lock.unlock();
    }
  }

  /** Nothing goes to one who does not hear. */
  private static void rest(LegMedia media) {
    endpoint(media).hold(!media.permission.hears());
  }

  void view(LegId leg, int stream, Shown shown) {
    lock.lock();
    try {
      LegMedia media = media(leg);
      if (findStream(stream) != null) {
        media.views.put(stream, shown);
        show(media, stream, shown);
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Track findStream(int number) {
    for (LegMedia media : legs.values()) {
      for (Track track : media.tracks.values()) {
        if (track.number() == number) {
          return track;
        }
      }
    }
    return null;
  }

  /** Fails in the loop while the client has not been offered the track; the answer comes back. */
  private void show(LegMedia media, int stream, Shown shown) {
    Track track = findStream(stream);
    if (track == null) {
      return;
    }
    endpoint(media).pause(track.id(), shown.height() == 0);
    if (shown.height() > 0) {
      endpoint(media).prefer(track.id(), shown.spatialMax());
      endpoint(media).pin(track.id(), shown.pinned());
    }
  }

  Object statistics(LegId leg) {
    CompletableFuture<?> statistics;
    lock.lock();
    try {
      statistics = endpoint(media(leg)).statistics();
    } finally {
      lock.unlock();
    }
    return await(statistics);
  }

  private LegMedia media(LegId leg) {
    LegMedia media = legs.get(leg);
    if (media == null) {
      throw new Refused(new CallRefusal.MediaRefused("this client has no media in the call"));
    }
    return media;
  }

  private static Endpoint endpoint(LegMedia media) {
    if (media.endpoint == null) {
      throw new Refused(new CallRefusal.MediaRefused("this participant is no client"));
    }
    return media.endpoint;
  }

  @Override
  public void connected(EndpointId endpoint, boolean publishing) {
    lock.lock();
    try {
      if (find(endpoint) != null) {
        LegId leg = legId(endpoint);
        tell(() -> listener.connected(call, leg, publishing));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void disconnected(EndpointId endpoint, boolean publishing, String reason) {
    lock.lock();
    try {
      LegMedia media = find(endpoint);
      if (media == null) {
        return;
      }
      LegId leg = legId(endpoint);
      if (!publishing) {
        reopen(leg, media);
      }
      tell(() -> listener.disconnected(call, leg, publishing));
    } finally {
      lock.unlock();
    }
  }

  /** The client gets another connection, in whose descriptions nothing of the last one counts. */
  private void reopen(LegId leg, LegMedia media) {
    media.unanswered = false;
    media.offered = List.of();
    if (media.endpoint != null) {
      offer(leg, media, false);
    }
  }

  @Override
  public void unpublished(PublishedTrack track) {
    lock.lock();
    try {
      LegMedia media = find(track.owner());
      Track gone = media == null ? null : media.tracks.remove(track.id());
      if (media != null && gone != null) {
        legs.values().forEach(each -> each.views.remove(gone.number()));
        tellStreams(legId(track.owner()), media);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void offerNeeded(EndpointId endpoint) {
    lock.lock();
    try {
      LegMedia media = find(endpoint);
      if (media == null || media.endpoint == null) {
        return;
      }
      if (media.unanswered) {
        media.outdated = true;
      } else {
        offer(legId(endpoint), media, false);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void speakers(List<EndpointId> now) {
    List<LegId> who = now.stream().map(CallConference::legId).toList();
    lock.lock();
    try {
      speaking = who;
      tell(() -> listener.speakers(call, who));
    } finally {
      lock.unlock();
    }
  }

  /** A leg that joins again is another endpoint: what is still told of the last one is not its. */
  private EndpointId nextId(LegId leg) {
    return new EndpointId(leg + "." + ++joined);
  }

  private @Nullable LegMedia find(EndpointId endpoint) {
    LegMedia media = legs.get(legId(endpoint));
    return media != null && media.id.equals(endpoint) ? media : null;
  }

  private static LegId legId(EndpointId endpoint) {
    String id = endpoint.value();
    return new LegId(UUID.fromString(id.substring(0, id.indexOf('.'))));
  }

  /** Waits for the media loop; what it refuses is the client's mistake. */
  private static <T> T await(CompletableFuture<T> asked) {
    try {
      return asked.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof DescriptionRefused refused) {
        throw new Refused(new CallRefusal.MediaRefused(String.valueOf(refused.getMessage())));
      }
      throw failed;
    }
  }

  void close() {
    closed = true;
    conference.close();
  }
}
