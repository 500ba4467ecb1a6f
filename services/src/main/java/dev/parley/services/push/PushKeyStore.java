package dev.parley.services.push;

import dev.parley.kit.base.Secret;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.Optional;

/** Keeps the key that signs what clients keep. */
public interface PushKeyStore {
  /** The key, once it was made. */
  Optional<Secret<byte[]>> find(Reading reading);

  /** Keeps the first key. */
  void add(Tx tx, Secret<byte[]> key, Instant now);
}
