package dev.parley.services.rooms;

import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteRoomsTest extends RoomsContract {
  @TempDir private Path folder;

  @Override
  TestStore open() {
    return TestStore.sqlite(folder);
  }
}
