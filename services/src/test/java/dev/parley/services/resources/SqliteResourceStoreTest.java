package dev.parley.services.resources;

import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteResourceStoreTest extends ResourceStoreContract {
  @TempDir private Path folder;

  @Override
  TestStore open() {
    return TestStore.sqlite(folder);
  }
}
