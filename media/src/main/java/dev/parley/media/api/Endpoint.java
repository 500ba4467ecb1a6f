package dev.parley.media.api;

import dev.parley.media.rtp.MediaKind;
import dev.parley.media.sdp.LocalTransport;
import dev.parley.media.sdp.OfferedTrack;
import dev.parley.media.sdp.PublishNegotiation;
import dev.parley.media.sdp.PublishedMedia;
import dev.parley.media.sdp.ReceiveNegotiation;
import dev.parley.media.sdp.RemoteTransport;
import dev.parley.media.sdp.SdpRefused;
import dev.parley.media.sfu.Member;
import dev.parley.media.sfu.PublishSide;
import dev.parley.media.sfu.ReceiveSide;
import dev.parley.media.sfu.Room;
import dev.parley.media.sfu.SourceTrack;
import dev.parley.media.transport.DtlsFingerprint;
import dev.parley.media.transport.IceCredentials;
import dev.parley.media.transport.MediaLoop;
import dev.parley.media.transport.PeerLink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client in a conference, with two peer connections: on one the client offers and publishes, on
 * the other the engine offers and the client receives. So offers never collide.
 */
public final class Endpoint {
  private final ConferenceHome home;
  private final Room room;
  private final Member member;
  private final long sessionId;

  // All of the following belongs to the loop.
  private long version;
  private @Nullable IceCredentials publisherIce;
  private @Nullable DtlsFingerprint publisherFingerprint;

  /** A new one for each receiving connection, by which the client knows that it is another. */
  private long receivingId;

  Endpoint(ConferenceHome home, Room room, Member member) {
    this.home = home;
    this.room = room;
    this.member = member;
    this.sessionId = home.random() & 0x7fffffffL;
  }

  /** The id under which it joined. */
  public EndpointId id() {
    return new EndpointId(member.id());
  }

  /**
   * Takes the client's offer of its publishing connection and gives the answer. The first one opens
   * the connection; later ones add and remove tracks, or restart ICE.
   *
   * @return fails with {@link dev.parley.media.sdp.SdpRefused} when the offer cannot be used
   */
  public CompletableFuture<String> publish(String offer) {
    PublishNegotiation negotiation;
    try {
      negotiation = PublishNegotiation.read(offer);
    } catch (RuntimeException refused) {
      return CompletableFuture.failedFuture(refused);
    }
    return loop().ask(() -> publish(negotiation));
  }

  /**
   * Like {@link #publish(String)}, and refuses a section that sends something else than was said.
   * An offer of a connection that is over here is refused too: its client still has the keys of a
   * handshake that we forgot, and must make a new connection.
   *
   * @param videoByMid for each section that sends, whether it is a video
   * @return fails with {@link DescriptionRefused}; nothing of the offer was taken then
   */
  public CompletableFuture<String> publish(String offer, Map<String, Boolean> videoByMid) {
    PublishNegotiation negotiation;
    try {
      negotiation = PublishNegotiation.read(offer);
      requireAsSaid(negotiation, videoByMid);
    } catch (SdpRefused refused) {
      return CompletableFuture.failedFuture(refusal(refused));
    } catch (DescriptionRefused refused) {
      return CompletableFuture.failedFuture(refused);
    }
    return loop()
        .ask(() -> {
          if (member.publishSide() == null
              && negotiation.remote().fingerprint().equals(publisherFingerprint)) {
            throw new DescriptionRefused("the connection is over: make a new one");
          }
          return publish(negotiation);
        });
  }

  private static void requireAsSaid(
      PublishNegotiation negotiation, Map<String, Boolean> videoByMid) {
    for (PublishedMedia media : negotiation.media()) {
      Boolean video = videoByMid.get(media.mid());
      if (media.sending() && (video == null || video != (media.kind() == MediaKind.VIDEO))) {
        throw new DescriptionRefused("the section " + media.mid() + " sends what was not said");
      }
    }
  }

  private static DescriptionRefused refusal(SdpRefused refused) {
    return new DescriptionRefused(String.valueOf(refused.getMessage()));
  }

  private String publish(PublishNegotiation negotiation) {
    PublishSide side = member.publishSide();
    if (side == null) {
      side = openPublisher();
    } else if (restarted(negotiation.remote())) {
      side.link().restart(IceCredentials.random(home.ids()));
    }
    publisherIce = negotiation.remote().ice();
    publisherFingerprint = negotiation.remote().fingerprint();
    side.link().expect(negotiation.remote().fingerprint());
    side.agree(negotiation.media());
    return negotiation.answer(sessionId, ++version, local(side.link()));
  }

  private PublishSide openPublisher() {
    PublishSide side = new PublishSide(member, () -> home.ids().uuid().toString());
    side.attach(new PeerLink(loop(), home.identity(), IceCredentials.random(home.ids()), side));
    member.publishWith(side);
    return side;
  }

  private boolean restarted(RemoteTransport remote) {
    return publisherIce != null && !publisherIce.fragment().equals(remote.ice().fragment());
  }

  /**
   * Makes an offer for the receiving connection, with every track of the others. The client's
   * answer goes to {@link #answer}. Without any track yet the offer is empty: ask again when the
   * listener says so.
   *
   * @return the offer, or an empty text when there is nothing to receive
   */
  public CompletableFuture<String> offer() {
    return loop().ask(() -> offer(false));
  }

  /** Like {@link #offer}, with new ICE credentials: the client's path has broken. */
  public CompletableFuture<String> offerRestart() {
    return loop().ask(() -> offer(true));
  }

