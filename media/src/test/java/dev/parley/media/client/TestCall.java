package dev.parley.media.client;

import dev.parley.media.api.Conference;
import dev.parley.media.api.Endpoint;
import dev.parley.media.api.EndpointId;
import dev.parley.media.transport.DtlsIdentity;
import dev.parley.media.transport.SrtpCipher;
import dev.parley.media.transport.SrtpProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signalling between {@link TestClient} and an engine in the same process. */
public final class TestCall {
  /** The source that {@link #publisher} sends video from. */
  public static final int VIDEO_SSRC = 0x1001;

  /** The source of its retransmissions. */
  public static final int REPAIR_SSRC = 0x1002;

  /** The source that it sends audio from. */
  public static final int AUDIO_SSRC = 0x1003;

  /** What is said about pictures by RTCP. */
  public static final String FEEDBACK =
      "a=rtcp-fb:96 nack\na=rtcp-fb:96 nack pli\na=rtcp-fb:96 ccm fir\na=rtcp-fb:96 transport-cc\n";

  private final Conference conference;
  private final DtlsIdentity identity;
  private final SrtpCipher cipher;
  private final List<SrtpProfile> profiles;
  private final Map<String, Endpoint> endpoints = new ConcurrentHashMap<>();

  public TestCall(
      Conference conference, DtlsIdentity identity, SrtpCipher cipher, List<SrtpProfile> profiles) {
    this.conference = conference;
    this.identity = identity;
    this.cipher = cipher;
    this.profiles = List.copyOf(profiles);
  }

  /** The endpoint of this name, which joins with its first use. */
  public Endpoint endpoint(String name) {
    return endpoints.computeIfAbsent(name, each -> conference.join(new EndpointId(each)).join());
  }

  /** Joins and publishes one audio and one VP8 track. */
  public TestClient publisher(String name, TestClient.Receiver receiver)
      throws InterruptedException {
    Endpoint endpoint = endpoint(name);
    TestClient client = new TestClient(identity, cipher, profiles, receiver);
    String answer = endpoint.publish(offer(client)).join();
    return client.connect(answer).awaitSecured();
  }

  /** An offer of one audio and one VP8 track. */
  public static String offer(TestClient client) {
    return offer(client, "sound", "picture");
  }

  /** The same with these ids of the tracks, for servers that match them with signalling. */
  public static String offer(TestClient client, String sound, String picture) {
    return "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\na=group:BUNDLE 0 1\n"
        + "m=audio 9 UDP/TLS/RTP/SAVPF 111\n"
        + client.transportLines("active")
        + "a=mid:0\na=sendonly\na=rtcp-mux\na=rtpmap:111 opus/48000/2\n"
        + "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level\n"
        + "a=msid:stream "
        + sound
        + "\na=ssrc:"
        + AUDIO_SSRC
        + " cname:c\n"
        + "m=video 9 UDP/TLS/RTP/SAVPF 96 97\n"
        + client.transportLines("active")
        + "a=mid:1\na=sendonly\na=rtcp-mux\na=rtpmap:96 VP8/90000\na=rtpmap:97 rtx/90000\n"
        + "a=fmtp:97 apt=96\n"
        + FEEDBACK
        + "a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01\n"
        + "a=msid:stream "
        + picture
        + "\na=ssrc-group:FID "
        + VIDEO_SSRC
        + " "
        + REPAIR_SSRC
        + "\n"
        + "a=ssrc:"
        + VIDEO_SSRC
        + " cname:c\na=ssrc:"
        + REPAIR_SSRC
        + " cname:c\n";
  }

  /**
   * An offer of one VP8 section with mid 0 and the encodings l and h, named by the packets alone.
   *
   * @param port of the section: 9, or 0 when it is stopped
   * @param direction sendonly or inactive
   * @param more a further section of sound with mid 1
   */
  public static String simulcast(TestClient client, int port, String direction, boolean more) {
    return "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\na=group:BUNDLE"
        + (port == 0 ? "" : " 0")
        + (more ? " 1" : "")
        + "\nm=video "
        + port
        + " UDP/TLS/RTP/SAVPF 96\n"
        + client.transportLines("active")
        + "a=mid:0\na="
        + direction
        + "\na=rtcp-mux\na=rtpmap:96 VP8/90000\n"
        + FEEDBACK
        + "a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\n"
        + "a=extmap:5 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\n"
        + "a=rid:l send\na=rid:h send\na=simulcast:send l;h\n"
        + (more
            ? "m=audio 9 UDP/TLS/RTP/SAVPF 111\n"
                + client.transportLines("active")
                + "a=mid:1\na=sendonly\na=rtcp-mux\na=rtpmap:111 opus/48000/2\n"
            : "");
  }

  /** Joins and takes every track that is published now. */
  public TestClient subscriber(String name, TestClient.Receiver receiver)
      throws InterruptedException {
    Endpoint endpoint = endpoint(name);
    TestClient client = new TestClient(identity, cipher, profiles, receiver);
    String offer = endpoint.offer().join();
    endpoint.answer(answer(offer, client)).join();
    return client.connect(offer).awaitSecured();
  }

  /** Takes everything that is offered. */
  public static String answer(String offer, TestClient client) {
    StringBuilder answer = new StringBuilder("v=0\no=- 2 2 IN IP4 127.0.0.1\ns=-\nt=0 0\n");
    Matcher sections = Pattern.compile("(m=[^\\r\\n]+)[\\s\\S]*?a=mid:(\\S+)").matcher(offer);
    while (sections.find()) {
      answer
          .append(sections.group(1))
          .append('\n')
          .append(client.transportLines("active"))
          .append("a=mid:")
          .append(sections.group(2))
          .append("\na=recvonly\na=rtcp-mux\n");
    }
    return answer.toString();
  }
}
