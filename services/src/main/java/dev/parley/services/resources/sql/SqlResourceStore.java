package dev.parley.services.resources.sql;

import dev.parley.kit.auth.Vault;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.base.Secret;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Row;
import dev.parley.kit.sql.Tx;
import dev.parley.services.resources.AccessKey;
import dev.parley.services.resources.AccessKey.Slot;
import dev.parley.services.resources.Resource;
import dev.parley.services.resources.ResourceStore;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Resources in SQL. Keys are sealed by the vault, bound to their resource and slot. */
public final class SqlResourceStore implements ResourceStore {
  private static final String COLUMNS = "id, name, created_at, is_default";
  private final Vault vault;

  public SqlResourceStore(Vault vault) {
    this.vault = vault;
  }

  @Override
  public List<Resource> all(Reading reading) {
    return reading.list(
        "select " + COLUMNS + " from resources order by id limit 20000",
        SqlResourceStore::resource);
  }

  @Override
  public Optional<Resource> byName(Reading reading, String name) {
    return reading.first(
        "select " + COLUMNS + " from resources where name_key = ?",
        SqlResourceStore::resource,
        name.toLowerCase(Locale.ROOT));
  }

  private static Resource resource(Row row) {
    return new Resource(new ResourceId(row.uuid(1)), row.text(2), row.instant(3), row.flag(4));
  }

  @Override
  public Map<Slot, AccessKey> keys(Reading reading, ResourceId resource) {
    Map<Slot, AccessKey> keys = new EnumMap<>(Slot.class);
    List<AccessKey> rows =
        reading.list(
            "select slot, sealed_key, created_at, last_used_at from access_keys"
                + " where resource_id = ? order by slot",
            row -> key(resource, row),
            resource);
    rows.forEach(key -> keys.put(key.slot(), key));
    return keys;
  }

  private AccessKey key(ResourceId resource, Row row) {
    Slot slot = Slot.valueOf(row.text(1));
    Secret<byte[]> secret = vault.open(boundTo(resource, slot), row.bytes(2));
    return new AccessKey(slot, secret, row.instant(3), row.instantOrNull(4));
  }

  @Override
  public void add(Tx tx, Resource resource) {
    tx.update(
        "insert into resources (id, name, name_key, created_at, is_default)"
            + " values (?, ?, ?, ?, ?)",
        resource.id(),
        resource.name(),
        resource.name().toLowerCase(Locale.ROOT),
        resource.createdAt(),
        resource.isDefault());
  }

  @Override
  public void delete(Tx tx, ResourceId resource) {
    tx.update("delete from access_keys where resource_id = ?", resource);
    tx.update("delete from resources where id = ?", resource);
  }

  @Override
  public SealedKey seal(ResourceId resource, AccessKey key) {
    byte[] sealed = vault.seal(boundTo(resource, key.slot()), key.secret());
    return new SealedKey(resource, key.slot(), sealed, key.createdAt());
  }

  @Override
  public void putKey(Tx tx, SealedKey key) {
    tx.update(
        "insert into access_keys (resource_id, slot, sealed_key, created_at, last_used_at)"
            + " values (?, ?, ?, ?, null) on conflict (resource_id, slot) do update set"
            + " sealed_key = excluded.sealed_key, created_at = excluded.created_at,"
            + " last_used_at = null",
        key.resource(),
        key.slot().name(),
        key.sealed(),
        key.createdAt());
  }

  @Override
  public void setLastUse(Tx tx, ResourceId resource, Slot slot, Instant at) {
    tx.update(
        "update access_keys set last_used_at = ? where resource_id = ? and slot = ?",
        at,
        resource,
        slot.name());
  }

  private static Vault.Row boundTo(ResourceId resource, Slot slot) {
    return new Vault.Row("access_keys", resource + "/" + slot);
  }
}
