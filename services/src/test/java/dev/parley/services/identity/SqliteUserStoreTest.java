package dev.parley.services.identity;

import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteUserStoreTest extends UserStoreContract {
  @TempDir private Path folder;

  @Override
  TestStore open() {
    return TestStore.sqlite(folder);
  }
}
