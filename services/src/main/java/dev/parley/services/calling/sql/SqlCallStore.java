package dev.parley.services.calling.sql;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Row;
import dev.parley.kit.sql.Tx;
import dev.parley.services.calling.CallChanges;
import dev.parley.services.calling.CallChanges.Change;
import dev.parley.services.calling.CallHeader;
import dev.parley.services.calling.CallId;
import dev.parley.services.calling.CallKind;
import dev.parley.services.calling.CallRole;
import dev.parley.services.calling.CallStore;
import dev.parley.services.calling.CallView;
import dev.parley.services.calling.ClientId;
import dev.parley.services.calling.Leg;
import dev.parley.services.calling.LegId;
import dev.parley.services.calling.Participant;
import dev.parley.services.calling.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls in SQL, one for both dialects. What an index is for stands in the migration. */
public final class SqlCallStore implements CallStore {
  private static final String HEADER =
      "resource_id, id, kind, locator, starter, starter_name, starter_role, thread_id, started_at,"
          + " correlation, lobby, audio, video, valid_until, ringing, version";
  private static final String PARTICIPANT =
      "id, user_id, display_name, role, called, place, leg_id, client_id, on_hold, invited_by,"
          + " invited_video, audio, video, spotlight";

  /** Where a stay is, as stored. */
  private enum Standing {
    RINGING,
    LOBBY,
    PRESENT,
    LEFT
  }

  @Override
  public void save(Tx tx, ResourceId resource, CallId call, CallChanges changes, Saving saving) {
    if (changes.begins()) {
      changes.header().ifPresent(header -> insert(tx, header, changes.ringing()));
    } else {
      changes.header().ifPresent(header -> update(tx, header, changes.ringing()));
    }
    for (Change change : changes.participants()) {
      if (change.isDurable()) {
        save(tx, resource, call, change, saving);
      }
    }
    changes.ended().ifPresent(end -> end(tx, resource, call, end));
  }

  private static void insert(Tx tx, CallHeader header, boolean ringing) {
    @Nullable String locator = header.locator().map(Locators::text).orElse(null);
    tx.update(
        "insert into calls (resource_id, id, version, kind, locator, open_locator, thread_id,"
            + " starter, starter_name, starter_role, started_at, correlation, lobby, audio, video,"
            + " valid_until, ringing) values (?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        header.resource(),
        header.id().value(),
        header.kind().name(),
        locator,
        locator,
        header.thread(),
        header.starter().user(),
        header.starter().displayName(),
        header.starterRole().name(),
        header.startedAt(),
        header.correlation(),
        header.lobby(),
        header.access().audio(),
        header.access().video(),
        header.validUntil().orElse(null),
        ringing);
  }

  private static void update(Tx tx, CallHeader header, boolean ringing) {
    tx.update(
        "update calls set kind = ?, starter_name = ?, audio = ?, video = ?, valid_until = ?,"
            + " ringing = ? where resource_id = ? and id = ?",
        header.kind().name(),
        header.starter().displayName(),
        header.access().audio(),
        header.access().video(),
        header.validUntil().orElse(null),
        ringing,
        header.resource(),
        header.id().value());
  }

  private static void end(Tx tx, ResourceId resource, CallId call, CallChanges.End end) {
    tx.update(
        "update calls set open_locator = null, ended_at = ?, end_reason = ?, ended_by = ?"
            + " where resource_id = ? and id = ?",
        end.at(),
        end.reason().name(),
        end.by().isEmpty() ? null : end.by(),
        resource,
        call.value());
  }

  private static void save(Tx tx, ResourceId resource, CallId call, Change change, Saving saving) {
    if (change.after().isPresent()) {
      Participant one = change.after().get();
      if (change.before().map(Participant::id).filter(one.id()::equals).isPresent()) {
        update(tx, resource, call, one);
      } else {
        insert(tx, resource, call, one, saving.at());
      }
    } else {
      left(tx, resource, call, change, saving);
    }
  }

  private static void insert(Tx tx, ResourceId resource, CallId call, Participant one, Instant at) {
    Columns columns = Columns.of(one);
    tx.update(
        "insert into call_participants (resource_id, call_id, "
            + PARTICIPANT
            + ", came_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        resource,
        call.value(),
        one.id(),
        one.user(),
        one.person().displayName(),
        one.role().name(),
        one.called(),
        columns.standing().name(),
        columns.leg(),
        columns.client(),
        one.onHold(),
        columns.invitedBy(),
        columns.video(),
        one.access().audio(),
        one.access().video(),
        one.spotlight(),
        at);
  }

