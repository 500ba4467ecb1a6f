package dev.parley.server;

import dev.parley.kit.auth.Vault;
import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.bus.Bus;
import dev.parley.kit.journal.JournalReader;
import dev.parley.kit.journal.SqlJournal;
import dev.parley.kit.sql.Database;
import dev.parley.server.observe.Observation;
import dev.parley.services.audit.AuditLog;

/**
 * What every feature stands on: time, ids, the store, the journal, the bus, sealed secrets, the
 * audit log, and what watches them.
 */
public record Foundation(
    Clock clock,
    Ids ids,
    Database database,
    Bus bus,
    SqlJournal journal,
    Vault vault,
    AuditLog audit,
    Observation observation)
    implements AutoCloseable {

  /** Starts a durable reader of the journal from its oldest entry. */
  public JournalReader reader(String name, JournalReader.Handler handler) {
    JournalReader reader =
        new JournalReader(
            name,
            journal,
            new JournalReader.Surroundings(database, bus, clock),
            JournalReader.Settings.DEFAULTS,
            handler);
    observation.watch(name, reader);
    return reader;
  }

  @Override
  public void close() {
    bus.close();
    database.close();
  }
}
