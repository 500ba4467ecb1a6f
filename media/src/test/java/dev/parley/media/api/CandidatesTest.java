package dev.parley.media.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.media.client.TestCall;
import dev.parley.media.client.TestClient;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.SrtpCipherTiers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where clients are told to send: own ports, announced ones, one port for all or one per loop. */
class CandidatesTest {
  private static final Pattern CANDIDATE =
      Pattern.compile(
          "a=candidate:\\S+ 1 (udp|tcp) \\d+ (\\S+) (\\d+) typ host", Pattern.CASE_INSENSITIVE);

  private static List<String> candidates(MediaConfig config, int conferences) throws IOException {
    SystemClock clock = new SystemClock();
    DtlsIdentity identity = DtlsIdentity.create(new SecureRandom(), clock.now());
    List<String> found = new ArrayList<>();
    try (MediaEngine engine = MediaEngine.start(config, clock, new SecureIds());
        TestClient client =
            new TestClient(identity, SrtpCipherTiers.choose(), List.of(), (from, datagram) -> {})) {
      List<Conference> open = new ArrayList<>();
      for (int i = 0; i < conferences; i++) {
        Conference conference = engine.createConference(new ConferenceListener() {});
        open.add(conference);
        Endpoint endpoint = conference.join(new EndpointId("e")).join();
        String answer = endpoint.publish(TestCall.offer(client)).join();
        CANDIDATE
            .matcher(answer.split("m=")[1])
            .results()
            .forEach(each ->
                found.add(
                    each.group(1).toLowerCase(Locale.ROOT)
                        + " "
                        + each.group(2)
                        + " "
                        + port(each.group(3), engine)));
      }
      open.forEach(Conference::close);
    }
    return found;
  }

  /** A port of a loop by the loop's number, another as it is. */
  private static String port(String number, MediaEngine engine) {
    List<InetSocketAddress> loops = engine.localAddresses();
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).getPort() == Integer.parseInt(number)) {
        return "loop" + i;
      }
    }
    return number;
  }

  private static MediaConfig loopback() throws IOException {
    return MediaConfig.at(InetAddress.getByName("127.0.0.1"));
  }

  @Test
  void withOneLoopEveryConferenceHasTheSinglePortOverUdpAndTcp() throws IOException {
    assertThat(candidates(loopback().withLoops(1), 2))
        .containsExactly(
            "udp 127.0.0.1 loop0",
            "tcp 127.0.0.1 loop0",
            "udp 127.0.0.1 loop0",
            "tcp 127.0.0.1 loop0");
  }

  @Test
  void eachLoopHasAPortOfItsOwnAndConferencesSpreadOverThem() throws IOException {
    assertThat(candidates(loopback().withLoops(2).withTransports(true, false), 2))
        .containsExactlyInAnyOrder("udp 127.0.0.1 loop0", "udp 127.0.0.1 loop1");
  }

  @Test
  void anAnnouncedAddressStandsInPlaceOfOursAndItsPortsCountWithTheLoops() throws IOException {
    List<MediaConfig.Announced> outside =
        List.of(new MediaConfig.Announced(InetAddress.getByName("203.0.113.7"), 20_000, 443));
    assertThat(candidates(loopback().withLoops(2).withAnnounced(outside), 2))
        .containsExactlyInAnyOrder(
            "udp 203.0.113.7 20000",
            "tcp 203.0.113.7 443",
            "udp 203.0.113.7 20001",
            "tcp 203.0.113.7 444");
  }
}
