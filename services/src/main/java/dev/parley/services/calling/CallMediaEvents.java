package dev.parley.services.calling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Brings what happens to media to the owner of the call, and offers to their client. */
final class CallMediaEvents implements CallMedia.Listener {
  private final CallRegistry registry;
  private final Supplier<CallPorts> ports;

  CallMediaEvents(CallRegistry registry, Supplier<CallPorts> ports) {
    this.registry = registry;
    this.ports = ports;
  }

  private void offer(CallId call, CallEvent event) {
    registry.of(call).ifPresent(driver -> driver.offer(event));
  }

  @Override
  public void connected(CallId call, LegId leg, boolean publishing) {
    offer(call, new CallEvent.MediaConnected(leg, publishing));
  }

  @Override
  public void disconnected(CallId call, LegId leg, boolean publishing) {
    offer(call, new CallEvent.MediaLost(leg, publishing));
  }

  @Override
  public void streams(CallId call, LegId leg, List<CallView.Stream> streams) {
    offer(call, new CallEvent.Streams(leg, streams));
  }

  @Override
  public void speakers(CallId call, List<LegId> legs) {
    offer(call, new CallEvent.Speaking(legs));
  }

  /** Changes nothing in the call, so it needs no turn of its owner. */
  @Override
  public void offer(CallId call, LegId leg, int number, String sdp, List<CallMedia.Track> tracks) {
    registry
        .of(call)
        .flatMap(CallDriver::live)
        .ifPresent(live -> tell(live, leg, new Offered(number, sdp, tracks)));
  }

  private record Offered(int number, String sdp, List<CallMedia.Track> tracks) {}

  private void tell(CallState.Live live, LegId leg, Offered offered) {
    Map<LegId, String> users = users(live.roster());
    List<CallNotice.OfferedTrack> tracks = new ArrayList<>();
    for (CallMedia.Track track : offered.tracks()) {
      String from = users.get(track.from());
      if (from != null) {
        tracks.add(new CallNotice.OfferedTrack(track.mid(), from, track.kind(), track.stream()));
      }
    }
    CallNotice notice =
        new CallNotice.Offer(live.header().id(), offered.number(), offered.sdp(), tracks);
    Optional.ofNullable(users.get(leg))
        .flatMap(user -> live.roster().of(user))
        .flatMap(one -> one.place().anyLeg())
        .ifPresent(held -> ports.get().clients().tell(held.client(), notice));
  }

  /** An offer has as many tracks as there are participants: they are looked for once. */
  private static Map<LegId, String> users(Roster roster) {
    Map<LegId, String> users = new HashMap<>();
    roster
        .all()
        .forEach(one -> one.place().anyLeg().ifPresent(leg -> users.put(leg.id(), one.user())));
    return users;
  }
}
