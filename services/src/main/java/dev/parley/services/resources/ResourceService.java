package dev.parley.services.resources;

import dev.parley.kit.base.Clock;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Refused;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.base.Secret;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Database;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import dev.parley.services.audit.AuditLog;
import dev.parley.services.resources.AccessKey.Slot;
import dev.parley.services.resources.ResourceStore.SealedKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Use cases of resources and their keys. */
public final class ResourceService {
  /** Journal: a resource was made; the subject is its id. */
  public static final String CREATED = "resource.created";

  /** Journal: a resource is gone, with all that was its own. */
  public static final String DELETED = "resource.deleted";

  /** Journal: a key was replaced; the subject is the slot. */
  public static final String KEY_ROTATED = "resource.keyRotated";

  private final Database database;
  private final ResourceStore store;
  private final Journal journal;
  private final AuditLog audit;
  private final Clock clock;
  private final Ids ids;
  private final ResourceDirectory directory = new ResourceDirectory();
  private final ConcurrentMap<KeyUse, Instant> uses = new ConcurrentHashMap<>();

  public ResourceService(
      Database database,
      ResourceStore store,
      Journal journal,
      AuditLog audit,
      Clock clock,
      Ids ids) {
    this.database = database;
    this.store = store;
    this.journal = journal;
    this.audit = audit;
    this.clock = clock;
    this.ids = ids;
  }

  private record KeyUse(ResourceId resource, Slot slot) {}

  /** Loads the directory; makes the default resource at the first start. */
  public Resource start(String defaultName) {
    refresh();
    Optional<Resource> first =
        directory.all().stream()
            .map(ResourceDirectory.Entry::resource)
            .filter(Resource::isDefault)
            .findFirst();
    return first.orElseGet(() -> create(defaultName, true, "first start"));
  }

  /** Makes a resource with two new keys; refuses a name that is invalid or taken. */
  public Resource create(String name, String actor) {
    return create(name, false, actor);
  }

  private Resource create(String name, boolean isDefault, String actor) {
    if (!ResourceLimits.isName(name)) {
      throw new Refused(new ResourceRefusal.NameInvalid(name));
    }
    Instant now = clock.now();
    Resource resource = new Resource(new ResourceId(ids.uuid()), name, now, isDefault);
    SealedKey primary = store.seal(resource.id(), newKey(Slot.PRIMARY, now));
    SealedKey secondary = store.seal(resource.id(), newKey(Slot.SECONDARY, now));
    database.write(
        "resource.create",
        tx -> {
          requireRoom(tx, name);
          store.add(tx, resource);
          store.putKey(tx, primary);
          store.putKey(tx, secondary);
          record(tx, resource, CREATED, resource.id().toString(), actor);
          return resource;
        });
    refresh();
    return resource;
  }

  private void requireRoom(Reading reading, String name) {
    if (store.byName(reading, name).isPresent()) {
      throw new Refused(new ResourceRefusal.NameTaken(name));
    }
    if (store.all(reading).size() >= ResourceLimits.RESOURCES_MAX) {
      throw new Refused(new ResourceRefusal.TooMany(ResourceLimits.RESOURCES_MAX));
    }
  }

  private AccessKey newKey(Slot slot, Instant now) {
    return new AccessKey(slot, Secret.of(ids.bytes(ResourceLimits.KEY_BYTES)), now, null);
  }

  /** All resources, the default one first, then by name. */
  public List<ResourceDirectory.Entry> list() {
    return directory.all();
  }

  /** A resource with its keys and their last use; refuses a name that nobody has. */
  public ResourceDirectory.Entry get(String name) {
    ResourceDirectory.Entry entry =
        directory
            .byName(name)
            .orElseThrow(() -> new Refused(new ResourceRefusal.UnknownResource(name)));
    Map<Slot, AccessKey> keys =
        database.read("resource.keys", reading -> store.keys(reading, entry.resource().id()));
    return new ResourceDirectory.Entry(entry.resource(), keys);
  }

  /** Replaces one key; the other goes on working, so nothing that uses it notices. */
  public AccessKey rotateKey(String name, Slot slot, String actor) {
    Resource resource = get(name).resource();
    AccessKey key = newKey(slot, clock.now());
    SealedKey sealed = store.seal(resource.id(), key);
    database.write(
        "resource.rotateKey",
        tx -> {
          requireKnown(tx, resource);
          store.putKey(tx, sealed);
          record(tx, resource, KEY_ROTATED, slot.word(), actor);
          return key;
        });
    refresh();
    return key;
  }

  /** Deletes a resource; its keys, users and tokens end with the commit. */
  public void delete(String name, String actor) {
    Resource resource = get(name).resource();
    if (resource.isDefault()) {
      throw new Refused(new ResourceRefusal.DefaultStays(name));
    }
    database.write(
        "resource.delete",
        tx -> {
          requireKnown(tx, resource);
          store.delete(tx, resource.id());
          record(tx, resource, DELETED, resource.id().toString(), actor);
          return resource;
        });
    refresh();
  }

  private void requireKnown(Reading reading, Resource resource) {
    if (store.byName(reading, resource.name()).isEmpty()) {
      throw new Refused(new ResourceRefusal.UnknownResource(resource.name()));
    }
  }

  private void record(Tx tx, Resource resource, String type, String subject, String actor) {
    Instant now = clock.now();
    journal.append(tx, new Fact(resource.id(), type, subject, now, "{}"));
    audit.append(tx, new AuditLog.Line(resource.id(), now, actor, type, subject));
  }

  /** The picture by which requests find their resource; always the same object. */
  public ResourceDirectory directory() {
    return directory;
  }

  /** Reads the directory anew; after a change here, or by another process. */
  public void refresh() {
    long asked = directory.asked();
    List<ResourceDirectory.Entry> entries =
        database.read(
            "resource.all",
            reading ->
                store.all(reading).stream()
                    .map(one -> new ResourceDirectory.Entry(one, store.keys(reading, one.id())))
                    .sorted(
                        Comparator.comparing(
                                (ResourceDirectory.Entry entry) -> !entry.resource().isDefault())
                            .thenComparing(entry -> entry.resource().name()))
                    .toList());
    directory.replace(asked, entries);
  }

  /** Notes that a key signed a request; saved by {@link #saveKeyUses}, not by the request. */
  public void keyUsed(ResourceId resource, Slot slot) {
    KeyUse use = new KeyUse(resource, slot);
    Instant now = clock.now();
    Instant noted = uses.get(use);
    if (noted == null || noted.plus(ResourceLimits.LAST_USE_GRAIN).isBefore(now)) {
      uses.put(use, now);
    }
  }

  /** Saves the last uses noted since the last call; a timer and the shutdown call it. */
  public void saveKeyUses() {
    Map<KeyUse, Instant> noted = Map.copyOf(uses);
    if (noted.isEmpty()) {
      return;
    }
    database.write(
        "resource.saveKeyUses",
        tx -> {
          noted.forEach((use, at) -> store.setLastUse(tx, use.resource, use.slot, at));
          return noted.size();
        });
    noted.forEach(uses::remove);
  }
}
