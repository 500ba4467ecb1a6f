package dev.parley.services.chat;

import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.PostgresDatabase;
import dev.parley.kit.sql.PostgresSettings;
import dev.parley.kit.sql.StoreOptions;
import dev.parley.kit.test.PostgresExtension;
import dev.parley.kit.test.PostgresServer;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresChatTest extends ChatContract {
  private final PostgresSettings settings;

  PostgresChatTest(PostgresServer server) {
    this.settings = server.newDatabase();
  }

  @Override
  Database openStore(StoreOptions options) {
    return PostgresDatabase.open(settings, options);
  }
}
