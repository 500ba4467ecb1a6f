package dev.parley.services.rooms;

import dev.parley.kit.test.PostgresExtension;
import dev.parley.kit.test.PostgresServer;
import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PostgresExtension.class)
class PostgresRoomsTest extends RoomsContract {
  private final PostgresServer server;
  @TempDir private Path folder;

  PostgresRoomsTest(PostgresServer server) {
    this.server = server;
  }

  @Override
  TestStore open() {
    return TestStore.postgres(server.newDatabase(), folder);
  }
}
