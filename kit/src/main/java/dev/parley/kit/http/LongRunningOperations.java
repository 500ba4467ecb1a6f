package dev.parley.kit.http;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Operations that answer 202 and are asked for later (compat §3, "LROs"). The feature starts one in
 * the transaction of its change, ends it in the transaction of its result, and maps it to its own
 * wire form; the statuses are those that all of them share.
 */
public final class LongRunningOperations {
  /** How long an ended operation can be asked for. */
  static final Duration KEPT = Duration.ofDays(7);

  private final Clock clock;

  public LongRunningOperations(Clock clock) {
    this.clock = clock;
  }

  /** Where an operation stands. */
  public enum Status {
    NOT_STARTED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELED
  }

  /**
   * One operation.
   *
   * @param kind the feature's word for it, for example {@code email.send}
   * @param resultLocation path of the result, once there is one
   * @param errorCode why it failed, when it did
   */
  public record Progress(
      String id,
      String kind,
      Status status,
      Instant createdAt,
      Instant changedAt,
      @Nullable String resultLocation,
      @Nullable String errorCode,
      @Nullable String errorMessage) {}

  /** Starts an operation; false when the resource already has one with this id. */
  public boolean start(Tx tx, ResourceId resource, String id, String kind) {
    Instant now = clock.now();
    int rows =
        tx.update(
            "insert into long_running"
                + " (resource_id, id, kind, status, created_at, changed_at)"
                + " values (?, ?, ?, ?, ?, ?) on conflict do nothing",
            resource,
            id,
            kind,
            Status.RUNNING.name(),
            now,
            now);
    return rows == 1;
  }

  /** Ends a running operation well; false when it is not running. */
  public boolean succeed(Tx tx, ResourceId resource, String id, @Nullable String resultLocation) {
    return end(tx, resource, id, Status.SUCCEEDED, resultLocation, null);
  }

  /** Ends a running operation with an error; false when it is not running. */
  public boolean fail(Tx tx, ResourceId resource, String id, Problem problem) {
    return end(tx, resource, id, Status.FAILED, null, problem);
  }

  /** Ends a running operation at its caller's wish; false when it is not running. */
  public boolean cancel(Tx tx, ResourceId resource, String id) {
    return end(tx, resource, id, Status.CANCELED, null, null);
  }

  private boolean end(
      Tx tx,
      ResourceId resource,
      String id,
      Status status,
      @Nullable String resultLocation,
      @Nullable Problem problem) {
    int rows =
        tx.update(
            "update long_running set status = ?, changed_at = ?, result_location = ?,"
                + " error_code = ?, error_message = ?"
                + " where resource_id = ? and id = ? and status = 'RUNNING'",
            status.name(),
            clock.now(),
            resultLocation,
            problem == null ? null : problem.code(),
            problem == null ? null : problem.message(),
            resource,
            id);
    return rows == 1;
  }

  /** Finds an operation of the resource. */
  public Optional<Progress> find(Reading reading, ResourceId resource, String id) {
    return reading.first(
        "select id, kind, status, created_at, changed_at, result_location, error_code,"
            + " error_message from long_running where resource_id = ? and id = ?",
        row ->
            new Progress(
                row.text(1),
                row.text(2),
                Status.valueOf(row.text(3)),
                row.instant(4),
                row.instant(5),
                row.textOrNull(6),
                row.textOrNull(7),
                row.textOrNull(8)),
        resource,
        id);
  }

  /** Deletes ended operations that nobody may ask for any more. */
  public int forgetEnded(Tx tx) {
    return tx.update(
        "delete from long_running where status <> 'RUNNING' and changed_at <= ?",
        clock.now().minus(KEPT));
  }

  /**
   * The 202 that starts the asking.
   *
   * @param operationPath path and query of the status, below the base URL
   * @param retryAfter how long the client should wait between two questions
   */
  public static Answer accepted(
      Exchange exchange, String operationPath, Duration retryAfter, @Nullable Object body) {
    Answer answer = body == null ? Answer.empty(202) : Answer.json(202, body);
    return answer
        .with("Operation-Location", exchange.baseUrl() + operationPath)
        .with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }
}
