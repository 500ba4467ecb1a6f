package dev.parley.services.resources;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads and saves resources and keys; keys are sealed below this port. */
public interface ResourceStore {
  /**
   * A key as it is stored, readable only below this port.
   *
   * @param sealed what only the vault opens; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  record SealedKey(ResourceId resource, AccessKey.Slot slot, byte[] sealed, Instant createdAt) {}

  List<Resource> all(Reading reading);

  Optional<Resource> byName(Reading reading, String name);

  Map<AccessKey.Slot, AccessKey> keys(Reading reading, ResourceId resource);

  void add(Tx tx, Resource resource);

  void delete(Tx tx, ResourceId resource);

  /**
   * Makes a key ready to be stored. Called before the transaction: the writer is one thread for
   * all, and cryptography must not hold it up.
   */
  SealedKey seal(ResourceId resource, AccessKey key);

  /** Sets or replaces the key of its slot. */
  void putKey(Tx tx, SealedKey key);

  void setLastUse(Tx tx, ResourceId resource, AccessKey.Slot slot, Instant at);
}
