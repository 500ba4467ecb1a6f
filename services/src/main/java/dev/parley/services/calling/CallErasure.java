package dev.parley.services.calling;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Database;
import java.time.Instant;

/**
 * Ends and erases what was a deleted user's or a deleted resource's, driven by the journal, and
 * deletes calls that ended long ago. All may be run again.
 */
public final class CallErasure {
  private final CallService calls;
  private final Database database;
  private final CallStore store;
  private final Clock clock;

  public CallErasure(CallService calls, Database database, CallStore store, Clock clock) {
    this.calls = calls;
    this.database = database;
    this.store = store;
    this.clock = clock;
  }

  /** The user's legs end, and its names and opinions are forgotten. */
  public void userDeleted(ResourceId resource, String user) {
    calls.registry().of(resource).stream()
        .filter(driver -> concerns(driver, user))
        .forEach(driver -> driver.settle(new CallEvent.UserDeleted(user)));
    database.write(
        "calling.eraseUser",
        tx -> {
          store.eraseUser(tx, resource, user);
          return user;
        });
  }

  private static boolean concerns(CallDriver driver, String user) {
    return driver
        .live()
        .filter(live ->
            live.header().starter().user().equals(user) || live.roster().of(user).isPresent())
        .isPresent();
  }

  /** The resource's calls end; what ended is deleted. */
  public void resourceDeleted(ResourceId resource) {
    calls.registry().of(resource).forEach(driver -> driver.settle(new CallEvent.ResourceDeleted()));
    int deleted;
    do {
      deleted =
          database.write(
              "calling.deleteResource",
              tx -> store.deleteAll(tx, resource, CallLimits.DELETED_PER_TRANSACTION));
    } while (deleted == CallLimits.DELETED_PER_TRANSACTION);
  }

  /** Deletes calls that ended before {@link CallLimits#KEPT}; the housekeeping calls it. */
  public void deleteOld() {
    Instant before = clock.now().minus(CallLimits.KEPT);
    int deleted;
    do {
      deleted =
          database.write(
              "calling.deleteOld",
              tx -> store.deleteEnded(tx, before, CallLimits.DELETED_PER_TRANSACTION));
    } while (deleted == CallLimits.DELETED_PER_TRANSACTION);
  }
}
