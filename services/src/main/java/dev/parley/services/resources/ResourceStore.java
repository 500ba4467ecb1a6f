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
  List<Resource> all(Reading reading);

  Optional<Resource> byName(Reading reading, String name);

  Map<AccessKey.Slot, AccessKey> keys(Reading reading, ResourceId resource);

  void add(Tx tx, Resource resource);

  void delete(Tx tx, ResourceId resource);

  /** Sets or replaces the key of its slot. */
  void putKey(Tx tx, ResourceId resource, AccessKey key);

  void setLastUse(Tx tx, ResourceId resource, AccessKey.Slot slot, Instant at);
}
