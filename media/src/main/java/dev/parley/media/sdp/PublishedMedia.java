package dev.parley.media.sdp;

import dev.parley.media.rtp.HeaderExtension;
import dev.parley.media.rtp.MediaKind;
import dev.parley.media.rtp.PayloadFormat;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One section that a client publishes, as agreed.
 *
 * @param mid identification of the section, stable over renegotiations
 * @param kind audio or video
 * @param sending whether the client sends now
 * @param formats agreed payload types and what they carry
 * @param retransmissions payload types of retransmissions, and the payload type that each repairs
 * @param extensions agreed header extensions and their ids
 * @param rids simulcast encodings in the client's order, empty for none
 * @param ssrcs sources that the client names, first the media, with the retransmission source
 *     behind it when there is one; empty when the packets themselves will tell
 */
public record PublishedMedia(
    String mid,
    MediaKind kind,
    boolean sending,
    Map<Integer, PayloadFormat> formats,
    Map<Integer, Integer> retransmissions,
    Map<HeaderExtension, Integer> extensions,
    List<String> rids,
    List<Integer> ssrcs) {
  public PublishedMedia {
    // Copies that keep the order: the first format is what the client sends.
    formats = Collections.unmodifiableMap(new LinkedHashMap<>(formats));
    retransmissions = Map.copyOf(retransmissions);
    extensions = Map.copyOf(extensions);
    rids = List.copyOf(rids);
    ssrcs = List.copyOf(ssrcs);
  }
}
