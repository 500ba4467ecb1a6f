package dev.parley.media.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.SecureIds;
import dev.parley.media.client.CallPackets;
import dev.parley.media.client.SlotView;
import dev.parley.media.client.TestCall;
import dev.parley.media.client.TestClient;
import dev.parley.media.congestion.Remb;
import dev.parley.media.mixer.FrameSink;
import dev.parley.media.rtp.MediaKind;
import dev.parley.media.sfu.ForwardStatistics;
import dev.parley.media.sfu.LayerStatistics;
import dev.parley.media.transport.CipherTier;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.SrtpCipher;
import dev.parley.media.transport.SrtpCipherTiers;
import dev.parley.media.transport.SrtpProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a conference does with what its users ask: mute, hold, mids, speakers, consent. */
class ConferenceTest {
  private static final long SOON_NANOS = 20_000_000_000L;
  private static final int LOUD = 25;
  private static final int QUIET = 90;

  /** The type of RTCP that asks for a key frame (RFC 4585 §6.3); it stands in the clear. */
  private static final int PAYLOAD_FEEDBACK = 206;

  private final JumpingClock clock = new JumpingClock();
  private final DtlsIdentity identity = DtlsIdentity.create(new SecureRandom(), clock.now());
  private final SrtpCipher cipher = SrtpCipherTiers.of(CipherTier.SUN).orElseThrow();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> ended = new CopyOnWriteArrayList<>();
  private volatile List<EndpointId> speaking = List.of();
  private MediaEngine engine;
  private Conference conference;
  private TestCall call;

  @BeforeEach
  void start() throws IOException {
    MediaConfig config = MediaConfig.at(InetAddress.getByName("127.0.0.1")).withLoops(1);
    engine = MediaEngine.start(config, clock, new SecureIds());
    conference = engine.createConference(new Listening());
    call = new TestCall(conference, identity, cipher, List.of(SrtpProfile.AEAD_AES_128_GCM));
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    conference.close();
    engine.close();
  }

  private final class Listening implements ConferenceListener {
    @Override
    public void speakers(List<EndpointId> now) {
      speaking = now;
    }

