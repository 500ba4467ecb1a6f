package dev.parley.media.api;

import dev.parley.media.mixer.FrameSink;
import dev.parley.media.mixer.MixerSeat;
import dev.parley.media.mixer.RoomMixer;
import dev.parley.media.sfu.Member;
import dev.parley.media.sfu.PacketTap;
import dev.parley.media.sfu.Room;
import dev.parley.media.sfu.SourceTrack;
import dev.parley.media.transport.MediaLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Endpoints that hear and see each other. Lives on one media loop until it is closed. */
public final class Conference implements AutoCloseable {
  private final ConferenceHome home;
  private final Notices notices;
  private final Room room;

  // Made with the first audio port; belongs to the loop.
  private @Nullable RoomMixer mixer;

  Conference(ConferenceHome home, ConferenceListener listener) {
    this.home = home;
    this.notices = new Notices(listener);
    MediaLoop loop = home.home().loop();
    this.room =
        loop.ask(() -> new Room(loop, home.home().scratch(), home::random, new Translating()))
            .join();
  }

  /** Adds an endpoint; its connections come with offers and answers. */
  public CompletableFuture<Endpoint> join(EndpointId id) {
    return loop().ask(() -> new Endpoint(home, room, room.join(id.value())));
  }

  /**
   * Limits how many speakers are forwarded.
   *
   * @param count the loudest so many, 0 for everybody
   */
  public CompletableFuture<Void> lastN(int count) {
    return loop()
        .ask(() -> {
          room.lastN(count);
          return null;
        });
  }

  /**
   * Adds an endpoint that is not a browser: a phone leg, a recorder, a bot. It hears everybody but
   * itself, and what it says goes to everybody as an audio track.
   */
  public CompletableFuture<AudioPort> openAudioPort(EndpointId id, FrameSink sink) {
    return loop().ask(() -> openPort(id, sink));
  }

  private AudioPort openPort(EndpointId id, FrameSink sink) {
    RoomMixer mixing = mixer;
    if (mixing == null) {
      mixing = new RoomMixer(room, home.mixers(), home.opus());
      mixer = mixing;
    }
    Member member = room.join(id.value());
    MixerSeat seat = mixing.sit(member, home.ids().uuid().toString(), sink);
    return new AudioPort(room, member, mixing, seat);
  }

  /**
   * Adds an endpoint that plays back what it hears.
   *
   * @param delay from hearing to playing, in steps of 20 ms, at most 10 s
   */
  public CompletableFuture<AudioPort> openEcho(EndpointId id, Duration delay) {
    EchoPlayer echo = new EchoPlayer(delay);
    return openAudioPort(id, echo)
        .thenApply(port -> {
          echo.playInto(port);
          return port;
        });
  }

  /**
   * Shows the plain RTP packets of a track, as they arrive, to {@code tap}: for recorders. It is
   * called on the media loop and must only copy.
   *
   * @return ends the tap when closed
   */
  public CompletableFuture<AutoCloseable> tap(TrackId id, PacketTap tap) {
    return loop()
        .ask(() -> {
          SourceTrack track = room.track(id.value());
          if (track == null) {
            throw new IllegalArgumentException("no such track");
          }
          track.add(tap);
          return () -> loop().execute(() -> track.remove(tap));
        });
  }

  /** The tracks that are published now. */
  public CompletableFuture<List<PublishedTrack>> tracks() {
    return loop()
        .ask(() ->
            room.members().stream()
                .flatMap(member -> member.tracks().stream())
                .map(Conference::described)
                .toList());
  }

  static PublishedTrack described(SourceTrack track) {
    return new PublishedTrack(
        new TrackId(track.id()),
        new EndpointId(track.owner().id()),
        track.kind(),
        track.format().encodingName(),
        track.mid());
  }

  private MediaLoop loop() {
    return home.home().loop();
  }

  /** Ends the conference with all its connections. */
  @Override
  public void close() {
    loop()
        .ask(() -> {
          room.close();
          return null;
        })
        .join();
    notices.close();
  }

  /** Turns what the loop tells into notices of this door's words. */
  private final class Translating implements Room.Listener {
    @Override
    public void connected(Member member, boolean publishing) {
      EndpointId id = new EndpointId(member.id());
      notices.add(listener -> listener.connected(id, publishing));
    }

    @Override
    public void disconnected(Member member, boolean publishing, String reason) {
      EndpointId id = new EndpointId(member.id());
      notices.add(listener -> listener.disconnected(id, publishing, reason));
    }

    @Override
    public void published(SourceTrack track) {
      if (mixer != null) {
        mixer.hear(track);
      }
      PublishedTrack described = described(track);
      notices.add(listener -> listener.published(described));
    }

    @Override
    public void unpublished(SourceTrack track) {
      if (mixer != null) {
        mixer.unhear(track);
      }
      PublishedTrack described = described(track);
      notices.add(listener -> listener.unpublished(described));
    }

    @Override
    public void offerNeeded(Member member) {
      EndpointId id = new EndpointId(member.id());
      notices.add(listener -> listener.offerNeeded(id));
    }

    @Override
    public void speakers(List<Member> speaking) {
      List<EndpointId> ids = speaking.stream().map(each -> new EndpointId(each.id())).toList();
      notices.add(listener -> listener.speakers(ids));
    }
  }
}
