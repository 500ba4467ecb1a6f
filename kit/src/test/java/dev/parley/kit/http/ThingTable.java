package dev.parley.kit.http;

import static dev.parley.kit.http.Access.anyone;
import static dev.parley.kit.http.Access.key;
import static dev.parley.kit.http.Access.operator;
import static dev.parley.kit.http.Access.user;
import static dev.parley.kit.http.Operation.acs;
import static dev.parley.kit.http.Operation.plain;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.StoreUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A feature that exists to be asked: things that count how often they were made. */
final class ThingTable implements OperationTable {
  static final ResourceId RESOURCE = new ResourceId(new UUID(1, 1));
  static final int BODY_BYTES_MAX = 1000;

  final AtomicInteger made = new AtomicInteger();
  final CountDownLatch waiting = new CountDownLatch(1);
  final CountDownLatch release = new CountDownLatch(1);
  private final Database database;
  private final LongRunningOperations longRunning;

  ThingTable(Database database, LongRunningOperations longRunning) {
    this.database = database;
    this.longRunning = longRunning;
  }

  record Gone() implements Refusal {}

  record OfAnotherFeature() implements Refusal {}

  record Thing(String name, @Nullable Integer size, @Nullable List<Thing> parts) {
    Thing {
      InvalidBody.required("name", name);
    }
  }

  record Made(int number, String name) {}

  record Page(List<String> value, @Nullable String nextLink) {}

  @Override
  public List<Operation> operations() {
    return List.of(
        acs("thing.make", "POST", "/things", key(), this::make).withBodyBytesMax(BODY_BYTES_MAX),
        acs("thing.list", "GET", "/things", key(), this::list),
        acs("thing.look", "POST", "/things/:look", key(), exchange -> look()),
        acs("thing.say", "POST", "/things/:say", user("voip"), exchange -> look()),
        plain("thing.get", "GET", "/things/{id}", anyone(), this::echo),
        plain("thing.touch", "POST", "/things/{id}/:touch", anyone(), this::echo),
        plain("thing.turn", "POST", "/things/{id}:turn", anyone(), this::echo),
        plain("thing.special", "PUT", "/things/special", anyone(), e -> Answer.text(200, "put")),
        plain("thing.part", "GET", "/things/{id}/parts/{part}", anyone(), this::echo),
        plain("thing.broken", "GET", "/broken", anyone(), exchange -> broken()),
        plain("thing.refused", "GET", "/refused", anyone(), exchange -> refused()),
        plain("thing.foreign", "GET", "/foreign", anyone(), exchange -> foreign()),
        plain("thing.away", "GET", "/away", anyone(), exchange -> away()),
        plain("thing.wait", "GET", "/wait", anyone(), exchange -> await()),
        plain(
            "thing.socket",
            "GET",
            "/socket",
            anyone(),
            e -> Answer.upgrade(new SocketTest.Words())),
        plain("thing.mine", "GET", "/mine", user("chat"), exchange -> Answer.empty(204)),
        plain("thing.all", "GET", "/all", operator(), exchange -> Answer.empty(204)),
        plain("thing.work", "POST", "/jobs/{id}", key(), this::work),
        plain("thing.progress", "GET", "/jobs/{id}", key(), this::progress));
  }

  @Override
  public Problem problem(Refusal refusal) {
    return switch ((Gone) refusal) {
      case Gone gone -> new Problem(409, "Gone", "The thing is gone.").withTarget("id");
    };
  }

  private Answer make(Exchange exchange) {
    Thing thing = exchange.json(Thing.class);
    database.write("thing.make", tx -> tx.update("delete from store_probe"));
    return Answer.json(201, new Made(made.incrementAndGet(), thing.name()));
  }

  /** Has an answer that changes with every call, and writes nothing. */
  private Answer look() {
    return Answer.json(200, new Made(made.incrementAndGet(), "look"));
  }

  private Answer list(Exchange exchange) {
    String after = Paging.cursor(exchange.query().get("after"), "after");
    int top = exchange.query().number("top", 2, 1, 10);
    if (after != null) {
      return Answer.json(200, new Page(List.of(after, "last"), null));
    }
    Map<String, String> next = Map.of("top", Integer.toString(top), "after", Paging.token("b / ü"));
    return Answer.json(200, new Page(List.of("a", "b"), Paging.nextLink(exchange, next)));
  }

  private Answer echo(Exchange exchange) {
    return Answer.text(200, exchange.operation().name() + " " + exchange.parameters());
  }

  private static Answer broken() {
    throw new IllegalStateException("inner detail");
  }

  private static Answer refused() {
    throw new Refused(new Gone());
  }

  private static Answer foreign() {
    throw new Refused(new OfAnotherFeature());
  }

  private static Answer away() {
    throw new StoreUnavailable("disk full at /somewhere", new IllegalStateException("full"));
  }

  private Answer await() {
    waiting.countDown();
    try {
      release.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return Answer.text(200, "drained");
  }

  private Answer work(Exchange exchange) {
    String id = exchange.parameter("id");
    boolean first =
        database.write("thing.work", tx -> longRunning.start(tx, RESOURCE, id, "thing.work"));
    if (!first) {
      throw new Refused(new Gone());
    }
    return LongRunningOperations.accepted(
        exchange, "/jobs/" + id, Duration.ofSeconds(2), Map.of("id", id));
  }

  private Answer progress(Exchange exchange) {
    String id = exchange.parameter("id");
    return Answer.json(
        200,
        database
            .read("thing.progress", reading -> longRunning.find(reading, RESOURCE, id))
            .orElseThrow(() -> new Refused(new Gone())));
  }
}
