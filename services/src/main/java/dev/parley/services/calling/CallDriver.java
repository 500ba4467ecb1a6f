package dev.parley.services.calling;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.StoreUnavailable;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of one call: takes its events in turn, decides, makes the decisions durable with their
 * facts, and only then runs their effects and answers. Several events that wait are made durable by
 * one transaction. All fields but the inbox and the published {@link #state} belong to the turn.
 */
final class CallDriver {
  private static final Logger LOG = LoggerFactory.getLogger(CallDriver.class);

  private final ResourceId resource;
  private final CallId id;
  private final CallPorts ports;
  private final CallRegistry registry;
  private final ArrayBlockingQueue<Pending> inbox = new ArrayBlockingQueue<>(CallLimits.INBOX_MAX);
  private final Map<CallTimer, Clock.Timer> timers = new HashMap<>();
  private final Runnable wake;
  private volatile CallState state;
  private volatile boolean retired;
  private long version;

  CallDriver(ResourceId resource, CallId id, CallPorts ports, CallRegistry registry) {
    this(resource, id, ports, registry, new CallState.Idle(), 0);
  }

  private CallDriver(
      ResourceId resource,
      CallId id,
      CallPorts ports,
      CallRegistry registry,
      CallState state,
      long version) {
    this.resource = resource;
    this.id = id;
    this.ports = ports;
    this.registry = registry;
    this.state = state;
    this.version = version;
    this.wake = ports.turns().waking("call-" + id, this::turn);
  }

  /** The owner of a call that was stored; it is to be given {@link CallEvent.Recovered}. */
  static CallDriver of(CallStore.CallRecord stored, CallPorts ports, CallRegistry registry) {
    CallHeader header = stored.header();
    LinkedHashMap<String, Participant> participants = new LinkedHashMap<>();
    long orders = 0;
    for (Participant one : stored.participants()) {
      participants.put(one.user(), one);
      orders = Math.max(orders, one.spotlight());
    }
    Roster roster = Roster.owning(participants, orders, Map.of());
    CallState state =
        stored.ringing()
            ? new CallState.Ringing(header, roster)
            : new CallState.Active(header, roster);
    return new CallDriver(header.resource(), header.id(), ports, registry, state, stored.version());
  }

  /** Thrown to who asked a call that is over already, and may ask its successor. */
  static final class Retired extends RuntimeException {
    private static final long serialVersionUID = 1;

    Retired() {
      super("the call is over", null, false, false);
    }
  }

  private record Pending(CallEvent event, @Nullable CompletableFuture<Optional<CallView>> answer) {
    void refuse(RuntimeException why) {
      if (answer != null) {
        answer.completeExceptionally(why);
      }
    }
  }

  /** A decision on its way to being durable. */
  private record Step(
      Pending pending,
      CallState before,
      CallDecision decision,
      CallChanges changes,
      Instant at,
      Map<UUID, String> statistics) {
    List<CallFact> facts() {
      List<CallFact> facts = new ArrayList<>();
      for (CallEffect effect : decision.effects()) {
        if (effect instanceof CallEffect.Record record) {
          facts.add(record.fact());
        }
      }
      return facts;
    }

    boolean isDurable() {
      return changes.isDurable() || !facts().isEmpty();
    }
  }

  ResourceId resource() {
    return resource;
  }

  CallId id() {
    return id;
  }

  /** The newest state that is durable. */
  CallState state() {
    return state;
  }

  /** The newest state, when the call is under way. */
  Optional<CallState.Live> live() {
    return state instanceof CallState.Live live ? Optional.of(live) : Optional.empty();
  }

  /** Hands over what happened; it is tried until it is durable. */
  void offer(CallEvent event) {
    if (!inbox.offer(new Pending(event, null))) {
      again(event);
    }
    wake.run();
  }

  private void again(CallEvent event) {
    ports
        .clock()
        .after(
            CallLimits.RETRY,
            () -> {
              if (!retired) {
                offer(event);
              }
            });
  }

  /**
   * Asks, and waits until the decision is durable.
   *
   * @return the call as the asking client sees it then; empty when it is not in it
   * @throws Retired when the call is over
   */
  Optional<CallView> ask(CallEvent.Request request) {
    return await(request);
  }

  /** As {@link #ask}, for what no client asks for; without effect when the call is over. */
  void settle(CallEvent event) {
    try {
      await(event);
    } catch (Retired over) {
      LOG.debug("call {} was over before {}", id, name(event));
    }
  }

  private Optional<CallView> await(CallEvent event) {
    CompletableFuture<Optional<CallView>> answer = new CompletableFuture<>();
    if (!inbox.offer(new Pending(event, answer))) {
      throw new Refused(new CallRefusal.InvalidState("the call has too much to do"));
    }
    wake.run();
    try {
      return answer.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      throw failed;
    }
  }

  private void turn() {
    List<Pending> batch = new ArrayList<>();
    while (inbox.drainTo(batch, CallLimits.BATCH_MAX) > 0) {
      take(batch);
      batch.clear();
    }
    if (retired) {
      timers.values().forEach(Clock.Timer::cancel);
      timers.clear();
    }
  }

  private void take(List<Pending> batch) {
    if (retired) {
      batch.forEach(pending -> pending.refuse(new Retired()));
      return;
    }
    List<Step> steps = decide(batch);
    try {
      persist(steps);
    } catch (StoreUnavailable failure) {
      steps.forEach(step -> postpone(step.pending(), failure));
      retireUnlessBegun();
      return;
    } catch (RuntimeException bug) {
      takeAlone(steps, bug);
      return;
    }
    finish(steps);
  }

  /** One of several made the transaction fail: each has its own, so that it hurts only itself. */
  private void takeAlone(List<Step> steps, RuntimeException bug) {
    if (steps.size() > 1) {
      steps.forEach(step -> take(List.of(step.pending())));
    } else {
      LOG.error("call {}: {} was lost", id, name(steps.getFirst().pending().event()), bug);
      steps.getFirst().pending().refuse(bug);
      retireUnlessBegun();
    }
  }

  private static String name(CallEvent event) {
    return event.getClass().getSimpleName();
  }

  private void postpone(Pending pending, StoreUnavailable failure) {
    if (pending.answer() == null) {
      again(pending.event());
    } else {
      pending.refuse(failure);
    }
  }

  private List<Step> decide(List<Pending> batch) {
    List<Step> steps = new ArrayList<>();
    CallState at = state;
    for (Pending pending : batch) {
      Instant now = ports.clock().now();
      try {
        CallDecision decision = CallDecision.decide(at, pending.event(), now);
        CallChanges changes = CallChanges.between(at, decision);
        steps.add(new Step(pending, at, decision, changes, now, statistics(changes)));
        at = decision.next();
      } catch (RuntimeException bug) {
        LOG.error("call {}: {} was lost", id, name(pending.event()), bug);
        pending.refuse(bug);
      }
    }
    return steps;
  }

  /** How the media of those who leave did; asked before they are gone. */
  private Map<UUID, String> statistics(CallChanges changes) {
    Map<UUID, String> statistics = new HashMap<>();
    for (CallChanges.Change change : changes.participants()) {
      if (change.after().isEmpty()) {
        Participant left = change.before().orElseThrow();
        left.place()
            .anyLeg()
            .filter(leg -> left.isPresent() && !leg.isAutomatic())
            .flatMap(leg -> statistics(leg.id()))
            .ifPresent(json -> statistics.put(left.id(), json));
      }
    }
    return statistics;
  }

  private Optional<String> statistics(LegId leg) {
    try {
      String json = ports.media().statistics(id, leg);
      return json.isEmpty() || json.length() > CallLimits.STATISTICS_CHARACTERS_MAX
          ? Optional.empty()
          : Optional.of(json);
    } catch (RuntimeException failure) {
      LOG.warn("call {}: no statistics of leg {}", id, leg, failure);
      return Optional.empty();
    }
  }

  private void persist(List<Step> steps) {
    List<Step> durable = steps.stream().filter(Step::isDurable).toList();
    if (durable.isEmpty()) {
      return;
    }
    boolean begins = durable.getFirst().changes().begins();
    long next = begins ? 0 : version + 1;
    ports
        .database()
        .write(
            "calling.decide",
            tx -> {
              if (!begins) {
                ports.store().fence(tx, resource, id, next);
              }
              durable.forEach(step -> save(tx, step));
              return next;
            });
    version = next;
  }

  private void save(Tx tx, Step step) {
    ports
        .store()
        .save(tx, resource, id, step.changes(), new CallStore.Saving(step.at(), step.statistics()));
    CallHeader header =
        switch (step.decision().next()) {
          case CallState.Live live -> live.header();
          case CallState.Ended ended -> ended.header();
          case CallState.Idle idle -> throw new IllegalStateException("nothing began");
        };
    step.facts().forEach(fact -> ports.facts().append(tx, header, fact, step.at()));
  }

  /** Who is answered that the call is over finds it gone. */
  private void finish(List<Step> steps) {
    for (Step step : steps) {
      state = step.decision().next();
      registry.changed(this, step.changes());
      step.decision().effects().forEach(this::run);
      if (state instanceof CallState.Ended) {
        retire();
      }
      answer(step);
    }
    retireUnlessBegun();
  }

  /** Nobody else may find a call that nobody is in. */
  private void retireUnlessBegun() {
    if (state instanceof CallState.Idle) {
      retire();
    }
  }

  private void answer(Step step) {
    CompletableFuture<Optional<CallView>> answer = step.pending().answer();
    if (answer == null) {
      return;
    }
    Optional<CallRefusal> refusal = step.decision().refusal();
    if (refusal.isEmpty()) {
      answer.complete(view(step));
    } else if (step.before() instanceof CallState.Ended) {
      step.pending().refuse(new Retired());
    } else {
      step.pending().refuse(new Refused(refusal.get()));
    }
  }

  private static Optional<CallView> view(Step step) {
    return step.decision().next() instanceof CallState.Live live
        ? step.pending().event().requester().flatMap(who -> CallViews.call(live, who.user()))
        : Optional.empty();
  }

  /** One that fails keeps no other from being run. */
  private void run(CallEffect effect) {
    try {
      perform(effect);
    } catch (RuntimeException failure) {
      LOG.error("call {}: {} failed", id, effect.getClass().getSimpleName(), failure);
      switch (effect) {
        case CallEffect.JoinMedia join -> offer(new CallEvent.MediaFailed(join.leg()));
        case CallEffect.JoinEcho join -> offer(new CallEvent.MediaFailed(join.leg()));
        case CallEffect ignored -> {}
      }
    }
  }

  private void perform(CallEffect effect) {
    CallMedia media = ports.media();
    switch (effect) {
      case CallEffect.Refuse refuse -> {}
      case CallEffect.Record record -> {}
      case CallEffect.Tell tell -> ports.clients().tell(tell.client(), tell.notice());
      case CallEffect.TellAll all -> tellAll(all);
      case CallEffect.OpenMedia open -> media.open(id);
      case CallEffect.CloseMedia close -> media.close(id);
      case CallEffect.JoinMedia join -> media.join(id, join.leg());
      case CallEffect.JoinEcho echo -> media.joinEcho(id, echo.leg(), echo.delay());
      case CallEffect.LeaveMedia leave -> media.leave(id, leave.leg());
      case CallEffect.Permit permit -> media.permit(id, permit.leg(), permit.permission());
      case CallEffect.StartTimer start -> start(start.timer(), start.at());
      case CallEffect.StopTimer stop -> stop(stop.timer());
    }
  }

  private void tellAll(CallEffect.TellAll all) {
    if (state instanceof CallState.Live live) {
      for (Participant one : live.roster().all()) {
        if (one.place() instanceof Place.Present present
            && !present.leg().isAutomatic()
            && !one.user().equals(all.except())) {
          ports.clients().tell(present.leg().client(), all.notice());
        }
      }
    }
  }

  private void start(CallTimer timer, Instant at) {
    stop(timer);
    timers.put(timer, ports.clock().at(at, () -> offer(new CallEvent.TimeOver(timer))));
  }

  private void stop(CallTimer timer) {
    Clock.Timer running = timers.remove(timer);
    if (running != null) {
      running.cancel();
    }
  }

  /** Nothing happens here any more; timers end with the turn. */
  private void retire() {
    retired = true;
    registry.remove(this);
  }

  /** The server stops: the call stays stored as it is. Called from any thread. */
  void stop() {
    retired = true;
    wake.run();
  }
}