  private String offer(boolean restart) {
    ReceiveSide side = member.receiveSide();
    if (side == null) {
      side = openReceiver();
    } else if (restart) {
      side.link().restart(IceCredentials.random(home.ids()));
    }
    List<OfferedTrack> tracks = side.offer();
    return tracks.isEmpty()
        ? ""
        : ReceiveNegotiation.offer(receivingId, ++version, local(side.link()), tracks);
  }

  private ReceiveSide openReceiver() {
    receivingId = home.random() & 0x7fffffffL;
    ReceiveSide side = new ReceiveSide(member);
    side.attach(new PeerLink(loop(), home.identity(), IceCredentials.random(home.ids()), side));
    member.receiveWith(side);
    return side;
  }

  /**
   * The sections of the receiving connection as the last offer had them, or as the next one will:
   * which mid carries whose track. Sections whose track is gone are left out.
   */
  public CompletableFuture<List<ReceivedTrack>> receivedTracks() {
    return loop().ask(this::described);
  }

  /**
   * Makes an offer like {@link #offer}, together with what each of its sections carries.
   *
   * @param restart whether it has new ICE credentials, as {@link #offerRestart} gives
   */
  public CompletableFuture<ReceiveOffer> describedOffer(boolean restart) {
    return loop().ask(() -> new ReceiveOffer(offer(restart), described()));
  }

  private List<ReceivedTrack> described() {
    ReceiveSide side = member.receiveSide();
    return side == null
        ? List.of()
        : side.sections().stream()
            .map(each ->
                new ReceivedTrack(each.mid(), Conference.described(each.track()), each.accepted()))
            .toList();
  }

  /**
   * Takes the client's answer to the last offer; packets flow as soon as the link is secured.
   *
   * @return fails with {@link DescriptionRefused} when the answer cannot be used
   */
  public CompletableFuture<Void> answer(String answer) {
    ReceiveNegotiation.Answer read;
    try {
      read = ReceiveNegotiation.read(answer);
    } catch (SdpRefused refused) {
      return CompletableFuture.failedFuture(refusal(refused));
    }
    return loop()
        .ask(() -> {
          ReceiveSide side = member.receiveSide();
          if (side == null) {
            throw new IllegalStateException("there is no offer to answer");
          }
          side.link().expect(read.remote().fingerprint());
          side.accept(read.accepted(), read.repaired());
          return null;
        });
  }

  /** Holds a track of this endpoint back from everybody, or lets it go again. */
  public CompletableFuture<Void> mute(TrackId track, boolean on) {
    return withTrack(track, found -> found.mute(on));
  }

  /**
   * Says that a track of this endpoint shows a screen, which comes first when bandwidth is short.
   */
  public CompletableFuture<Void> markScreen(TrackId track, boolean on) {
    return withTrack(track, found -> found.screen(on));
  }

  /**
   * Puts this endpoint on hold, or takes it off: nothing that it publishes goes to anybody, and
   * nothing goes to it. Connections and tracks stay, so that coming back needs no new offer.
   */
  public CompletableFuture<Void> hold(boolean on) {
    return loop()
        .ask(() -> {
          member.hold(on);
          return null;
        });
  }

  private CompletableFuture<Void> withTrack(
      TrackId id, java.util.function.Consumer<SourceTrack> change) {
    return loop()
        .ask(() -> {
          SourceTrack found =
              member.tracks().stream()
                  .filter(track -> track.id().equals(id.value()))
                  .findFirst()
                  .orElseThrow(() -> new IllegalArgumentException("no such track"));
          change.accept(found);
          return null;
        });
  }

  /**
   * Says how large this endpoint shows a video, so that nothing is sent that nobody sees.
   *
   * @param spatialMax highest simulcast encoding or spatial layer of use, 0 for the smallest
   */
  public CompletableFuture<Void> prefer(TrackId track, int spatialMax) {
    return receiving(side -> side.prefer(track.value(), spatialMax));
  }

  /** Fixes a video for this endpoint: it comes right after shared screens, whoever speaks. */
  public CompletableFuture<Void> pin(TrackId track, boolean on) {
    return receiving(side -> side.pin(track.value(), on));
  }

  /** Stops a track for this endpoint only, or lets it come again. */
  public CompletableFuture<Void> pause(TrackId track, boolean on) {
    return receiving(side -> side.pause(track.value(), on));
  }

  /** How many speakers' videos this endpoint shows at most; the latest speakers count. */
  public CompletableFuture<Void> videosMax(int count) {
    return receiving(side -> side.videosMax(count));
  }

  private CompletableFuture<Void> receiving(java.util.function.Consumer<ReceiveSide> change) {
    return loop()
        .ask(() -> {
          ReceiveSide side = member.receiveSide();
          if (side == null) {
            throw new IllegalStateException("the endpoint does not receive");
          }
          change.accept(side);
          return null;
        });
  }

  /** How the endpoint's connections and tracks do. */
  public CompletableFuture<EndpointStatistics> statistics() {
    return loop().ask(() -> EndpointStatistics.of(member));
  }

  /** Leaves the conference. */
  public CompletableFuture<Void> leave() {
    return loop()
        .ask(() -> {
          room.leave(member);
          return null;
        });
  }

  private LocalTransport local(PeerLink link) {
    return new LocalTransport(
        link.credentials(),
        home.identity().fingerprint(),
        home.candidates().udp(),
        home.candidates().tcp());
  }

  private MediaLoop loop() {
    return home.home().loop();
  }
}
