package dev.parley.services.stores;

import dev.parley.kit.auth.MasterKeys;
import dev.parley.kit.auth.Vault;
import dev.parley.kit.bus.InMemoryBus;
import dev.parley.kit.journal.SqlJournal;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.PostgresDatabase;
import dev.parley.kit.sql.PostgresSettings;
import dev.parley.kit.sql.SqliteDatabase;
import dev.parley.kit.sql.StoreOptions;
import dev.parley.kit.test.FakeClock;
import dev.parley.kit.test.SeededIds;
import dev.parley.services.ServicesSchema;
import dev.parley.services.audit.AuditLog;
import java.nio.file.Path;

/** Store, journal, bus, vault and audit log of a test, with the tables of all features. */
public final class TestStore implements AutoCloseable {
  public final FakeClock clock = new FakeClock();
  public final SeededIds ids = new SeededIds(7);
  public final InMemoryBus bus = new InMemoryBus();
  public final Database database;
  public final SqlJournal journal;
  public final Vault vault;
  public final AuditLog audit;

  private TestStore(Opening opening, Path folder) {
    database = opening.open(StoreOptions.with(clock, ServicesSchema.MIGRATIONS));
    journal = new SqlJournal(database, bus);
    vault = new Vault(MasterKeys.openOrCreate(folder.resolve("master.key"), ids), ids);
    audit = new AuditLog(database, ids);
  }

  private interface Opening {
    Database open(StoreOptions options);
  }

  public static TestStore sqlite(Path folder) {
    return new TestStore(
        options -> SqliteDatabase.open(folder.resolve("parley.db"), options), folder);
  }

  public static TestStore postgres(PostgresSettings settings, Path folder) {
    return new TestStore(options -> PostgresDatabase.open(settings, options), folder);
  }

  @Override
  public void close() {
    bus.close();
    database.close();
  }
}
