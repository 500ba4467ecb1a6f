package dev.parley.services.calling;

import dev.parley.services.calling.sql.SqlCallStore;
import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteCallStoreTest extends CallStoreContract {
  @TempDir private Path folder;

  @Override
  Opened openStore() {
    TestStore test = TestStore.sqlite(folder);
    return new Opened(test.database, new SqlCallStore(), test::close);
  }
}
