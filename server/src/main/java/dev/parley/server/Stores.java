package dev.parley.server;

import dev.parley.kit.auth.MasterKeys;
import dev.parley.kit.auth.Vault;
import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Secret;
import dev.parley.kit.bus.Bus;
import dev.parley.kit.bus.InMemoryBus;
import dev.parley.kit.journal.SqlJournal;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.HookedDatabase;
import dev.parley.kit.sql.Migrations;
import dev.parley.kit.sql.PostgresDatabase;
import dev.parley.kit.sql.PostgresSettings;
import dev.parley.kit.sql.SqliteDatabase;
import dev.parley.kit.sql.StoreOptions;
import dev.parley.server.config.Configuration;
import dev.parley.server.observe.Observation;
import dev.parley.services.ServicesSchema;
import dev.parley.services.audit.AuditLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Opens the store that the configuration names, with the schema of all features. */
final class Stores {
  static final String FILE = "parley.db";
  private static final String MASTER_KEY = "master.key";

  private Stores() {}

  /** Kit's and the services' migrations. */
  static List<Migrations> migrations() {
    List<Migrations> all = new ArrayList<>();
    all.add(Migrations.KIT);
    all.add(ServicesSchema.MIGRATIONS);
    return all;
  }

  /** Opens store, journal, bus and vault; the caller closes what it gets. */
  static Foundation open(
      Configuration configuration, Clock clock, Ids ids, Path folder, Observation observation) {
    Path file = folder.resolve(FILE);
    boolean first = configuration.database().isEmpty() && !Files.exists(file);
    boolean mayCreate = first || configuration.database().isPresent();
    MasterKeys masterKeys =
        configuration
            .masterKeys()
            .map(MasterKeys::parse)
            .orElseGet(() -> masterKeys(folder, ids, mayCreate));
    StoreOptions options =
        StoreOptions.with(clock, ServicesSchema.MIGRATIONS).listener(observation.store());
    Database store =
        configuration
            .database()
            .map(outside -> postgres(outside, options))
            .orElseGet(() -> SqliteDatabase.open(file, options));
    Database database = new HookedDatabase(observation.traced(store));
    Bus bus = new InMemoryBus();
    observation.watch(bus);
    return new Foundation(
        clock,
        ids,
        database,
        bus,
        new SqlJournal(database, bus),
        new Vault(masterKeys, ids),
        new AuditLog(database, ids),
        observation);
  }

  /** A store that holds secrets needs the key that sealed them; a new key would open none. */
  private static MasterKeys masterKeys(Path folder, Ids ids, boolean mayCreate) {
    Path file = folder.resolve(MASTER_KEY);
    return mayCreate ? MasterKeys.openOrCreate(file, ids) : MasterKeys.open(file);
  }

  private static Database postgres(Configuration.Outside outside, StoreOptions options) {
    Secret<String> password = outside.password().orElse(Secret.of(""));
    return PostgresDatabase.open(
        new PostgresSettings(outside.url(), outside.user().orElse(""), password), options);
  }
}
