package dev.parley.media.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.media.api.MediaConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Proof 1: Chromium pages hear and see each other through the engine. */
@Tag("browser")
class BrowserIT {
  static final Duration SOON = Duration.ofSeconds(60);

  private Chromium chromium;

  @BeforeEach
  void startBrowser() {
    chromium = Chromium.start();
  }

  @AfterEach
  void stopBrowser() {
    chromium.close();
  }

  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static MediaConfig at(String literal) {
    return MediaConfig.at(address(literal)).withLoops(1);
  }

  @Test
  void twoPagesHearAndSeeEachOther() {
    try (Harness harness = new Harness(at("127.0.0.1"))) {
      hearAndSee(join(harness, 2, "{}"));
    }
  }

  @Test
  void fourPagesHearAndSeeEachOther() {
    try (Harness harness = new Harness(at("127.0.0.1"))) {
      hearAndSee(join(harness, 4, "{ rate: 10 }"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"VP8", "H264", "VP9", "AV1"})
  void eachCodecIsForwardedAndNamedByTheReceiver(String codec) {
    try (Harness harness = new Harness(at("127.0.0.1"))) {
      List<Page> pages = join(harness, 2, "{ codec: '" + codec + "' }");
      hearAndSee(pages);
      for (Page page : pages) {
        JsonNode inbound = page.evaluate("harness.inbound('video')");
        assertThat(inbound.path(0).path("codec").asString()).isEqualTo("video/" + codec);
      }
    }
  }

  @Test
  void mediaFlowsOverTcpWhenUdpIsBlocked() {
    try (Harness harness = new Harness(at("127.0.0.1").withTransports(false, true))) {
      List<Page> pages = join(harness, 2, "{}");
      hearAndSee(pages);
      for (String side : List.of("publisher", "receiver")) {
        JsonNode pair = pages.getFirst().evaluate("harness.pair(harness." + side + ")");
        assertThat(pair.path("remote").path("protocol").asString()).isEqualTo("tcp");
      }
    }
  }

  @Test
  void mediaFlowsOverIpv6() {
    try (Harness harness = new Harness(at("::1"))) {
      List<Page> pages = join(harness, 2, "{}");
      hearAndSee(pages);
      JsonNode pair = pages.getFirst().evaluate("harness.pair(harness.receiver)");
      assertThat(pair.path("remote").path("address").asString()).contains("::1");
    }
  }

  @Test
  void mediaGoesOnOverAnIceRestartOfBothConnections() {
    try (Harness harness = new Harness(at("127.0.0.1"))) {
      List<Page> pages = join(harness, 2, "{}");
      hearAndSee(pages);
      Page first = pages.getFirst();
      String before = fragments(first);
      first.evaluate("harness.negotiate({ iceRestart: true })");
      first.evaluate("harness.restartReceiver()");
      assertThat(fragments(first)).isNotEqualTo(before);
      for (Page page : pages) {
        page.evaluate(
            "harness.inbound('video').then(all => { harness.mark = all[0].framesDecoded; })");
        page.await(
            "frames go on after the restart",
            "harness.inbound('video').then(all => all[0].framesDecoded > harness.mark + 30)",
            SOON);
      }
      assertThat(states(first)).isEqualTo("connected connected");
    }
  }

  private static String fragments(Page page) {
    return page.evaluate(
            """
            [harness.publisher, harness.receiver].map(each =>
              /a=ice-ufrag:(.*)/.exec(each.remoteDescription.sdp)[1]).join(' ')
            """)
        .asString();
  }

  private static String states(Page page) {
    return page.evaluate(
            "harness.publisher.connectionState + ' ' + harness.receiver.connectionState")
        .asString();
  }

  private List<Page> join(Harness harness, int count, String options) {
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pages.add(join(chromium, harness, "page" + i, options));
    }
    return pages;
  }

  static Page join(Chromium chromium, Harness harness, String name, String options) {
    Page page = chromium.open(harness.page(name));
    page.await("the page is loaded", "typeof harness === 'object'", SOON);
    if (!options.isEmpty()) {
      page.evaluate("harness.publish(" + options + ")");
    }
    page.evaluate("harness.receive()");
    return page;
  }

  private static void hearAndSee(List<Page> pages) {
    int others = pages.size() - 1;
    for (Page page : pages) {
      page.await("video decoded", seen(30, others), SOON);
      page.await("audio heard", "harness.heard(0.001).then(n => n === " + others + ")", SOON);
    }
    pages.forEach(page -> System.out.println(page.evaluate("harness.summary()")));
  }

  static String seen(int frames, int tracks) {
    return String.format(Locale.ROOT, "harness.seen(%d).then(n => n === %d)", frames, tracks);
  }
}
