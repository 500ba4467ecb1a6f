package dev.parley.services.calling.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.Refused;
import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.media.api.EndpointId;
import dev.parley.media.api.MediaConfig;
import dev.parley.media.api.MediaEngine;
import dev.parley.services.calling.CallId;
import dev.parley.services.calling.CallMedia;
import dev.parley.services.calling.CallMedia.Permission;
import dev.parley.services.calling.CallRefusal;
import dev.parley.services.calling.CallView;
import dev.parley.services.calling.LegId;
import dev.parley.services.calling.StreamKind;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A call's media as calling sees them: who sends what, and which offers follow. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineMediaTest {
  private static final LegId ANN = new LegId(new UUID(0, 1));
  private static final LegId BEN = new LegId(new UUID(0, 2));
  private static final Map<String, StreamKind> BOTH =
      Map.of("0", StreamKind.AUDIO, "1", StreamKind.VIDEO);

  private MediaEngine engine;
  private EngineMedia media;
  private Told told;
  private CallId call;
  private long calls;

  @BeforeAll
  void start() throws Exception {
    engine =
        MediaEngine.start(
            MediaConfig.at(InetAddress.getLoopbackAddress()).withLoops(1),
            new SystemClock(),
            new SecureIds());
  }

  @AfterAll
  void stop() {
    engine.close();
  }

  @BeforeEach
  void open() {
    told = new Told();
    media = new EngineMedia(() -> engine, told, String::valueOf);
    call = new CallId(new UUID(9, ++calls));
    media.open(call);
  }

  @AfterEach
  void end() {
    media.close();
  }

  private record Offer(LegId leg, int number, String sdp, List<CallMedia.Track> tracks) {}

  private record Streams(LegId leg, List<CallView.Stream> streams) {}

  /** What the listener was told. */
  private static final class Told implements CallMedia.Listener {
    final BlockingQueue<Offer> offers = new LinkedBlockingQueue<>();
    final BlockingQueue<Streams> streams = new LinkedBlockingQueue<>();
    final BlockingQueue<List<LegId>> speakers = new LinkedBlockingQueue<>();

    @Override
    public void connected(CallId call, LegId leg, boolean publishing) {}

    @Override
    public void disconnected(CallId call, LegId leg, boolean publishing) {}

    @Override
    public void streams(CallId call, LegId leg, List<CallView.Stream> now) {
      streams.add(new Streams(leg, now));
    }

    @Override
    public void speakers(CallId call, List<LegId> legs) {
      speakers.add(legs);
    }

    @Override
    public void offer(
        CallId call, LegId leg, int number, String sdp, List<CallMedia.Track> tracks) {
      offers.add(new Offer(leg, number, sdp, tracks));
    }
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was told");
    }
    return next;
  }

  private CallRefusal refusal(Runnable call) {
    try {
      call.run();
    } catch (Refused refused) {
      return (CallRefusal) refused.refusal();
    }
    throw new AssertionError("nothing was refused");
  }

  private Offer offerOfAnn() throws Exception {
    media.join(call, ANN);
    media.join(call, BEN);
    assertThat(media.publish(call, ANN, Sdp.offer("AA", "audio", "video"), BOTH))
        .contains("a=candidate:", "a=recvonly");
    return next(told.offers);
  }

  @Test
  void whoComesLateIsToldWhoSpeaks() throws Exception {
    CallConference conference = CallConference.open(engine, call, told);
    conference.join(ANN);
    conference.speakers(List.of(new EndpointId(ANN + ".1")));
    assertThat(next(told.speakers)).containsExactly(ANN);
    conference.join(BEN);
    assertThat(next(told.speakers)).containsExactly(ANN);
    conference.close();
  }

  @Test
  void othersAreOfferedWhatOnePublishesAndItsVideosAreTold() throws Exception {
    Offer offer = offerOfAnn();
    assertThat(offer.leg).isEqualTo(BEN);
    assertThat(offer.number).isEqualTo(1);
    assertThat(offer.tracks)
        .containsExactly(
            new CallMedia.Track("0", ANN, StreamKind.AUDIO, 0),
            new CallMedia.Track("1", ANN, StreamKind.VIDEO, 1));
    assertThat(next(told.streams))
        .isEqualTo(new Streams(ANN, List.of(new CallView.Stream(1, StreamKind.VIDEO))));
  }

  @Test
  void whoComesLateIsOfferedWhatIsThere() throws Exception {
    media.join(call, ANN);
    media.publish(call, ANN, Sdp.offer("AA", "audio", "video"), BOTH);
    media.join(call, BEN);
    assertThat(next(told.offers).tracks).hasSize(2);
  }

  @Test
  void changesWaitForTheAnswerAndThenComeAsOneOffer() throws Exception {
    Offer first = offerOfAnn();
    LegId cai = new LegId(new UUID(0, 3));
    LegId dee = new LegId(new UUID(0, 4));
    for (LegId leg : List.of(cai, dee)) {
      media.join(call, leg);
      media.publish(call, leg, Sdp.offer("CC", "audio"), Map.of("0", StreamKind.AUDIO));
    }
    // Ann has nothing to answer: she is offered each sound when it is there.
    assertThat(offerTo(ANN).tracks).isNotEmpty();
    media.answer(call, BEN, first.number, Sdp.answer(first.sdp));
    Offer second = offerTo(BEN);
    assertThat(second.number).isEqualTo(2);
    assertThat(second.tracks).extracting(CallMedia.Track::from).contains(ANN, cai, dee);
  }

  /** The next offer to this leg; those to others pass, since legs do not wait for each other. */
  private Offer offerTo(LegId leg) throws InterruptedException {
    Offer offer = next(told.offers);
    return offer.leg.equals(leg) ? offer : offerTo(leg);
  }

  @Test
  void answerToAnOlderOfferIsIgnored() throws Exception {
    Offer first = offerOfAnn();
    media.restart(call, BEN);
    Offer second = next(told.offers);
    assertThat(second.number).isEqualTo(2);
    assertThat(credentials(second.sdp)).isNotEqualTo(credentials(first.sdp));
    media.answer(call, BEN, first.number, "no description at all");
    media.answer(call, BEN, second.number, Sdp.answer(second.sdp));
    assertThat(told.offers).isEmpty();
  }

  private static String credentials(String sdp) {
    return sdp.lines().filter(line -> line.startsWith("a=ice-ufrag:")).findFirst().orElseThrow();
  }

  @Test
  void offerThatSendsSomethingElseThanWasSaidIsRefusedWhole() throws Exception {
    media.join(call, ANN);
    media.join(call, BEN);
    String sdp = Sdp.offer("AA", "audio", "video");
    assertThat(refusal(() -> media.publish(call, ANN, sdp, Map.of("0", StreamKind.AUDIO))))
        .isInstanceOf(CallRefusal.MediaRefused.class);
    Map<String, StreamKind> lie = Map.of("0", StreamKind.AUDIO, "1", StreamKind.AUDIO);
    assertThat(refusal(() -> media.publish(call, ANN, sdp, lie)))
        .isInstanceOf(CallRefusal.MediaRefused.class);
    assertThat(refusal(() -> media.publish(call, ANN, "v=0", BOTH)))
        .isInstanceOf(CallRefusal.MediaRefused.class);
    assertThat(told.offers).isEmpty();
    assertThat(media.publish(call, ANN, sdp, BOTH)).isNotEmpty();
  }

  @Test
  void videoThatIsNotPermittedIsNotToldAndComesBackWithThePermission() throws Exception {
    media.join(call, ANN);
    media.permit(call, ANN, new Permission(true, false, true, true));
    media.publish(call, ANN, Sdp.offer("AA", "audio", "video"), BOTH);
    assertThat(told.streams).isEmpty();
    media.permit(call, ANN, new Permission(true, true, true, true));
    assertThat(next(told.streams).streams).hasSize(1);
    media.permit(call, ANN, new Permission(true, false, true, true));
    assertThat(next(told.streams).streams).isEmpty();
  }

  @Test
  void sectionThatIsStoppedForGoodEndsItsVideo() throws Exception {
    offerOfAnn();
    assertThat(next(told.streams).streams).hasSize(1);
    String stopped = Sdp.offer("AA", "audio", "video").replace("m=video 9", "m=video 0");
    media.publish(call, ANN, stopped, BOTH);
    assertThat(next(told.streams)).isEqualTo(new Streams(ANN, List.of()));
  }

  @Test
  void screenIsToldAsOne() throws Exception {
    media.join(call, ANN);
    media.publish(call, ANN, Sdp.offer("AA", "video"), Map.of("0", StreamKind.SCREEN_SHARING));
    assertThat(next(told.streams).streams)
        .containsExactly(new CallView.Stream(1, StreamKind.SCREEN_SHARING));
  }

  @Test
  void legThatLeavesAndJoinsAgainBeginsAnew() throws Exception {
    Offer offer = offerOfAnn();
    media.leave(call, BEN);
    media.leave(call, BEN);
    media.join(call, BEN);
    Offer again = next(told.offers);
    assertThat(again.leg).isEqualTo(BEN);
    assertThat(again.number).isEqualTo(1);
    assertThat(origin(again.sdp)).isNotEqualTo(origin(offer.sdp));
    media.leave(call, ANN);
    media.answer(call, BEN, again.number, Sdp.answer(again.sdp));
    assertThat(next(told.offers).tracks).as("Ann's sections are stopped").isEmpty();
  }

  private static String origin(String sdp) {
    return sdp.lines()
        .filter(line -> line.startsWith("o="))
        .findFirst()
        .orElseThrow()
        .split(" ")[1];
  }

  @Test
  void echoIsHeardByWhoIsThere() throws Exception {
    media.join(call, ANN);
    media.joinEcho(call, BEN, Duration.ofSeconds(1));
    assertThat(next(told.offers).tracks)
        .containsExactly(new CallMedia.Track("0", BEN, StreamKind.AUDIO, 0));
  }

  @Test
  void viewsOfWhatIsThereAreTakenAndOthersIgnored() throws Exception {
    Offer offer = offerOfAnn();
    media.view(call, BEN, 1, 180, true);
    media.answer(call, BEN, offer.number, Sdp.answer(offer.sdp));
    media.view(call, BEN, 1, 0, false);
    media.view(call, BEN, 77, 360, false);
    assertThat(media.statistics(call, BEN)).contains("receiving");
  }

  @Test
  void endedCallHasNoMediaAnyMore() {
    media.join(call, ANN);
    media.close(call);
    media.close(call);
    media.leave(call, ANN);
    assertThatThrownBy(() -> media.join(call, ANN)).isInstanceOf(Refused.class);
    assertThat(media.conferences()).isZero();
    assertThat(media.legs()).isZero();
  }

  @Test
  void heightsChooseTheEncoding() {
    assertThat(new Shown(90, false).spatialMax()).isZero();
    assertThat(new Shown(360, false).spatialMax()).isEqualTo(1);
    assertThat(new Shown(1080, false).spatialMax()).isEqualTo(2);
  }
}
