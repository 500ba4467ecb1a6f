package dev.parley.media.sdp;

import dev.parley.media.rtp.HeaderExtension;
import dev.parley.media.rtp.MediaKind;
import dev.parley.media.rtp.PayloadFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The connection on which a client receives: we offer, it answers. */
public final class ReceiveNegotiation {
  private static final List<HeaderExtension> AUDIO_EXTENSIONS =
      List.of(HeaderExtension.AUDIO_LEVEL, HeaderExtension.TRANSPORT_SEQUENCE);
  private static final List<HeaderExtension> VIDEO_EXTENSIONS =
      List.of(
          HeaderExtension.TRANSPORT_SEQUENCE,
          HeaderExtension.VIDEO_ORIENTATION,
          HeaderExtension.DEPENDENCY_DESCRIPTOR);

  private ReceiveNegotiation() {}

  /** Writes an offer of these tracks; we only send. */
  public static String offer(
      long sessionId, long version, LocalTransport local, List<OfferedTrack> tracks) {
    List<String> mids = tracks.stream().map(OfferedTrack::mid).toList();
    SdpWriter writer = new SdpWriter(sessionId, version, mids);
    tracks.forEach(track -> section(writer, track, local));
    return writer.text();
  }

  private static void section(SdpWriter writer, OfferedTrack track, LocalTransport local) {
    PayloadFormat format = track.format();
    String types = Integer.toString(format.egressType());
    boolean retransmitted = format.egressRetransmissionType() != 0;
    if (retransmitted) {
      types += " " + format.egressRetransmissionType();
    }
    writer
        .media(format.kind().word(), 9, "UDP/TLS/RTP/SAVPF", types)
        .lines(local.lines("actpass"))
        .line("a=mid:" + track.mid())
        .line(track.sending() ? "a=sendonly" : "a=inactive")
        .line("a=rtcp-mux")
        .line("a=rtcp-rsize");
    Map<HeaderExtension, Integer> extensions = extensions(format);
    extensions.forEach((extension, id) -> writer.line("a=extmap:" + id + " " + extension.uri()));
    writer.lines(
        PublishNegotiation.formatLines(
            format.egressType(), format, format.parameters(), extensions));
    if (retransmitted) {
      int type = format.egressRetransmissionType();
      writer
          .line("a=rtpmap:" + type + " rtx/90000")
          .line("a=fmtp:" + type + " apt=" + format.egressType());
    }
    if (track.sending()) {
      sources(writer, track);
    }
  }

  private static void sources(SdpWriter writer, OfferedTrack track) {
    String ssrc = Integer.toUnsignedString(track.ssrc());
    writer.line("a=msid:" + track.streamId() + " " + track.trackId());
    if (track.retransmissionSsrc() == 0) {
      writer.line("a=ssrc:" + ssrc + " cname:" + track.streamId());
      return;
    }
    String repair = Integer.toUnsignedString(track.retransmissionSsrc());
    writer
        .line("a=ssrc-group:FID " + ssrc + " " + repair)
        .line("a=ssrc:" + ssrc + " cname:" + track.streamId())
        .line("a=ssrc:" + repair + " cname:" + track.streamId());
  }

  private static Map<HeaderExtension, Integer> extensions(PayloadFormat format) {
    Map<HeaderExtension, Integer> ids = new EnumMap<>(HeaderExtension.class);
    for (HeaderExtension each :
        format.kind() == MediaKind.AUDIO ? AUDIO_EXTENSIONS : VIDEO_EXTENSIONS) {
      if (each != HeaderExtension.DEPENDENCY_DESCRIPTOR || format == PayloadFormat.AV1) {
        ids.put(each, each.egressId());
      }
    }
    return ids;
  }

  /**
   * What a client's answer says.
   *
   * @param remote the client's transport
   * @param accepted mids of the sections that it takes
   * @param repaired mids of those in which it takes retransmissions too
   */
  public record Answer(RemoteTransport remote, Set<String> accepted, Set<String> repaired) {
    public Answer {
      accepted = Set.copyOf(accepted);
      repaired = Set.copyOf(repaired);
    }
  }

  /** Reads a client's answer; throws {@link SdpRefused} when it cannot be used. */
  public static Answer read(String text) {
    SdpSession session = SdpSession.parse(text);
    Set<String> accepted = new HashSet<>();
    Set<String> repaired = new HashSet<>();
    List<String> roles = new ArrayList<>();
    for (SdpSession.Section section : session.sections()) {
      if (section.port() != 0) {
        section.first("setup").ifPresent(roles::add);
        if (section.has("recvonly") || section.has("sendrecv")) {
          accepted.add(section.mid());
          if (repaired(section.formats())) {
            repaired.add(section.mid());
          }
        }
      }
    }
    if (roles.contains("passive")) {
      throw new SdpRefused("the client must be active in DTLS: an ICE-lite server waits");
    }
    return new Answer(RemoteTransport.of(session), accepted, repaired);
  }

  /** Whether a format is there together with its retransmissions. */
  private static boolean repaired(List<String> formats) {
    for (PayloadFormat each : PayloadFormat.values()) {
      if (each.egressRetransmissionType() != 0
          && formats.contains(Integer.toString(each.egressType()))
          && formats.contains(Integer.toString(each.egressRetransmissionType()))) {
        return true;
      }
    }
    return false;
  }
}
