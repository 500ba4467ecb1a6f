package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import dev.parley.services.calling.CallChanges.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls in maps; passes the same contract as the SQL store. Changes take effect at the commit. */
final class MemoryCallStore implements CallStore {
  private final TreeMap<String, Kept> calls = new TreeMap<>();
  private final List<CallSurvey> surveys = new ArrayList<>();

  private static final class Kept {
    CallHeader header;
    boolean ringing;
    long version;
    @Nullable Instant endedAt;
    final Map<UUID, Participant> here = new LinkedHashMap<>();
    final Map<UUID, Participant> left = new LinkedHashMap<>();
    final Map<UUID, String> statistics = new LinkedHashMap<>();

    Kept(CallHeader header) {
      this.header = header;
    }
  }

  private Kept kept(CallId call) {
    return Objects.requireNonNull(calls.get(call.toString()), "no such call");
  }

  @Override
  public void save(Tx tx, ResourceId resource, CallId call, CallChanges changes, Saving saving) {
    if (changes.begins()) {
      CallHeader header = changes.header().orElseThrow();
      requireFree(header);
    }
    tx.afterCommit(() -> apply(call, changes, saving));
  }

  private void requireFree(CallHeader header) {
    boolean taken =
        calls.values().stream()
            .anyMatch(one ->
                one.endedAt == null
                    && header.locator().isPresent()
                    && one.header.locator().equals(header.locator())
                    && one.header.resource().equals(header.resource()));
    if (taken) {
      throw new IllegalStateException("the locator has a call");
    }
  }

  private void apply(CallId call, CallChanges changes, Saving saving) {
    changes
        .header()
        .ifPresent(header -> {
          calls.computeIfAbsent(call.toString(), id -> new Kept(header)).header = header;
          kept(call).ringing = changes.ringing();
        });
    Kept kept = kept(call);
    changes.participants().stream()
        .filter(Change::isDurable)
        .forEach(change -> apply(kept, change, saving));
    changes.ended().ifPresent(end -> kept.endedAt = end.at());
  }

  private static void apply(Kept kept, Change change, Saving saving) {
    if (change.after().isPresent()) {
      kept.here.put(change.after().get().id(), stored(change.after().get()));
      return;
    }
    Participant one = change.before().orElseThrow();
    kept.here.remove(one.id());
    if (change.reason().isPresent()) {
      kept.left.put(one.id(), one);
      Optional.ofNullable(saving.statistics().get(one.id()))
          .ifPresent(json -> kept.statistics.put(one.id(), json));
    }
  }

  private static Participant stored(Participant one) {
    Place place =
        switch (one.place()) {
          case Place.Invited invited ->
              new Place.Invited(Set.of(), Instant.EPOCH, invited.by(), invited.video());
          case Place.Waiting waiting ->
              new Place.Waiting(Leg.of(waiting.leg().id(), waiting.leg().client()));
          case Place.Present present ->
              new Place.Present(
                  Leg.of(present.leg().id(), present.leg().client()), present.onHold());
        };
    return one.with(place).with(Participant.Signals.QUIET);
  }

  @Override
  public void fence(Tx tx, ResourceId resource, CallId call, long version) {
    Kept kept = calls.get(call.toString());
    if (kept == null || kept.endedAt != null || kept.version != version - 1) {
      throw new IllegalStateException("call " + call + " has another owner");
    }
    tx.afterCommit(() -> kept.version = version);
  }

  @Override
  public List<CallRecord> active(Reading reading, Optional<CallId> after, int limit) {
    return calls.tailMap(after.map(CallId::toString).orElse(""), false).values().stream()
        .filter(one -> one.endedAt == null)
        .limit(limit)
        .map(one ->
            new CallRecord(one.header, one.ringing, List.copyOf(one.here.values()), one.version))
        .toList();
  }

  private Optional<Kept> of(ResourceId resource, CallId call) {
    return Optional.ofNullable(calls.get(call.toString()))
        .filter(one -> one.header.resource().equals(resource));
  }

  @Override
  public boolean wasIn(
      Reading reading, ResourceId resource, CallId call, String user, Instant since) {
    return of(resource, call)
        .filter(one -> one.endedAt == null || !one.endedAt.isBefore(since))
        .filter(one ->
            one.left.values().stream().anyMatch(gone -> gone.user().equals(user))
                || one.here.values().stream()
                    .anyMatch(in -> in.user().equals(user) && in.isPresent()))
        .isPresent();
  }

  @Override
  public Optional<String> displayName(
      Reading reading, ResourceId resource, CallId call, UUID participant) {
    return of(resource, call)
        .flatMap(one ->
            Optional.ofNullable(one.here.get(participant))
                .or(() -> Optional.ofNullable(one.left.get(participant))))
        .map(one -> one.person().displayName())
        .filter(name -> !name.isEmpty());
  }

  @Override
  public Optional<String> statistics(
      Reading reading, ResourceId resource, CallId call, UUID participant) {
    return of(resource, call).map(one -> one.statistics.get(participant));
  }

  @Override
  public int surveys(Reading reading, ResourceId resource, CallId call, String user) {
    return (int)
        surveys.stream().filter(one -> one.call().equals(call) && one.user().equals(user)).count();
  }

  @Override
  public void add(Tx tx, ResourceId resource, CallSurvey survey) {
    tx.afterCommit(() -> surveys.add(survey));
  }

  @Override
  public void eraseUser(Tx tx, ResourceId resource, String user) {
    tx.afterCommit(() -> {
      surveys.removeIf(one -> one.user().equals(user));
      calls.values().stream()
          .filter(one -> one.header.resource().equals(resource))
          .forEach(one -> erase(one, user));
    });
  }

  private static void erase(Kept kept, String user) {
    if (kept.header.starter().user().equals(user)) {
      kept.header = kept.header.withoutStarterName();
    }
    for (Map<UUID, Participant> some : List.of(kept.here, kept.left)) {
      some.replaceAll(
          (id, one) -> one.user().equals(user) ? one.with(new CallView.Person(user, "")) : one);
    }
  }

  @Override
  public int deleteEnded(Tx tx, Instant before, int limit) {
    return delete(
        tx,
        calls.values().stream()
            .filter(one -> one.endedAt != null && one.endedAt.isBefore(before))
            .limit(limit)
            .toList());
  }

  @Override
  public int deleteAll(Tx tx, ResourceId resource, int limit) {
    return delete(
        tx,
        calls.values().stream()
            .filter(one -> one.endedAt != null && one.header.resource().equals(resource))
            .limit(limit)
            .toList());
  }

  private int delete(Tx tx, List<Kept> some) {
    tx.afterCommit(() -> {
      calls.values().removeAll(some);
      some.forEach(one -> surveys.removeIf(survey -> survey.call().equals(one.header.id())));
    });
    return some.size();
  }
}
