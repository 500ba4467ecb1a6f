package dev.parley.media.api;

import dev.parley.media.sfu.Member;
import dev.parley.media.sfu.Room;
import dev.parley.media.sfu.SourceTrack;
import dev.parley.media.transport.MediaLoop;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Endpoints that hear and see each other. Lives on one media loop until it is closed. */
public final class Conference implements AutoCloseable {
  private final ConferenceHome home;
  private final Notices notices;
  private final Room room;

  Conference(ConferenceHome home, ConferenceListener listener) {
    this.home = home;
    this.notices = new Notices(listener);
    MediaLoop loop = home.home().loop();
    this.room =
        loop.ask(
                () -> new Room(loop, home.home().scratch(), home::random, new Translating(notices)))
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
  private record Translating(Notices notices) implements Room.Listener {
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
      PublishedTrack described = described(track);
      notices.add(listener -> listener.published(described));
    }

    @Override
    public void unpublished(SourceTrack track) {
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
