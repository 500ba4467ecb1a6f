package dev.parley.services.resources;

import dev.parley.kit.test.PostgresExtension;
import dev.parley.kit.test.PostgresServer;
import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class PostgresResourceStoreTest extends ResourceStoreContract {
  private final PostgresServer server;
  @TempDir private Path folder;

  PostgresResourceStoreTest(PostgresServer server) {
    this.server = server;
  }

  @Override
  TestStore open() {
    return TestStore.postgres(server.newDatabase(), folder);
  }
}
