package dev.parley.media.sdp;

import dev.parley.media.rtp.HeaderExtension;
import dev.parley.media.rtp.MediaKind;
import dev.parley.media.rtp.PayloadFormat;
import dev.parley.media.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what one media section of a client offers and keeps what this engine takes. */
final class SectionTerms {
  private static final int RIDS_MAX = 3;

  private final SdpSession.Section section;
  private final Map<Integer, String> parameters = new LinkedHashMap<>();
  private final Map<Integer, PayloadFormat> formats = new LinkedHashMap<>();
  private final Map<Integer, Integer> retransmissions = new LinkedHashMap<>();

  SectionTerms(SdpSession.Section section) {
    this.section = section;
    for (String each : section.all("fmtp")) {
      String[] words = each.split(" ", 2);
      if (words.length == 2) {
        parameters.put(type(words[0]), words[1].trim());
      }
    }
    readFormats();
  }

  private void readFormats() {
    Map<Integer, Integer> repairs = new LinkedHashMap<>();
    for (String each : section.all("rtpmap")) {
      String[] words = each.split(" ", 2);
      int type = type(words[0]);
      String name = words.length < 2 ? "" : words[1].split("/", 2)[0];
      if (name.equalsIgnoreCase("rtx")) {
        parameter(type, "apt").ifPresent(apt -> repairs.put(type, type(apt)));
      }
      format(name, type).ifPresent(format -> formats.put(type, format));
    }
    if (kind() == MediaKind.AUDIO) {
      for (PayloadFormat g711 : List.of(PayloadFormat.PCMU, PayloadFormat.PCMA)) {
        if (section.formats().contains(Integer.toString(g711.egressType()))) {
          formats.putIfAbsent(g711.egressType(), g711);
        }
      }
    }
    keepPreferred();
    repairs.forEach((type, apt) -> {
      if (formats.containsKey(apt)) {
        retransmissions.put(type, apt);
      }
    });
  }

  /** One format per track: what a client sends is then known before its first packet. */
  private void keepPreferred() {
    section.formats().stream()
        .filter(each -> each.length() <= 3 && each.chars().allMatch(Character::isDigit))
        .map(Integer::valueOf)
        .filter(formats::containsKey)
        .findFirst()
        .ifPresentOrElse(
            preferred -> formats.keySet().removeIf(type -> !type.equals(preferred)),
            formats::clear);
  }

  private Optional<PayloadFormat> format(String name, int type) {
    for (PayloadFormat each : PayloadFormat.values()) {
      if (each.kind() == kind() && each.encodingName().equalsIgnoreCase(name)) {
        return usable(each, type) ? Optional.of(each) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Leaves out the profiles that receivers are not promised. */
  private boolean usable(PayloadFormat format, int type) {
    return switch (format) {
      case H264 ->
          parameter(type, "packetization-mode").orElse("0").equals("1")
              && parameter(type, "profile-level-id")
                  .orElse("42e01f")
                  .toLowerCase(Locale.ROOT)
                  .startsWith("42");
      case VP9 -> parameter(type, "profile-id").orElse("0").equals("0");
      case AV1 -> parameter(type, "profile").orElse("0").equals("0");
      case OPUS, PCMU, PCMA, VP8 -> true;
    };
  }

  private Optional<String> parameter(int type, String name) {
    for (String each : parameters.getOrDefault(type, "").split(";")) {
      String[] pair = each.trim().split("=", 2);
      if (pair.length == 2 && pair[0].equalsIgnoreCase(name)) {
        return Optional.of(pair[1].trim());
      }
    }
    return Optional.empty();
  }

  private static int type(String word) {
    return SdpNumbers.bounded(word, 127, "payload type");
  }

  MediaKind kind() {
    return section.kind().equals("audio") ? MediaKind.AUDIO : MediaKind.VIDEO;
  }

  Map<Integer, PayloadFormat> formats() {
    return formats;
  }

  Map<Integer, Integer> retransmissions() {
    return retransmissions;
  }

  String parameters(int type) {
    return parameters.getOrDefault(type, "");
  }

  Map<HeaderExtension, Integer> extensions() {
    Map<HeaderExtension, Integer> found = new EnumMap<>(HeaderExtension.class);
    for (String each : section.all("extmap")) {
      String[] words = each.split(" ");
      if (words.length >= 2) {
        int slash = words[0].indexOf('/');
        int id =
            SdpNumbers.bounded(
                slash < 0 ? words[0] : words[0].substring(0, slash), 4095, "extension id");
        HeaderExtension.ofUri(words[1])
            .filter(extension -> id > 0 && id < RtpPacket.EXTENSION_ID_MAX)
            .ifPresent(extension -> found.put(extension, id));
      }
    }
    return found;
  }

  /**
   * Simulcast encodings in order (RFC 8853 §5.1); alternatives and pauses are not offered to us.
   */
  List<String> rids() {
    Optional<String> simulcast = section.first("simulcast");
    if (simulcast.isEmpty()) {
      return List.of();
    }
    List<String> rids = new ArrayList<>();
    String[] words = simulcast.get().trim().split(" +");
    for (int i = 0; i + 1 < words.length; i += 2) {
      if (words[i].equals("send")) {
        for (String each : words[i + 1].split(";")) {
          String first = each.split(",", 2)[0];
          rids.add(first.startsWith("~") ? first.substring(1) : first);
        }
      }
    }
    return rids.size() > RIDS_MAX ? rids.subList(0, RIDS_MAX) : rids;
  }

  /** Named sources: the media source and, from the FID group (RFC 4588), its retransmissions. */
  List<Integer> ssrcs() {
    for (String each : section.all("ssrc-group")) {
      String[] words = each.trim().split(" +");
      if (words.length == 3 && words[0].equals("FID")) {
        return List.of(SdpNumbers.ssrc(words[1]), SdpNumbers.ssrc(words[2]));
      }
    }
    return section
        .first("ssrc")
        .map(each -> List.of(SdpNumbers.ssrc(each.split(" ", 2)[0])))
        .orElse(List.of());
  }

  boolean sending() {
    return section.port() != 0 && !section.has("recvonly") && !section.has("inactive")
        || section.has("bundle-only") && (section.has("sendonly") || section.has("sendrecv"));
  }
}
