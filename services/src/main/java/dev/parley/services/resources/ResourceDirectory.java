package dev.parley.services.resources;

import dev.parley.kit.base.ResourceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * All resources with their keys as requests look for them: an immutable picture that the service
 * replaces after every change.
 */
public final class ResourceDirectory {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Picture picture = new Picture(Map.of(), Map.of(), List.of());

  /** A resource with its keys. */
  public record Entry(Resource resource, Map<AccessKey.Slot, AccessKey> keys) {}

  private record Picture(Map<ResourceId, Entry> byId, Map<String, Entry> byName, List<Entry> all) {}

  void replace(Collection<Entry> entries) {
    Map<ResourceId, Entry> byId = new HashMap<>();
    Map<String, Entry> byName = new HashMap<>();
    for (Entry entry : entries) {
      byId.put(entry.resource().id(), entry);
      byName.put(entry.resource().name().toLowerCase(Locale.ROOT), entry);
    }
    picture = new Picture(Map.copyOf(byId), Map.copyOf(byName), List.copyOf(entries));
    listeners.forEach(Runnable::run);
  }

  /** Runs {@code listener} after each change, before the change returns to its caller. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  public Optional<Entry> byId(ResourceId id) {
    return Optional.ofNullable(picture.byId.get(id));
  }

  /** By name, in any case. */
  public Optional<Entry> byName(String name) {
    return Optional.ofNullable(picture.byName.get(name.toLowerCase(Locale.ROOT)));
  }

  /** All of them, the default one first. */
  public List<Entry> all() {
    return picture.all;
  }
}
