package dev.parley.services.push.sql;

import dev.parley.kit.auth.Vault;
import dev.parley.kit.base.Secret;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import dev.parley.services.push.PushKeyStore;
import java.time.Instant;
import java.util.Optional;

/** The key in table {@code push_keys}, sealed by the vault. */
public final class SqlPushKeyStore implements PushKeyStore {
  private static final String ID = "resume";
  private static final Vault.Row ROW = new Vault.Row("push_keys", ID);

  private final Vault vault;

  public SqlPushKeyStore(Vault vault) {
    this.vault = vault;
  }

  @Override
  public Optional<Secret<byte[]>> find(Reading reading) {
    return reading.first(
        "select sealed_key from push_keys where id = ?", row -> vault.open(ROW, row.bytes(1)), ID);
  }

  @Override
  public void add(Tx tx, Secret<byte[]> key, Instant now) {
    tx.update(
        "insert into push_keys (id, sealed_key, created_at) values (?, ?, ?)",
        ID,
        vault.seal(ROW, key),
        now);
  }
}
