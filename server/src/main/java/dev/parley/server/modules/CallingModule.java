package dev.parley.server.modules;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.http.Json;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.FactBody;
import dev.parley.kit.journal.JournalReader;
import dev.parley.media.api.LoopStatistics;
import dev.parley.server.Foundation;
import dev.parley.server.LateEngine;
import dev.parley.server.observe.Observation;
import dev.parley.services.calling.CallErasure;
import dev.parley.services.calling.CallRole;
import dev.parley.services.calling.CallRooms;
import dev.parley.services.calling.CallService;
import dev.parley.services.calling.CallStore;
import dev.parley.services.calling.EndReason;
import dev.parley.services.calling.RoomChanges;
import dev.parley.services.calling.media.EngineMedia;
import dev.parley.services.calling.sql.SqlCallStore;
import dev.parley.services.calling.wire.CallingRoutes;
import dev.parley.services.calling.wire.ClientSessions;
import dev.parley.services.calling.wire.IceServers;
import dev.parley.services.connections.Connections;
import dev.parley.services.identity.IdentityService;
import dev.parley.services.relay.RelayConfiguration;
import dev.parley.services.relay.RelayService;
import dev.parley.services.relay.TurnCredential;
import dev.parley.services.resources.ResourceService;
import dev.parley.services.rooms.RoomAdmission;
import dev.parley.services.rooms.RoomFacts;
import dev.parley.services.rooms.RoomId;
import dev.parley.services.rooms.RoomRole;
import dev.parley.services.rooms.RoomService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Calls: their rules, their signalling, and their media on the engine. */
public final class CallingModule implements AutoCloseable {
  /** A session that goes on for longer gets another credential when it connects anew. */
  private static final Duration RELAY_LIFE = Duration.ofHours(12);

  private final CallService calls;
  private final ClientSessions sessions;
  private final EngineMedia media;
  private final CallErasure erasure;
  private final RoomChanges roomChanges;
  private final OperationTable routes;
  private final JournalReader reader;

  /**
   * @param connections in which the sessions of clients stand
   * @param engine may start only when it is asked for
   */
  public CallingModule(
      Foundation foundation,
      IdentityModule identity,
      Connections connections,
      RoomService rooms,
      RelayService relay,
      LateEngine engine) {
    CallStore store = new SqlCallStore();
    CallRooms callRooms =
        (resource, room, user) ->
            RoomId.parse(resource, room)
                .map(id -> entry(rooms.admission(id, user, foundation.clock().now())))
                .orElseGet(() -> new CallRooms.Entry.Closed(EndReason.ROOM_NOT_FOUND));
    this.calls =
        new CallService(
            foundation.database(),
            store,
            foundation.journal(),
            foundation.clock(),
            foundation.ids(),
            callRooms);
    this.sessions =
        new ClientSessions(
            calls,
            identity.tokens()::read,
            connections,
            (resource, user) -> relays(relay, resource, user),
            foundation.clock(),
            foundation.ids());
    this.media = new EngineMedia(engine, calls.listener(), Json::text);
    this.erasure = new CallErasure(calls, foundation.database(), store, foundation.clock());
    this.roomChanges = new RoomChanges(calls, callRooms);
    this.routes = new CallingRoutes(sessions);
    watch(foundation.observation(), engine);
    calls.open(sessions, media);
    sessions.start();
    this.reader = foundation.reader("calling", reactions());
  }

  private static List<IceServers.Server> relays(
      RelayService relay, ResourceId resource, String user) {
    if (!relay.isConfigured()) {
      return List.of();
    }
    RelayConfiguration issued = relay.issue(resource, user, RELAY_LIFE);
    TurnCredential credential = issued.credential();
    return List.of(
        new IceServers.Server(
            issued.urls(), credential.username(), credential.password().reveal()));
  }

  private static CallRooms.Entry entry(RoomAdmission admission) {
    return switch (admission) {
      case RoomAdmission.Admitted admitted ->
          new CallRooms.Entry.Open(role(admitted.role()), admitted.validUntil());
      case RoomAdmission.UnknownRoom unknown ->
          new CallRooms.Entry.Closed(EndReason.ROOM_NOT_FOUND);
      case RoomAdmission.NotYetValid early -> new CallRooms.Entry.Closed(EndReason.ROOM_NOT_VALID);
      case RoomAdmission.Expired late -> new CallRooms.Entry.Closed(EndReason.ROOM_NOT_VALID);
      case RoomAdmission.NotInvited not -> new CallRooms.Entry.Closed(EndReason.NOT_INVITED);
    };
  }

  private static CallRole role(RoomRole role) {
    return switch (role) {
      case PRESENTER -> CallRole.PRESENTER;
      case ATTENDEE -> CallRole.ATTENDEE;
      case CONSUMER -> CallRole.CONSUMER;
      case COLLABORATOR -> CallRole.COLLABORATOR;
    };
  }

  private void watch(Observation observation, LateEngine engine) {
    observation.gauge(
        "parley_calling_sessions", "Clients of calling, connected or away.", sessions::size);
    observation.gauge("parley_calls", "Calls that have media.", media::conferences);
    observation.gauge("parley_call_legs", "Clients that are in calls.", media::legs);
    observation.gauge(
        "parley_media_connections",
        "Peer connections.",
        () -> engine.sum(LoopStatistics::connections));
    observation.counter(
        "parley_media_packets_in",
        "Datagrams that came.",
        () -> engine.sum(loop -> loop.sockets().packetsIn()));
    observation.counter(
        "parley_media_packets_out",
        "Datagrams that went.",
        () -> engine.sum(loop -> loop.sockets().packetsOut()));
    observation.counter(
        "parley_media_packets_dropped",
        "Datagrams that the kernel did not take.",
        () -> engine.sum(loop -> loop.sockets().dropped()));
    observation.counter(
        "parley_media_packets_refused",
        "Datagrams that were forged, replayed, malformed, or of nobody.",
        () -> engine.sum(CallingModule::refused));
  }

  private static long refused(LoopStatistics loop) {
    var refused = loop.refused();
    return refused.forged()
        + refused.replayed()
        + refused.malformed()
        + refused.unknownSource()
        + refused.unknownProtocol()
        + refused.refusedStun();
  }

  private Map<String, Consumer<Fact>> reactions() {
    return Map.of(
        IdentityService.USER_DELETED,
        fact -> erasure.userDeleted(fact.resource(), fact.subject()),
        ResourceService.DELETED,
        fact -> erasure.resourceDeleted(fact.resource()),
        RoomFacts.ROOM_UPDATED,
        fact -> roomChanges.roomUpdated(fact.resource(), fact.subject()),
        RoomFacts.ROOM_DELETED,
        fact -> roomChanges.roomDeleted(fact.resource(), fact.subject()),
        RoomFacts.PARTICIPANTS_CHANGED,
        this::participantsChanged);
  }

  private void participantsChanged(Fact fact) {
    FactBody body = FactBody.parse(fact.body());
    List<String> users = new ArrayList<>(body.texts(RoomFacts.SET));
    users.addAll(body.texts(RoomFacts.REMOVED));
    roomChanges.participantsChanged(fact.resource(), fact.subject(), users);
  }

  public OperationTable routes() {
    return routes;
  }

  /** Deletes what is kept of calls that ended long ago; the housekeeping calls it. */
  public void deleteOld() {
    erasure.deleteOld();
  }

  /** Sends clients away to come back: before the HTTP server stops. */
  public void stop() {
    sessions.close();
  }

  @Override
  public void close() {
    reader.close();
    sessions.close();
    calls.close();
    media.close();
  }
}
