package dev.parley.services.chat;

import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.SqliteDatabase;
import dev.parley.kit.sql.StoreOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteChatTest extends ChatContract {
  @TempDir private Path folder;

  @Override
  Database openStore(StoreOptions options) {
    return SqliteDatabase.open(folder.resolve("parley.db"), options);
  }
}
