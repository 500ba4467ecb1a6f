package dev.parley.media.sdp;

import dev.parley.media.rtp.HeaderExtension;
import dev.parley.media.rtp.MediaKind;
import dev.parley.media.rtp.PayloadFormat;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The connection on which a client publishes: it offers, we answer. Reading the offer and writing
 * the answer are apart, so that the link can be made in between.
 */
public final class PublishNegotiation {
  private final SdpSession offer;
  private final RemoteTransport remote;
  private final List<PublishedMedia> media;

  private PublishNegotiation(SdpSession offer, RemoteTransport remote, List<PublishedMedia> media) {
    this.offer = offer;
    this.remote = remote;
    this.media = List.copyOf(media);
  }

  /** Reads a client's offer; throws {@link SdpRefused} with the reason when it cannot be used. */
  public static PublishNegotiation read(String text) {
    SdpSession offer = SdpSession.parse(text);
    RemoteTransport remote = RemoteTransport.of(offer);
    List<PublishedMedia> media = new ArrayList<>();
    Set<String> mids = new LinkedHashSet<>();
    for (SdpSession.Section section : offer.sections()) {
      if (section.mid().isEmpty() || !mids.add(section.mid())) {
        throw new SdpRefused("every media section needs its own mid");
      }
      if (isMedia(section)) {
        media.add(published(section));
      }
    }
    return new PublishNegotiation(offer, remote, media);
  }

  private static boolean isMedia(SdpSession.Section section) {
    return (section.kind().equals("audio") || section.kind().equals("video"))
        && section.protocol().equals("UDP/TLS/RTP/SAVPF")
        && (section.port() != 0 || section.has("bundle-only"));
  }

  private static PublishedMedia published(SdpSession.Section section) {
    SectionTerms terms = new SectionTerms(section);
    return new PublishedMedia(
        section.mid(),
        terms.kind(),
        terms.sending() && !terms.formats().isEmpty(),
        terms.formats(),
        terms.retransmissions(),
        terms.extensions(),
        terms.rids(),
        terms.ssrcs());
  }

  /** The client's transport. */
  public RemoteTransport remote() {
    return remote;
  }

  /** What the client publishes, in the order of its sections. */
  public List<PublishedMedia> media() {
    return media;
  }

  /** Writes the answer: we only receive. */
  public String answer(long sessionId, long version, LocalTransport local) {
    List<String> bundled = new ArrayList<>();
    for (PublishedMedia each : media) {
      if (!each.formats().isEmpty()) {
        bundled.add(each.mid());
      }
    }
    SdpWriter writer = new SdpWriter(sessionId, version, bundled);
    for (SdpSession.Section section : offer.sections()) {
      if (bundled.contains(section.mid())) {
        accept(writer, section, local);
      } else {
        refuse(writer, section);
      }
    }
    return writer.text();
  }

  private static void refuse(SdpWriter writer, SdpSession.Section section) {
    writer
        .media(section.kind(), 0, section.protocol(), section.formats().getFirst())
        .line("a=inactive")
        .line("a=mid:" + section.mid());
  }

  private static void accept(SdpWriter writer, SdpSession.Section section, LocalTransport local) {
    SectionTerms terms = new SectionTerms(section);
    writer
        .media(section.kind(), 9, section.protocol(), formatList(section, terms))
        .lines(local.lines("passive"))
        .line("a=mid:" + section.mid())
        .line(terms.sending() ? "a=recvonly" : "a=inactive")
        .line("a=rtcp-mux")
        .line("a=rtcp-rsize");
    terms
        .extensions()
        .forEach((extension, id) -> writer.line("a=extmap:" + id + " " + extension.uri()));
    terms.formats().forEach((type, format) -> format(writer, terms, type, format));
    terms
        .retransmissions()
        .forEach((type, apt) ->
            writer.line("a=rtpmap:" + type + " rtx/90000").line("a=fmtp:" + type + " apt=" + apt));
    List<String> rids = terms.rids();
    if (!rids.isEmpty()) {
      rids.forEach(rid -> writer.line("a=rid:" + rid + " recv"));
      writer.line("a=simulcast:recv " + String.join(";", rids));
    }
  }

  /** The accepted payload types in the client's order: the first is what it will send. */
  private static String formatList(SdpSession.Section section, SectionTerms terms) {
    StringBuilder list = new StringBuilder();
    for (String each : section.formats()) {
      int type = SdpNumbers.bounded(each, 127, "payload type");
      if (terms.formats().containsKey(type) || terms.retransmissions().containsKey(type)) {
        list.append(list.isEmpty() ? "" : " ").append(type);
      }
    }
    return list.toString();
  }

  private static void format(SdpWriter writer, SectionTerms terms, int type, PayloadFormat format) {
    writer.lines(formatLines(type, format, terms.parameters(type), terms.extensions()));
  }

  static List<String> formatLines(
      int type, PayloadFormat format, String parameters, Map<HeaderExtension, Integer> extensions) {
    List<String> lines = new ArrayList<>();
    String channels = format == PayloadFormat.OPUS ? "/2" : "";
    lines.add("a=rtpmap:" + type + " " + format.encodingName() + "/" + format.clockHz() + channels);
    if (!parameters.isEmpty()) {
      lines.add("a=fmtp:" + type + " " + parameters);
    }
    if (format.kind() == MediaKind.VIDEO) {
      lines.add("a=rtcp-fb:" + type + " nack");
      lines.add("a=rtcp-fb:" + type + " nack pli");
      lines.add("a=rtcp-fb:" + type + " ccm fir");
    }
    if (extensions.containsKey(HeaderExtension.TRANSPORT_SEQUENCE)) {
      lines.add("a=rtcp-fb:" + type + " transport-cc");
    } else if (format.kind() == MediaKind.VIDEO) {
      lines.add("a=rtcp-fb:" + type + " goog-remb");
    }
    return lines;
  }
}
