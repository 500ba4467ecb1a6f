package dev.parley.server;

import static dev.parley.kit.http.Access.anyone;
import static dev.parley.kit.http.Access.operator;
import static dev.parley.kit.http.Operation.plain;

import dev.parley.kit.base.AdvancingClock;
import dev.parley.kit.base.Refusal;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.InvalidBody;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import dev.parley.kit.sql.BackupRefused;
import dev.parley.kit.sql.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Operations of the installation itself: health, the development CA, metrics, backup, test clock.
 */
final class SystemRoutes implements OperationTable {
  private final Database database;
  private final Optional<Path> caPem;
  private final Supplier<String> media;
  private final Supplier<String> metrics;
  private final Optional<AdvancingClock> testClock;

  SystemRoutes(
      Database database,
      Optional<Path> caPem,
      Supplier<String> media,
      Supplier<String> metrics,
      Optional<AdvancingClock> testClock) {
    this.database = database;
    this.caPem = caPem;
    this.media = media;
    this.metrics = metrics;
    this.testClock = testClock;
  }

  @Override
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    operations.add(plain("system.live", "GET", "/health/live", anyone(), this::live));
    operations.add(plain("system.ready", "GET", "/health/ready", anyone(), this::ready));
    operations.add(plain("system.metrics", "GET", "/metrics", operator(), this::metrics));
    operations.add(plain("manage.backup", "POST", "/manage/v1/backup", operator(), this::backup));
    if (caPem.isPresent()) {
      operations.add(plain("system.ca", "GET", "/ca.pem", anyone(), this::ca));
    }
    if (testClock.isPresent()) {
      operations.add(plain("test.advance", "POST", "/test/clock:advance", anyone(), this::advance));
    }
    return operations;
  }

  @Override
  public Problem problem(Refusal refusal) {
    throw new IllegalStateException("the system refuses nothing: " + refusal);
  }

  /**
   * How the server is.
   *
   * @param media of calls: starting, running or failed; all but calls works without
   */
  record Health(String status, String store, String media) {}

  record BackupRequest(String file) {
    BackupRequest {
      InvalidBody.required("file", file);
    }
  }

  /**
   * Moves the test clock.
   *
   * @param by an ISO 8601 duration that is not negative, for example {@code PT1H}
   */
  record AdvanceRequest(String by) {
    AdvanceRequest {
      InvalidBody.required("by", by);
    }
  }

  record ClockBody(Instant now) {}

  private Answer live(Exchange exchange) {
    return Answer.json(200, new Health("live", "unasked", "unasked"));
  }

  private Answer ready(Exchange exchange) {
    Database.Health health = database.health();
    return health.writable()
        ? Answer.json(200, new Health("ready", health.detail(), media.get()))
        : Answer.json(503, new Health("unready", health.detail(), media.get()));
  }

  private Answer metrics(Exchange exchange) {
    return Answer.text(200, metrics.get())
        .withContentType("text/plain; version=0.0.4; charset=utf-8");
  }

  private Answer ca(Exchange exchange) {
    try {
      return Answer.text(200, Files.readString(caPem.orElseThrow()))
          .withContentType("application/x-pem-file");
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private Answer backup(Exchange exchange) {
    Path file = Path.of(exchange.json(BackupRequest.class).file());
    if (!file.isAbsolute()) {
      throw Problem.badRequest("The file must be an absolute path.", "file").exception();
    }
    try {
      database.backup(file);
      return Answer.empty(204);
    } catch (BackupRefused refused) {
      throw new Problem(409, "BackupRefused", String.valueOf(refused.getMessage())).exception();
    }
  }

  private Answer advance(Exchange exchange) {
    AdvancingClock clock = testClock.orElseThrow();
    clock.advance(duration(exchange.json(AdvanceRequest.class).by()));
    return Answer.json(200, new ClockBody(clock.now()));
  }

  private static Duration duration(String text) {
    try {
      Duration by = Duration.parse(text);
      if (!by.isNegative() && by.compareTo(Duration.ofDays(3660)) <= 0) {
        return by;
      }
    } catch (DateTimeParseException malformed) {
      throw Problem.badRequest("'by' must be an ISO 8601 duration such as PT1H.", "by").exception();
    }
    throw Problem.badRequest("'by' must be from PT0S to P3660D.", "by").exception();
  }
}
