package dev.parley.server;

import dev.parley.kit.auth.Vault;
import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.bus.Bus;
import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.JournalReader;
import dev.parley.kit.journal.SqlJournal;
import dev.parley.kit.sql.Database;
import dev.parley.server.observe.Observation;
import dev.parley.services.audit.AuditLog;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

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

  /** Starts a durable reader of the whole journal, from its oldest entry. */
  public JournalReader reader(String name, JournalReader.Handler handler) {
    return reader(name, Set.of(), handler);
  }

  /**
   * Starts a durable reader of some types of facts, from the oldest.
   *
   * @param actions what to do on a fact, by its type; may be done again after a crash
   */
  public JournalReader reader(String name, Map<String, Consumer<Fact>> actions) {
    return reader(
        name,
        actions.keySet(),
        page -> {
          for (Entry entry : page) {
            Objects.requireNonNull(actions.get(entry.fact().type())).accept(entry.fact());
          }
        });
  }

  private JournalReader reader(String name, Set<String> types, JournalReader.Handler handler) {
    JournalReader reader =
        new JournalReader(
            name,
            journal,
            new JournalReader.Surroundings(database, bus, clock),
            JournalReader.Settings.DEFAULTS.types(types),
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