  private static void update(Tx tx, ResourceId resource, CallId call, Participant one) {
    Columns columns = Columns.of(one);
    tx.update(
        "update call_participants set display_name = ?, role = ?, place = ?, leg_id = ?,"
            + " client_id = ?, on_hold = ?, audio = ?, video = ?, spotlight = ?"
            + " where resource_id = ? and call_id = ? and id = ?",
        one.person().displayName(),
        one.role().name(),
        columns.standing().name(),
        columns.leg(),
        columns.client(),
        one.onHold(),
        one.access().audio(),
        one.access().video(),
        one.spotlight(),
        resource,
        call.value(),
        one.id());
  }

  /** Who was in the call is remembered; who only rang or waited is not. */
  private static void left(Tx tx, ResourceId resource, CallId call, Change change, Saving saving) {
    Participant one = change.before().orElseThrow();
    if (change.reason().isEmpty()) {
      tx.update(
          "delete from call_participants where resource_id = ? and call_id = ? and id = ?",
          resource,
          call.value(),
          one.id());
      return;
    }
    tx.update(
        "update call_participants set place = ?, left_at = ?, end_reason = ?, statistics = ?"
            + " where resource_id = ? and call_id = ? and id = ?",
        Standing.LEFT.name(),
        saving.at(),
        change.reason().get().name(),
        saving.statistics().get(one.id()),
        resource,
        call.value(),
        one.id());
  }

  private record Columns(
      Standing standing,
      @Nullable UUID leg,
      @Nullable UUID client,
      @Nullable String invitedBy,
      boolean video) {
    static Columns of(Participant one) {
      return switch (one.place()) {
        case Place.Invited invited ->
            new Columns(Standing.RINGING, null, null, invited.by(), invited.video());
        case Place.Waiting waiting -> with(Standing.LOBBY, waiting.leg());
        case Place.Present present -> with(Standing.PRESENT, present.leg());
      };
    }

    private static Columns with(Standing standing, Leg leg) {
      return new Columns(standing, leg.id().value(), leg.client().value(), null, false);
    }
  }

  @Override
  public void fence(Tx tx, ResourceId resource, CallId call, long version) {
    int rows =
        tx.update(
            "update calls set version = ? where resource_id = ? and id = ? and version = ?"
                + " and ended_at is null",
            version,
            resource,
            call.value(),
            version - 1);
    if (rows != 1) {
      throw new IllegalStateException("call " + call + " has another owner");
    }
  }

  @Override
  public List<CallRecord> active(Reading reading, Optional<CallId> after, int limit) {
    List<Loaded> headers =
        reading.list(
            "select "
                + HEADER
                + " from calls where ended_at is null and id > ? order by id limit ?",
            SqlCallStore::header,
            after.map(CallId::toString).orElse(""),
            limit);
    return headers.stream().map(loaded -> with(reading, loaded)).toList();
  }

  private record Loaded(CallHeader header, boolean ringing, long version) {}

  private static CallRecord with(Reading reading, Loaded loaded) {
    List<Participant> participants =
        reading.list(
            "select "
                + PARTICIPANT
                + " from call_participants where resource_id = ? and call_id = ?"
                + " and left_at is null order by came_at, id",
            SqlCallStore::participant,
            loaded.header().resource(),
            loaded.header().id().value());
    return new CallRecord(loaded.header(), loaded.ringing(), participants, loaded.version());
  }

  private static Loaded header(Row row) {
    CallHeader header =
        new CallHeader(
            new ResourceId(row.uuid(1)),
            new CallId(row.uuid(2)),
            CallKind.valueOf(row.text(3)),
            Optional.ofNullable(row.textOrNull(4)).map(Locators::parse),
            new CallView.Person(row.text(5), nameOf(row, 6)),
            CallRole.valueOf(row.text(7)),
            row.text(8),
            row.instant(9),
            row.uuid(10),
            row.flag(11),
            new CallView.Access(row.flag(12), row.flag(13)),
            Optional.ofNullable(row.instantOrNull(14)));
    return new Loaded(header, row.flag(15), row.number(16));
  }

  private static Participant participant(Row row) {
    return new Participant(
        row.uuid(1),
        new CallView.Person(row.text(2), nameOf(row, 3)),
        CallRole.valueOf(row.text(4)),
        row.flag(5),
        place(row),
        new CallView.Access(row.flag(12), row.flag(13)),
        row.number(14),
        Participant.Signals.QUIET);
  }

