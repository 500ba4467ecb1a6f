package dev.parley.server;

import dev.parley.kit.base.AdvancingClock;
import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.kit.sql.SqliteBackup;
import dev.parley.server.cli.Administration;
import dev.parley.server.cli.Servers;
import dev.parley.server.config.Configuration;
import dev.parley.server.folder.DataFolder;
import dev.parley.server.observe.Logs;
import dev.parley.server.observe.Observation;
import java.nio.file.Path;
import java.util.Optional;

/** What the command line starts: the server itself, or the services on a resting folder. */
final class RealServers implements Servers {
  private final Ids ids = new SecureIds();

  @Override
  public Started start(Configuration configuration, DataFolder folder) {
    Logs.begin(configuration, folder.path());
    Clock clock = configuration.testClock() ? new AdvancingClock() : new SystemClock();
    return new Parley(configuration, folder, clock, ids);
  }

  @Override
  public Administration open(Configuration configuration, DataFolder folder) {
    Logs.quiet();
    Clock clock = new SystemClock();
    String endpoint =
        configuration
            .network()
            .publicUrl()
            .map(Object::toString)
            .orElse("https://localhost:" + configuration.network().port() + "/");
    return new LocalAdministration(
        Stores.open(
            configuration, clock, ids, folder.path(), new Observation(clock, Optional.empty())),
        endpoint);
  }

  @Override
  public void restore(Path backup, Configuration configuration, DataFolder folder) {
    Logs.quiet();
    SqliteBackup.restore(
        backup, folder.path().resolve(Stores.FILE), Stores.migrations(), new SystemClock());
  }
}