    @Override
    public void disconnected(EndpointId endpoint, boolean publishing, String reason) {
      ended.add(endpoint + (publishing ? " publishing: " : " receiving: ") + reason);
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + SOON_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** One who publishes. */
  private CallPackets publisher(String name) throws InterruptedException {
    TestClient client = call.publisher(name, (from, datagram) -> {});
    open.add(client);
    return new CallPackets(client);
  }

  /** One who receives everything that is published so far, and counts it by payload type. */
  private final class Counting implements TestClient.Receiver {
    private final Map<Integer, AtomicInteger> counts = new ConcurrentHashMap<>();
    final TestClient client;

    Counting(String name) throws InterruptedException {
      client = call.subscriber(name, this);
      open.add(client);
    }

    @Override
    public void packet(TestClient from, ByteBuffer datagram) {
      counts
          .computeIfAbsent(CallPackets.payloadType(datagram), each -> new AtomicInteger())
          .incrementAndGet();
    }

    int count(int payloadType) {
      AtomicInteger count = counts.get(payloadType);
      return count == null ? 0 : count.get();
    }

    /** Waits for sound and pictures, sending them meanwhile. */
    void gets(CallPackets from) {
      int sound = count(CallPackets.OPUS);
      int pictures = count(CallPackets.VP8);
      await(
          "sound and pictures come",
          () -> {
            from.audio(LOUD);
            from.video(true);
            return count(CallPackets.OPUS) > sound + 5 && count(CallPackets.VP8) > pictures + 5;
          });
    }
  }

  private TrackId track(String owner, MediaKind kind) {
    return conference.tracks().join().stream()
        .filter(each -> each.owner().value().equals(owner) && each.kind() == kind)
        .map(PublishedTrack::id)
        .findFirst()
        .orElseThrow();
  }

  /** Sends and then asks the loop a question: the answer comes after what was sent. */
  private long received(Endpoint publisher, CallPackets packets, TrackId track) {
    long before = packetsOf(publisher, track);
    await(
        "the engine has taken the packets",
        () -> {
          packets.audio(LOUD);
          packets.video(true);
          return packetsOf(publisher, track) > before + 20;
        });
    return packetsOf(publisher, track);
  }

  private static LayerStatistics statistics(Endpoint publisher, TrackId track) {
    return publisher.statistics().join().published().getOrDefault(track, List.of()).getFirst();
  }

  private static long packetsOf(Endpoint publisher, TrackId track) {
    return statistics(publisher, track).packets();
  }

  @Test
  void aMutedTrackReachesNobodyAndTheOtherOneStillDoes() throws InterruptedException {
    CallPackets packets = publisher("p");
    Endpoint endpoint = call.endpoint("p");
    Counting viewer = new Counting("v");
    viewer.gets(packets);
    TrackId sound = track("p", MediaKind.AUDIO);
    AtomicInteger tapped = new AtomicInteger();
    endpoint.mute(sound, true).join();
    AutoCloseable tap =
        conference.tap(sound, (packet, length, encoding, at) -> tapped.incrementAndGet()).join();
    open.add(tap);
    int before = viewer.count(CallPackets.OPUS);
    int pictures = viewer.count(CallPackets.VP8);
    received(endpoint, packets, sound);
    await(
        "pictures go on",
        () -> {
          packets.video(true);
          return viewer.count(CallPackets.VP8) > pictures;
        });
    // What was on its way when the mute came may still have arrived.
    assertThat(viewer.count(CallPackets.OPUS) - before).isLessThanOrEqualTo(2);
    assertThat(tapped).hasValue(0);
    endpoint.mute(sound, false).join();
    viewer.gets(packets);
    assertThat(tapped.get()).isPositive();
  }

  private TestClient silentClient() throws InterruptedException {
    TestClient client =
        new TestClient(
            identity, cipher, List.of(SrtpProfile.AEAD_AES_128_GCM), (from, datagram) -> {});
    open.add(client);
    return client;
  }

  private void takesBoth(CallPackets packets, boolean named) {
    TrackId track = track("p", MediaKind.VIDEO);
    await(
        "both encodings are taken",
        () -> {
          packets.encoding(0x2001, "0", "l", named);
          packets.encoding(0x2002, "0", "h", named);
          List<LayerStatistics> layers =
              call.endpoint("p").statistics().join().published().getOrDefault(track, List.of());
          return layers.size() == 2 && layers.stream().allMatch(layer -> layer.packets() > 3);
        });
  }

  @Test
  void aSectionThatRestedGoesOnWithoutNamingItsEncodingsAgain() throws InterruptedException {
    TestClient client = silentClient();
    Endpoint endpoint = call.endpoint("p");
    String answer = endpoint.publish(TestCall.simulcast(client, 9, "sendonly", false)).join();
    client.connect(answer).awaitSecured();
    CallPackets packets = new CallPackets(client);
    takesBoth(packets, true);
    endpoint.publish(TestCall.simulcast(client, 9, "inactive", false)).join();
    assertThat(conference.tracks().join()).isEmpty();
    endpoint.publish(TestCall.simulcast(client, 9, "sendonly", false)).join();
    takesBoth(packets, false);
  }

  @Test
  void aStoppedSectionIsForgotten() throws InterruptedException {
    TestClient client = silentClient();
    Endpoint endpoint = call.endpoint("p");
    String answer = endpoint.publish(TestCall.simulcast(client, 9, "sendonly", true)).join();
    client.connect(answer).awaitSecured();
    assertThat(conference.tracks().join()).hasSize(2);
    endpoint.publish(TestCall.simulcast(client, 0, "inactive", true)).join();
    assertThat(conference.tracks().join())
        .singleElement()
        .satisfies(left -> assertThat(left.kind()).isEqualTo(MediaKind.AUDIO));
  }

  @Test
  void onHoldAnEndpointNeitherSendsNorReceives() throws InterruptedException {
    CallPackets first = publisher("a");
    CallPackets second = publisher("b");
    Counting hearsA = new Counting("v");
    hearsA.gets(first);
    call.endpoint("a").hold(true).join();
    call.endpoint("v").hold(true).join();
    int before = hearsA.count(CallPackets.OPUS) + hearsA.count(CallPackets.VP8);
    received(call.endpoint("a"), first, track("a", MediaKind.AUDIO));
    received(call.endpoint("b"), second, track("b", MediaKind.AUDIO));
    assertThat(hearsA.count(CallPackets.OPUS) + hearsA.count(CallPackets.VP8) - before)
        .isLessThanOrEqualTo(4);
    call.endpoint("v").hold(false).join();
    hearsA.gets(second);
    call.endpoint("a").hold(false).join();
    hearsA.gets(first);
  }

  @Test
  void aReceiverIsToldWhichSectionCarriesWhoseTrack() throws InterruptedException {
    publisher("a");
    publisher("b");
    Endpoint viewer = conference.join(new EndpointId("v")).join();
    assertThat(viewer.receivedTracks().join()).isEmpty();
    ReceiveOffer offer = viewer.describedOffer(false).join();
    assertThat(offer.tracks()).hasSize(4).noneMatch(ReceivedTrack::accepted);
    for (ReceivedTrack each : offer.tracks()) {
      String section = offer.sdp().split("a=mid:" + each.mid() + "\r?\n")[1].split("m=")[0];
      assertThat(section).contains("a=msid:" + each.track().owner() + " " + each.track().id());
    }
    TestClient client =
        new TestClient(
            identity, cipher, List.of(SrtpProfile.AEAD_AES_128_GCM), (from, datagram) -> {});
    open.add(client);
    viewer.answer(TestCall.answer(offer.sdp(), client)).join();
    assertThat(viewer.receivedTracks().join()).hasSize(4).allMatch(ReceivedTrack::accepted);
    call.endpoint("a").leave().join();
    assertThat(viewer.receivedTracks().join())
        .hasSize(2)
        .allMatch(each -> each.track().owner().value().equals("b"));
  }

  @Test
  void onlyTheLastSpeakersAreHeardWhenTheirNumberIsLimited() throws InterruptedException {
    CallPackets first = publisher("a");
    CallPackets second = publisher("b");
    Counting viewer = new Counting("v");
    conference.lastN(1).join();
    await(
        "the louder one is the speaker",
        () -> {
          first.audio(QUIET);
          second.audio(LOUD);
          LockSupport.parkNanos(18_000_000);
          return speaking.equals(List.of(new EndpointId("b")));
        });
    long passed = forwarded("v", track("a", MediaKind.AUDIO));
    int before = viewer.count(CallPackets.OPUS);
    long taken = packetsOf(call.endpoint("a"), track("a", MediaKind.AUDIO));
    await(
        "both are taken, and the speaker is heard",
        () -> {
          first.audio(QUIET);
          second.audio(LOUD);
          return packetsOf(call.endpoint("a"), track("a", MediaKind.AUDIO)) >= taken + 20
              && viewer.count(CallPackets.OPUS) > before;
        });
    assertThat(forwarded("v", track("a", MediaKind.AUDIO))).isEqualTo(passed);
    conference.lastN(0).join();
    await(
        "without a limit everybody is heard",
        () -> {
          first.audio(QUIET);
          return forwarded("v", track("a", MediaKind.AUDIO)) > passed;
        });
  }

  @Test
  void onlyTheLastSpeakersAreSeenWhenTheirNumberIsLimited() throws InterruptedException {
    CallPackets first = publisher("a");
    CallPackets second = publisher("b");
    Counting viewer = new Counting("v");
    roomForAll(viewer);
    Endpoint limited = call.endpoint("v");
    seen("a, b", first, second);
    limited.videosMax(1).join();
    speaks("a", first, second);
    seen("a", first, second);
    speaks("b", second, first);
    seen("b", first, second);
    TrackId silent = track("a", MediaKind.VIDEO);
    limited.pin(silent, true).join();
    seen("a, b", first, second);
    limited.pin(silent, false).join();
    seen("b", first, second);
    call.endpoint("a").markScreen(silent, true).join();
    seen("a, b", first, second);
    call.endpoint("a").markScreen(silent, false).join();
    seen("b", first, second);
    TrackId spoken = track("b", MediaKind.VIDEO);
    call.endpoint("b").mute(spoken, true).join();
    seen("a", first, second);
    call.endpoint("b").mute(spoken, false).join();
    seen("b", first, second);
    limited.pause(spoken, true).join();
    seen("a", first, second);
    limited.pause(spoken, false).join();
    limited.videosMax(2).join();
    seen("a, b", first, second);
    limited.videosMax(0).join();
    seen("", first, second);
  }

  /** Without this the receiver is held to the rate of a start, which hides videos too. */
  private void roomForAll(Counting viewer) {
    long bps = 50_000_000;
    await(
        "the receiver's word is taken",
        () -> {
          viewer.client.sendRtcp(Remb.write(new SlotView(viewer.client.slot()), 0, 1, 2, bps));
          return call.endpoint("v").statistics().join().estimateBps() > bps / 2;
        });
  }

  private void speaks(String name, CallPackets loud, CallPackets quiet) {
    await(
        name + " is the last speaker",
        () -> {
          loud.audio(LOUD);
          quiet.audio(QUIET);
          LockSupport.parkNanos(18_000_000);
          return !speaking.isEmpty() && speaking.getFirst().equals(new EndpointId(name));
        });
  }

  private void seen(String names, CallPackets first, CallPackets second) {
    await("seen: " + names, () -> shown(first, second).equals(names));
  }

  /** Whose pictures the viewer gets, of a and b, who both send some that the engine takes. */
  private String shown(CallPackets first, CallPackets second) {
    Map<String, Long> before = pictures();
    for (String name : before.keySet()) {
      TrackId track = track(name, MediaKind.VIDEO);
      long taken = packetsOf(call.endpoint(name), track);
      await(
          "the pictures of " + name + " are taken",
          () -> {
            first.video(true);
            second.video(true);
            return packetsOf(call.endpoint(name), track) >= taken + 10;
          });
    }
    Map<String, Long> after = pictures();
    return before.keySet().stream()
        .filter(name -> after.getOrDefault(name, 0L) > before.getOrDefault(name, 0L))
        .collect(Collectors.joining(", "));
  }

  /** Bytes of pictures that went to the viewer, by whose they are; empty packets do not count. */
  private Map<String, Long> pictures() {
    Map<String, Long> bytes = new TreeMap<>();
    List<ForwardStatistics> received = call.endpoint("v").statistics().join().received();
    for (String name : List.of("a", "b")) {
      String id = track(name, MediaKind.VIDEO).value();
      received.stream()
          .filter(each -> each.trackId().equals(id))
          .forEach(each -> bytes.put(name, each.octets()));
    }
    return bytes;
  }

  /** Packets of a track that went to a receiver. */
  private long forwarded(String receiver, TrackId track) {
    return call.endpoint(receiver).statistics().join().received().stream()
        .filter(each -> each.trackId().equals(track.value()))
        .mapToLong(ForwardStatistics::packets)
        .sum();
  }

  @Test
  void theLoudestVoiceBecomesTheDominantSpeakerAndAMutedOneNever() throws InterruptedException {
    CallPackets first = publisher("a");
    CallPackets second = publisher("b");
    call.endpoint("a").mute(track("a", MediaKind.AUDIO), true).join();
    await(
        "b speaks",
        () -> {
          first.audio(5);
          second.audio(LOUD);
          LockSupport.parkNanos(18_000_000);
          return !speaking.isEmpty();
        });
    assertThat(speaking).containsExactly(new EndpointId("b"));
    int level = statistics(call.endpoint("b"), track("b", MediaKind.AUDIO)).audioLevel();
    assertThat(level).isEqualTo(LOUD);
  }

  @Test
  void aLinkWithoutChecksEndsWithItsConsent() throws InterruptedException {
    CallPackets packets = publisher("p");
    Counting viewer = new Counting("v");
    viewer.gets(packets);
    clock.advance(Duration.ofSeconds(20));
    viewer.client.check();
    viewer.gets(packets);
    assertThat(ended).isEmpty();
    clock.advance(Duration.ofSeconds(15));
    await("the silent one is out", () -> !ended.isEmpty());
    assertThat(ended).containsExactly("p publishing: consent ran out");
    assertThat(conference.tracks().join()).isEmpty();
    assertThatThrownBy(() -> call.endpoint("p").mute(new TrackId("gone"), true).join())
        .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReceiverThatFellSilentGetsEverythingOnAnotherConnection() throws InterruptedException {
    TestClient sender = call.publisher("p", (from, datagram) -> {});
    open.add(sender);
    CallPackets packets = new CallPackets(sender);
    Counting silent = new Counting("v");
    silent.gets(packets);
    clock.advance(Duration.ofSeconds(20));
    sender.check();
    received(call.endpoint("p"), packets, track("p", MediaKind.AUDIO));
    clock.advance(Duration.ofSeconds(15));
    await("the silent one is out", () -> !ended.isEmpty());
    assertThat(ended).containsExactly("v receiving: consent ran out");
    int before = silent.count(CallPackets.OPUS) + silent.count(CallPackets.VP8);
    Counting again = new Counting("v");
    again.gets(packets);
    silent.client.check();
    received(call.endpoint("p"), packets, track("p", MediaKind.AUDIO));
    assertThat(silent.count(CallPackets.OPUS) + silent.count(CallPackets.VP8)).isEqualTo(before);
  }

  @Test
  void aPathThatMovedBeginsWithAKeyFrame() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    TestClient sender =
        call.publisher(
            "p",
            (from, datagram) -> {
              if ((datagram.get(1) & 0xff) == PAYLOAD_FEEDBACK) {
                asked.incrementAndGet();
              }
            });
    open.add(sender);
    CallPackets packets = new CallPackets(sender);
    Counting viewer = new Counting("v");
    viewer.gets(packets);
    int before = asked.get();
    String offer = call.endpoint("v").offerRestart().join();
    call.endpoint("v").answer(TestCall.answer(offer, viewer.client)).join();
    TestClient moved = silentClient().connect(offer);
    await(
        "a key frame is asked for",
        () -> {
          moved.check();
          packets.video(false);
          return asked.get() > before;
        });
  }

  @Test
  void whoHasLeftGetsNotAPacketMore() throws InterruptedException {
    CallPackets packets = publisher("p");
    Counting gone = new Counting("v");
    Counting viewer = new Counting("w");
    gone.gets(packets);
    call.endpoint("v").leave().join();
    long refused = engine.statistics().getFirst().refused().refusedStun();
    long before = gone.client.received();
    gone.client.check();
    viewer.gets(packets);
    await(
        "its check is refused, with the credentials that were right",
        () -> engine.statistics().getFirst().refused().refusedStun() > refused);
    viewer.gets(packets);
    // What was on its way when it left may still have arrived.
    assertThat(gone.client.received() - before).isLessThanOrEqualTo(2);
  }

  @Test
  void aFaultOfOursEndsOneConnectionAndNotTheLoop() throws Exception {
    CallPackets first = publisher("a");
    CallPackets second = publisher("b");
    Counting viewer = new Counting("v");
    viewer.gets(first);
    open.add(
        conference
            .tap(
                track("a", MediaKind.AUDIO),
                (packet, length, encoding, at) -> {
                  throw new IllegalStateException("a fault, on purpose");
                })
            .join());
    await(
        "the connection is over",
        () -> {
          first.audio(LOUD);
          return ended.contains("a publishing: fault of the engine");
        });
    viewer.gets(second);
    assertThat(engine.statistics().getFirst().refused().faults()).isEqualTo(1);
  }

  @Test
  void aNewCertificateMeansNewKeysAndTheOldOnesOpenNothing() throws InterruptedException {
    CallPackets before = publisher("p");
    Counting viewer = new Counting("v");
    viewer.gets(before);
    DtlsIdentity other = DtlsIdentity.create(new SecureRandom(), clock.now());
    TestClient again =
        new TestClient(
            other, cipher, List.of(SrtpProfile.AES128_CM_SHA1_80), (from, datagram) -> {});
    open.add(again);
    String answer = call.endpoint("p").publish(TestCall.offer(again)).join();
    again.connect(answer).awaitSecured();
    viewer.gets(new CallPackets(again));
    long forged = engine.statistics().getFirst().refused().forged();
    await(
        "a packet under the old keys is refused",
        () -> {
          before.audio(LOUD);
          return engine.statistics().getFirst().refused().forged() > forged;
        });
    assertThat(conference.tracks().join()).hasSize(2);
  }

  /** A port's ear: which of the frames it heard was the last loud one. */
  private static final class Ear implements FrameSink {
    private volatile int frames;
    private volatile int lastLoud = -1;

    @Override
    public void frame(short[] frame, boolean silent) {
      int loudest = 0;
      for (short sample : frame) {
        loudest = Math.max(loudest, Math.abs(sample));
      }
      lastLoud = loudest > 1_000 ? frames : lastLoud;
      frames = frames + 1;
    }

    /** Hears so many frames, while {@code port} says something. */
    private void hears(AudioPort port, int count) {
      int until = frames + count;
      await(
          "rounds of the mixer",
          () -> {
            port.say(tone());
            return frames >= until;
          });
    }

    private static short[] tone() {
      short[] frame = new short[960];
      for (int i = 0; i < frame.length; i++) {
        frame[i] = (short) (10_000 * Math.sin(2 * Math.PI * 440 * i / 48_000));
      }
      return frame;
    }
  }

  @Test
  void aPortIsHeardAndSpeaksUnlessItIsMutedOrOnHold() {
    Ear ear = new Ear();
    AudioPort mouth = conference.openAudioPort(new EndpointId("m"), (frame, silent) -> {}).join();
    AudioPort listener = conference.openAudioPort(new EndpointId("l"), ear).join();
    heard(ear, mouth);
    await(
        "it is a speaker like any other",
        () -> {
          mouth.say(Ear.tone());
          LockSupport.parkNanos(18_000_000);
          return speaking.equals(List.of(mouth.id()));
        });
    mouth.mute(true).join();
    unheard(ear, mouth);
    mouth.mute(false).join();
    heard(ear, mouth);
    mouth.hold(true).join();
    unheard(ear, mouth);
    mouth.hold(false).join();
    heard(ear, mouth);
    listener.hold(true).join();
    unheard(ear, mouth);
  }

  private static void heard(Ear ear, AudioPort mouth) {
    int before = ear.lastLoud;
    await(
        "sound",
        () -> {
          mouth.say(Ear.tone());
          return ear.lastLoud > before;
        });
  }

  /** What was said before may still be played for a round; after it there is silence. */
  private static void unheard(Ear ear, AudioPort mouth) {
    ear.hears(mouth, 3);
    int silentFrom = ear.frames;
    ear.hears(mouth, 20);
    assertThat(ear.lastLoud).isLessThan(silentFrom);
  }
}
