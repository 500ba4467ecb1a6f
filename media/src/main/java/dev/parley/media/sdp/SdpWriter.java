package dev.parley.media.sdp;

import java.util.Collection;
import java.util.List;

/** Writes the lines of a description. */
final class SdpWriter {
  private final StringBuilder text = new StringBuilder(4096);

  /** The session part of a description of ours: ICE-lite, one bundle. */
  SdpWriter(long sessionId, long version, List<String> bundled) {
    line("v=0");
    line("o=- " + sessionId + " " + version + " IN IP4 127.0.0.1");
    line("s=-");
    line("t=0 0");
    if (!bundled.isEmpty()) {
      line("a=group:BUNDLE " + String.join(" ", bundled));
    }
    line("a=ice-lite");
    line("a=extmap-allow-mixed");
    line("a=msid-semantic: WMS *");
  }

  SdpWriter line(String line) {
    text.append(line).append("\r\n");
    return this;
  }

  SdpWriter lines(Collection<String> lines) {
    lines.forEach(this::line);
    return this;
  }

  SdpWriter media(String kind, int port, String protocol, String formats) {
    line("m=" + kind + " " + port + " " + protocol + " " + formats);
    return line("c=IN IP4 0.0.0.0");
  }

  String text() {
    return text.toString();
  }
}