  private static Place place(Row row) {
    return switch (Standing.valueOf(row.text(6))) {
      case RINGING -> new Place.Invited(Set.of(), Instant.EPOCH, row.text(10), row.flag(11));
      case LOBBY -> new Place.Waiting(leg(row));
      case PRESENT -> new Place.Present(leg(row), row.flag(9));
      case LEFT -> throw new IllegalStateException("one who left is in no place");
    };
  }

  private static Leg leg(Row row) {
    return Leg.of(new LegId(row.uuid(7)), new ClientId(row.uuid(8)));
  }

  private static String nameOf(Row row, int column) {
    return Optional.ofNullable(row.textOrNull(column)).orElse("");
  }

  @Override
  public boolean wasIn(
      Reading reading, ResourceId resource, CallId call, String user, Instant since) {
    return reading
        .first(
            "select 1 from call_participants p join calls c"
                + " on c.resource_id = p.resource_id and c.id = p.call_id"
                + " where p.resource_id = ? and p.user_id = ? and p.call_id = ?"
                + " and p.place in ('PRESENT', 'LEFT') and (c.ended_at is null or c.ended_at >= ?)",
            row -> row.number(1),
            resource,
            user,
            call.value(),
            since)
        .isPresent();
  }

  @Override
  public Optional<String> displayName(
      Reading reading, ResourceId resource, CallId call, UUID participant) {
    return column(reading, "display_name", resource, call, participant)
        .filter(name -> !name.isEmpty());
  }

  @Override
  public Optional<String> statistics(
      Reading reading, ResourceId resource, CallId call, UUID participant) {
    return column(reading, "statistics", resource, call, participant);
  }

  private static Optional<String> column(
      Reading reading, String column, ResourceId resource, CallId call, UUID participant) {
    return reading
        .first(
            "select "
                + column
                + " from call_participants where resource_id = ? and call_id = ? and id = ?",
            row -> Optional.ofNullable(row.textOrNull(1)),
            resource,
            call.value(),
            participant)
        .flatMap(found -> found);
  }

  @Override
  public int surveys(Reading reading, ResourceId resource, CallId call, String user) {
    return reading
        .first(
            "select count(*) from call_surveys where resource_id = ? and user_id = ?"
                + " and call_id = ?",
            row -> (int) row.number(1),
            resource,
            user,
            call.value())
        .orElse(0);
  }

  @Override
  public void add(Tx tx, ResourceId resource, CallSurvey survey) {
    tx.update(
        "insert into call_surveys (resource_id, call_id, id, user_id, given_at, body)"
            + " values (?, ?, ?, ?, ?, ?)",
        resource,
        survey.call().value(),
        survey.id(),
        survey.user(),
        survey.givenAt(),
        survey.json());
  }

  @Override
  public void eraseUser(Tx tx, ResourceId resource, String user) {
    tx.update(
        "update call_participants set display_name = null where resource_id = ? and user_id = ?",
        resource,
        user);
    tx.update(
        "update calls set starter_name = null where resource_id = ? and starter = ?",
        resource,
        user);
    tx.update("delete from call_surveys where resource_id = ? and user_id = ?", resource, user);
  }

  @Override
  public int deleteEnded(Tx tx, Instant before, int limit) {
    List<Deleted> old =
        tx.list(
            "select resource_id, id from calls where ended_at < ? order by ended_at, id limit ?",
            row -> new Deleted(new ResourceId(row.uuid(1)), row.uuid(2)),
            before,
            limit);
    old.forEach(one -> delete(tx, one));
    return old.size();
  }

  @Override
  public int deleteAll(Tx tx, ResourceId resource, int limit) {
    List<Deleted> ended =
        tx.list(
            "select id from calls where resource_id = ? and ended_at is not null order by id"
                + " limit ?",
            row -> new Deleted(resource, row.uuid(1)),
            resource,
            limit);
    ended.forEach(one -> delete(tx, one));
    return ended.size();
  }

  private record Deleted(ResourceId resource, UUID call) {}

  private static void delete(Tx tx, Deleted call) {
    for (String table : List.of("call_surveys", "call_participants")) {
      tx.update(
          "delete from " + table + " where resource_id = ? and call_id = ?",
          call.resource(),
          call.call());
    }
    tx.update("delete from calls where resource_id = ? and id = ?", call.resource(), call.call());
  }
}
