package dev.parley.media.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A session description cut into its parts; attributes keep their order and are read on demand.
 *
 * @param attributes of the whole session, without {@code a=}
 * @param sections the media sections, in order
 */
public record SdpSession(List<String> attributes, List<Section> sections) {
  /** Longest description that is read, in characters: about 200 media sections. */
  public static final int CHARACTERS_MAX = 512 * 1024;

  /** Media sections that one description may have. */
  public static final int SECTIONS_MAX = 512;

  private static final int LINES_MAX = 20_000;

  public SdpSession {
    attributes = List.copyOf(attributes);
    sections = List.copyOf(sections);
  }

  /**
   * One {@code m=} section.
   *
   * @param kind the media word, for example {@code audio}
   * @param port 0 when the section is refused
   * @param protocol for example {@code UDP/TLS/RTP/SAVPF}
   * @param formats payload types, as written
   * @param attributes of the section, without {@code a=}
   */
  public record Section(
      String kind, int port, String protocol, List<String> formats, List<String> attributes) {
    public Section {
      formats = List.copyOf(formats);
      attributes = List.copyOf(attributes);
    }

    /** The value of the first attribute of this name. */
    public Optional<String> first(String name) {
      return SdpSession.values(attributes, name).stream().findFirst();
    }

    /** The values of all attributes of this name. */
    public List<String> all(String name) {
      return SdpSession.values(attributes, name);
    }

    /** Whether the flag is there. */
    public boolean has(String flag) {
      return attributes.contains(flag);
    }

    /** The identification of the section (RFC 5888). */
    public String mid() {
      return first("mid").orElse("");
    }
  }

  /** The value of the first session attribute of this name. */
  public Optional<String> first(String name) {
    return values(attributes, name).stream().findFirst();
  }

  private static List<String> values(List<String> attributes, String name) {
    String start = name + ":";
    List<String> found = new ArrayList<>();
    for (String each : attributes) {
      if (each.startsWith(start)) {
        found.add(each.substring(start.length()));
      }
    }
    return found;
  }

  /** Reads a description; lines that it does not know are skipped. */
  public static SdpSession parse(String text) {
    if (text.length() > CHARACTERS_MAX) {
      throw new SdpRefused("the description is too long");
    }
    List<String> lines = text.lines().limit(LINES_MAX).toList();
    if (lines.isEmpty() || !lines.getFirst().startsWith("v=0")) {
      throw new SdpRefused("a description starts with v=0");
    }
    return new SdpReader().read(lines);
  }
}
