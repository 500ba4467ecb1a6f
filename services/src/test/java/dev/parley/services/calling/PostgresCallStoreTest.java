package dev.parley.services.calling;

import dev.parley.kit.test.PostgresExtension;
import dev.parley.kit.test.PostgresServer;
import dev.parley.services.calling.sql.SqlCallStore;
import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class PostgresCallStoreTest extends CallStoreContract {
  private final PostgresServer server;
  @TempDir private Path folder;

  PostgresCallStoreTest(PostgresServer server) {
    this.server = server;
  }

  @Override
  Opened openStore() {
    TestStore test = TestStore.postgres(server.newDatabase(), folder);
    return new Opened(test.database, new SqlCallStore(), test::close);
  }
}
