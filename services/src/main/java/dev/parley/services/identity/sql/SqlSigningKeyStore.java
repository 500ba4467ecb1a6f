package dev.parley.services.identity.sql;

import dev.parley.kit.auth.EcKeyPair;
import dev.parley.kit.auth.Vault;
import dev.parley.kit.base.Secret;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Row;
import dev.parley.kit.sql.Tx;
import dev.parley.services.identity.SigningKeyStore;
import java.time.Instant;
import java.util.List;

/** Signing keys in SQL, private keys sealed by the vault and bound to their id. */
public final class SqlSigningKeyStore implements SigningKeyStore {
  private final Vault vault;

  public SqlSigningKeyStore(Vault vault) {
    this.vault = vault;
  }

  @Override
  public List<StoredKey> all(Reading reading) {
    return reading.list(
        "select id, public_key, sealed_private_key, created_at, retires_at from signing_keys"
            + " order by created_at desc, id limit 100",
        this::key);
  }

  private StoredKey key(Row row) {
    byte[] pkcs8 = vault.open(boundTo(row.text(1)), row.bytes(3)).reveal();
    EcKeyPair pair = EcKeyPair.restore(row.bytes(2), pkcs8);
    return new StoredKey(pair, row.instant(4), row.instantOrNull(5));
  }

  @Override
  public SealedKey seal(StoredKey key) {
    EcKeyPair pair = key.pair();
    return new SealedKey(key, vault.seal(boundTo(pair.id()), Secret.of(pair.encodedPrivateKey())));
  }

  @Override
  public void add(Tx tx, SealedKey sealed) {
    StoredKey key = sealed.key();
    EcKeyPair pair = key.pair();
    tx.update(
        "insert into signing_keys (id, public_key, sealed_private_key, created_at, retires_at)"
            + " values (?, ?, ?, ?, ?)",
        pair.id(),
        pair.encodedPublicKey(),
        sealed.sealed(),
        key.createdAt(),
        key.retiresAt());
  }

  @Override
  public void setRetires(Tx tx, String id, Instant at) {
    tx.update("update signing_keys set retires_at = ? where id = ?", at, id);
  }

  @Override
  public void deleteRetired(Tx tx, Instant now) {
    tx.update("delete from signing_keys where retires_at <= ?", now);
  }

  private static Vault.Row boundTo(String id) {
    return new Vault.Row("signing_keys", id);
  }
}
