package dev.parley.services.identity;

import dev.parley.kit.auth.EcKeyPair;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads and saves the keys that sign user tokens; private keys are sealed below this port. */
public interface SigningKeyStore {
  /**
   * A stored key.
   *
   * @param retiresAt from when on it verifies nothing; null for the one that signs
   */
  record StoredKey(EcKeyPair pair, Instant createdAt, @Nullable Instant retiresAt) {}

  /**
   * A key as it is stored.
   *
   * @param sealed the private key, which only the vault opens; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  record SealedKey(StoredKey key, byte[] sealed) {}

  /** All keys, the newest first. */
  List<StoredKey> all(Reading reading);

  /**
   * Makes a key ready to be stored. Called before the transaction: the writer is one thread for
   * all, and cryptography must not hold it up.
   */
  SealedKey seal(StoredKey key);

  void add(Tx tx, SealedKey key);

  void setRetires(Tx tx, String id, Instant at);

  void deleteRetired(Tx tx, Instant now);
}
