package dev.parley.services.resources;

import dev.parley.kit.base.ResourceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All resources with their keys as requests look for them: an immutable picture that the service
 * replaces after every change.
 */
public final class ResourceDirectory {
  private final AtomicLong asked = new AtomicLong();
  private long replaced;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Picture picture = new Picture(Map.of(), Map.of(), List.of());

  /** A resource with its keys. */
  public record Entry(Resource resource, Map<AccessKey.Slot, AccessKey> keys) {}

  private record Picture(Map<ResourceId, Entry> byId, Map<String, Entry> byName, List<Entry> all) {}

  /** The place of a coming replacement, taken before its entries are read. */
  long asked() {
    return asked.incrementAndGet();
  }

  /**
   * Takes a new picture, unless one that was read later is here already: two changes at once must
   * not bring back what one of them took away.
   */
  void replace(long order, Collection<Entry> entries) {
    if (take(order, entries)) {
      listeners.forEach(Runnable::run);
    }
  }

  private synchronized boolean take(long order, Collection<Entry> entries) {
    if (order < replaced) {
      return false;
    }
    replaced = order;
    Map<ResourceId, Entry> byId = new HashMap<>();
    Map<String, Entry> byName = new HashMap<>();
    for (Entry entry : entries) {
      byId.put(entry.resource().id(), entry);
      byName.put(entry.resource().name().toLowerCase(Locale.ROOT), entry);
    }
    picture = new Picture(Map.copyOf(byId), Map.copyOf(byName), List.copyOf(entries));
    return true;
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
