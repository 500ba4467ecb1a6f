package dev.parley.media.api;

import dev.parley.media.sfu.ForwardStatistics;
import dev.parley.media.sfu.LayerStatistics;
import dev.parley.media.sfu.Member;
import dev.parley.media.sfu.PublishSide;
import dev.parley.media.sfu.ReceiveSide;
import dev.parley.media.transport.PeerLink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one endpoint does: cheap to read, made on the loop between two batches.
 *
 * @param publishing the connection on which it publishes
 * @param receiving the connection on which it receives
 * @param published its tracks, with one entry per encoding
 * @param received the tracks that it gets
 * @param estimateBps what its connection is thought to carry, 0 without one
 * @param roundTripMillis to the endpoint, 0 without a receiving connection
 */
public record EndpointStatistics(
    Optional<Connection> publishing,
    Optional<Connection> receiving,
    Map<TrackId, List<LayerStatistics>> published,
    List<ForwardStatistics> received,
    long estimateBps,
    double roundTripMillis) {
  /**
   * One of the two connections.
   *
   * @param state where it stands
   * @param overTcp whether it goes over TCP
   * @param profile the SRTP profile, empty before the handshake
   * @param refused packets that were forged, replayed or malformed
   */
  public record Connection(
      PeerLink.State state,
      boolean overTcp,
      String profile,
      long packetsIn,
      long bytesIn,
      long packetsOut,
      long bytesOut,
      long refused) {
    static Connection of(PeerLink link) {
      return new Connection(
          link.state(),
          link.overTcp(),
          String.valueOf(link.profile() == null ? "" : link.profile()),
          link.counters().packetsIn,
          link.counters().bytesIn,
          link.counters().packetsOut,
          link.counters().bytesOut,
          link.counters().refused);
    }
  }

  static EndpointStatistics of(Member member) {
    PublishSide publishing = member.publishSide();
    ReceiveSide receiving = member.receiveSide();
    Map<TrackId, List<LayerStatistics>> published = new LinkedHashMap<>();
    member.tracks().forEach(track -> published.put(new TrackId(track.id()), track.statistics()));
    return new EndpointStatistics(
        Optional.ofNullable(publishing).map(side -> Connection.of(side.link())),
        Optional.ofNullable(receiving).map(side -> Connection.of(side.link())),
        published,
        receiving == null ? List.of() : receiving.statistics(),
        receiving == null ? 0 : receiving.estimateBps(),
        receiving == null ? 0 : receiving.roundTripNanos() / 1e6);
  }
}
