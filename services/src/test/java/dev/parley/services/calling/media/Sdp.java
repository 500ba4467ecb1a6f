package dev.parley.services.calling.media;

import java.util.ArrayList;
import java.util.List;

/** Descriptions of a client that was never there. */
final class Sdp {
  private Sdp() {}

  /**
   * An offer of a publishing connection.
   *
   * @param certificate two hexadecimal digits, of which its fingerprint is made
   * @param kinds {@code audio} or {@code video}; their mids count from 0
   */
  static String offer(String certificate, String... kinds) {
    List<String> lines = head(certificate, kinds.length);
    for (int mid = 0; mid < kinds.length; mid++) {
      section(lines, kinds[mid], mid, "sendonly");
      lines.add("a=ssrc:" + (1000 + mid) + " cname:x");
    }
    return text(lines);
  }

  /** An answer to an offer: takes every section. */
  static String answer(String offer) {
    String[] kinds =
        offer
            .lines()
            .filter(line -> line.startsWith("m="))
            .map(line -> line.substring(2, line.indexOf(' ')))
            .toArray(String[]::new);
    List<String> lines = head("EE", kinds.length);
    for (int mid = 0; mid < kinds.length; mid++) {
      section(lines, kinds[mid], mid, "recvonly");
    }
    return text(lines).replace("a=setup:actpass", "a=setup:active");
  }

  private static List<String> head(String certificate, int sections) {
    List<String> lines =
        new ArrayList<>(List.of("v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0"));
    StringBuilder bundle = new StringBuilder("a=group:BUNDLE");
    for (int mid = 0; mid < sections; mid++) {
      bundle.append(' ').append(mid);
    }
    lines.add(bundle.toString());
    lines.add("a=fingerprint:sha-256 " + (certificate + ":").repeat(31) + certificate);
    lines.add("a=ice-ufrag:user");
    lines.add("a=ice-pwd:abcdefghijklmnopqrstuvwx");
    return lines;
  }

  private static void section(List<String> lines, String kind, int mid, String direction) {
    boolean audio = kind.equals("audio");
    lines.add("m=" + kind + " 9 UDP/TLS/RTP/SAVPF " + (audio ? 111 : 96));
    lines.add("c=IN IP4 0.0.0.0");
    lines.add("a=setup:actpass");
    lines.add("a=mid:" + mid);
    lines.add("a=" + direction);
    lines.add("a=rtcp-mux");
    lines.add(audio ? "a=rtpmap:111 opus/48000/2" : "a=rtpmap:96 VP8/90000");
  }

  private static String text(List<String> lines) {
    return String.join("\r\n", lines) + "\r\n";
  }
}
