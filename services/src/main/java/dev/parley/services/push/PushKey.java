package dev.parley.services.push;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Secret;
import dev.parley.kit.sql.Database;
import java.util.Optional;

/** Loads the key of push, or makes it at the first start. */
public final class PushKey {
  private PushKey() {}

  public static Secret<byte[]> open(Database database, PushKeyStore store, Clock clock, Ids ids) {
    Optional<Secret<byte[]>> known = database.read("push.key", store::find);
    if (known.isPresent()) {
      return known.get();
    }
    Secret<byte[]> fresh = Secret.of(ids.bytes(ResumeTokens.KEY_BYTES));
    return database.write(
        "push.firstKey",
        tx -> {
          store.add(tx, fresh, clock.now());
          return fresh;
        });
  }
}
