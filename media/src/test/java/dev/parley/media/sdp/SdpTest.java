package dev.parley.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.parley.media.rtp.HeaderExtension;
import dev.parley.media.rtp.PayloadFormat;
import dev.parley.media.transport.DtlsFingerprint;
import dev.parley.media.transport.IceCredentials;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpTest {
  private static final String FINGERPRINT = "AB:".repeat(31) + "AB";
  static final String OFFER =
      """
      v=0
      o=- 1 2 IN IP4 127.0.0.1
      s=-
      t=0 0
      a=group:BUNDLE 0 1
      m=audio 9 UDP/TLS/RTP/SAVPF 111 0 126
      a=ice-ufrag:abcd
      a=ice-pwd:abcdefghijklmnopqrstuvwx
      a=fingerprint:sha-256 %s
      a=setup:actpass
      a=mid:0
      a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
      a=sendonly
      a=rtpmap:111 opus/48000/2
      a=fmtp:111 minptime=10;useinbandfec=1
      a=rtpmap:0 PCMU/8000
      a=rtpmap:126 telephone-event/8000
      a=ssrc:1001 cname:x
      m=video 9 UDP/TLS/RTP/SAVPF 96 97 102 103 104
      a=ice-ufrag:abcd
      a=ice-pwd:abcdefghijklmnopqrstuvwx
      a=fingerprint:sha-256 %s
      a=setup:actpass
      a=mid:1
      a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
      a=extmap:5/sendonly urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
      a=sendonly
      a=rtpmap:96 VP8/90000
      a=rtpmap:97 rtx/90000
      a=fmtp:97 apt=96
      a=rtpmap:102 H264/90000
      a=fmtp:102 packetization-mode=0;profile-level-id=42e01f
      a=rtpmap:104 rtx/90000
      a=fmtp:104 apt=103
      a=rid:l send
      a=rid:h send
      a=simulcast:send l;h
      """
          .formatted(FINGERPRINT, FINGERPRINT);

  private static LocalTransport local() {
    return new LocalTransport(
        new IceCredentials("ours", "passwordpasswordpassword"),
        new DtlsFingerprint("sha-256", FINGERPRINT),
        List.of(new InetSocketAddress("192.0.2.1", 4000), new InetSocketAddress("::1", 4000)),
        List.of(new InetSocketAddress("192.0.2.1", 4001)));
  }

  @Test
  void anOfferIsReadWithWhatThisEngineTakes() {
    PublishNegotiation negotiation = PublishNegotiation.read(OFFER);
    assertThat(negotiation.remote().ice().fragment()).isEqualTo("abcd");
    PublishedMedia audio = negotiation.media().getFirst();
    assertThat(audio.formats()).containsExactly(java.util.Map.entry(111, PayloadFormat.OPUS));
    assertThat(audio.ssrcs()).containsExactly(1001);
    PublishedMedia video = negotiation.media().get(1);
    assertThat(video.formats()).containsExactly(java.util.Map.entry(96, PayloadFormat.VP8));
    assertThat(video.retransmissions()).containsExactly(java.util.Map.entry(97, 96));
    assertThat(video.rids()).containsExactly("l", "h");
    assertThat(video.extensions()).containsEntry(HeaderExtension.RID, 5);
  }

  @Test
  void theAnswerTakesOneFormatAndTellsWhereToSend() {
    String answer = PublishNegotiation.read(OFFER).answer(7, 1, local());
    assertThat(answer)
        .contains("a=ice-lite", "a=setup:passive", "a=recvonly", "a=simulcast:recv l;h")
        .contains("m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n", "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\n")
        .contains("a=candidate:1 1 udp ", " 192.0.2.1 4000 typ host")
        .contains(" 192.0.2.1 4001 typ host tcptype passive")
        .contains("a=rtcp-fb:96 transport-cc", "a=rtcp-fb:96 nack pli")
        .doesNotContain("a=rtpmap:102", "telephone-event");
    assertThat(SdpSession.parse(answer).sections()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "a=ice-pwd:abcdefghijklmnopqrstuvwx, a=ice-pwd:short, too short",
    "a=fingerprint:sha-256, a=fingerprint:sha-1, not accepted",
    "a=mid:1, a=mid:0, own mid",
    "a=ice-ufrag:abcd, a=x:y, no ice-ufrag",
    "v=0, v=9, starts with v=0",
    "a=rtpmap:96, a=rtpmap:200, out of range",
    "a=ssrc:1001, a=ssrc:99999999999, not a number",
    "m=video 9, m=video 70000, out of range",
  })
  void aBadOfferIsRefusedWithItsReason(String part, String instead, String reason) {
    assertThatThrownBy(() -> PublishNegotiation.read(OFFER.replace(part, instead)))
        .isInstanceOf(SdpRefused.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aReceivingOfferNamesItsSources() {
    List<OfferedTrack> tracks =
        List.of(
            new OfferedTrack("0", PayloadFormat.OPUS, true, 5, 0, "alice", "t1"),
            new OfferedTrack("1", PayloadFormat.VP8, true, -2, 6, "alice", "t2"),
            new OfferedTrack("2", PayloadFormat.VP9, false, 0, 0, "-", "-"));
    String offer = ReceiveNegotiation.offer(1, 1, local(), tracks);
    assertThat(offer)
        .contains("a=setup:actpass", "a=msid:alice t2", "a=ssrc-group:FID 4294967294 6")
        .contains("a=group:BUNDLE 0 1 2", "a=inactive");
    assertThat(SdpSession.parse(offer).sections()).hasSize(3);
  }

  @Test
  void anAnswerTellsWhatIsTaken() {
    String answer =
        OFFER.replace("a=sendonly", "a=recvonly").replace("a=setup:actpass", "a=setup:active");
    assertThat(ReceiveNegotiation.read(answer).accepted()).containsExactlyInAnyOrder("0", "1");
    assertThatThrownBy(
            () -> ReceiveNegotiation.read(answer.replace("setup:active", "setup:passive")))
        .isInstanceOf(SdpRefused.class);
  }

  @Test
  void anAnswerTellsWhereRetransmissionsAreTaken() {
    String transport = "a=setup:active\na=ice-ufrag:abcd\na=ice-pwd:0123456789012345678901\n";
    String print =
        OFFER.lines().filter(each -> each.startsWith("a=fingerprint")).findFirst().orElseThrow();
    String answer =
        "v=0\no=- 2 2 IN IP4 127.0.0.1\ns=-\nt=0 0\n"
            + "m=video 9 UDP/TLS/RTP/SAVPF 96 97\na=mid:0\na=recvonly\n"
            + transport
            + print
            + "\nm=video 9 UDP/TLS/RTP/SAVPF 96\na=mid:1\na=recvonly\n"
            + "m=video 9 UDP/TLS/RTP/SAVPF 98 97\na=mid:2\na=recvonly\n";
    assertThat(ReceiveNegotiation.read(answer).accepted()).containsExactlyInAnyOrder("0", "1", "2");
    assertThat(ReceiveNegotiation.read(answer).repaired()).containsExactly("0");
  }

  @FuzzTest
  void anyTextIsReadOrRefused(byte[] bytes) {
    String text = "v=0\n" + new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    for (String each : List.of(text, OFFER + text)) {
      try {
        PublishNegotiation.read(each).answer(1, 1, local());
      } catch (SdpRefused refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
      try {
        ReceiveNegotiation.read(each);
      } catch (SdpRefused refused) {
        assertThat(refused).hasMessageNotContaining("null");
      }
    }
  }
}
