package dev.parley.media.sdp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the lines of one description into session and media sections. */
final class SdpReader {
  private static final int FORMATS_MAX = 256;

  private final List<String> session = new ArrayList<>();
  private final List<SdpSession.Section> sections = new ArrayList<>();
  private List<String> current = session;
  private String media = "";

  SdpSession read(List<String> lines) {
    for (String line : lines) {
      if (line.startsWith("m=")) {
        finish();
        media = line.substring(2);
        current = new ArrayList<>();
      } else if (line.startsWith("a=")) {
        current.add(line.substring(2).stripTrailing());
      }
    }
    finish();
    return new SdpSession(session, sections);
  }

  private void finish() {
    if (media.isEmpty()) {
      return;
    }
    if (sections.size() == SdpSession.SECTIONS_MAX) {
      throw new SdpRefused("the description has too many media sections");
    }
    String[] words = media.trim().split(" +", FORMATS_MAX);
    if (words.length < 4) {
      throw new SdpRefused("a media line is cut short");
    }
    List<String> formats = Arrays.asList(words).subList(3, words.length);
    sections.add(new SdpSession.Section(words[0], port(words[1]), words[2], formats, current));
  }

  private static int port(String word) {
    int slash = word.indexOf('/');
    return SdpNumbers.bounded(slash < 0 ? word : word.substring(0, slash), 65_535, "port");
  }
}
