package dev.parley.services.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.auth.VaultFault;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.base.Secret;
import dev.parley.services.resources.AccessKey.Slot;
import dev.parley.services.resources.sql.SqlResourceStore;
import dev.parley.services.stores.TestStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store of resources keeps, whatever database it stands on. */
abstract class ResourceStoreContract {
  private TestStore test;
  private ResourceStore store;

  abstract TestStore open();

  @BeforeEach
  void openStore() {
    test = open();
    store = new SqlResourceStore(test.vault);
  }

  @AfterEach
  void closeStore() {
    test.close();
  }

  private Resource add(String name) {
    Resource made = new Resource(new ResourceId(test.ids.uuid()), name, test.clock.now(), false);
    test.database.write(
        "test",
        tx -> {
          store.add(tx, made);
          return made;
        });
    return made;
  }

  private AccessKey put(Resource resource, Slot slot, String secret) {
    AccessKey key =
        new AccessKey(
            slot, Secret.of(secret.getBytes(StandardCharsets.UTF_8)), test.clock.now(), null);
    ResourceStore.SealedKey sealed = store.seal(resource.id(), key);
    test.database.write(
        "test",
        tx -> {
          store.putKey(tx, sealed);
          return key;
        });
    return key;
  }

  private Map<Slot, AccessKey> keys(Resource resource) {
    return test.database.read("test", reading -> store.keys(reading, resource.id()));
  }

  private static String text(AccessKey key) {
    return new String(key.secret().reveal(), StandardCharsets.UTF_8);
  }

  private static AccessKey at(Map<Slot, AccessKey> keys, Slot slot) {
    return Objects.requireNonNull(keys.get(slot));
  }

  @Test
  void resourceIsFoundByNameInAnyCase() {
    Resource made = add("Abc");
    assertThat(
            test.database.<Optional<Resource>>read("test", reading -> store.byName(reading, "aBC")))
        .contains(made);
    assertThat(
            test.database.<Optional<Resource>>read("test", reading -> store.byName(reading, "b")))
        .isEmpty();
    assertThat(test.database.<List<Resource>>read("test", store::all)).containsExactly(made);
  }

  @Test
  void nameIsUniqueInAnyCase() {
    add("abc");
    assertThatThrownBy(() -> add("ABC")).isInstanceOf(RuntimeException.class);
    assertThat(test.database.<List<Resource>>read("test", store::all)).hasSize(1);
  }

  @Test
  void keyIsReplacedInItsSlotAndItsUseForgotten() {
    Resource made = add("a");
    put(made, Slot.PRIMARY, "one");
    put(made, Slot.SECONDARY, "two");
    Instant used = test.clock.now();
    test.database.write(
        "test",
        tx -> {
          store.setLastUse(tx, made.id(), Slot.PRIMARY, used);
          return used;
        });
    assertThat(at(keys(made), Slot.PRIMARY).lastUsedAt()).isEqualTo(used);
    put(made, Slot.PRIMARY, "three");
    assertThat(text(at(keys(made), Slot.PRIMARY))).isEqualTo("three");
    assertThat(at(keys(made), Slot.PRIMARY).lastUsedAt()).isNull();
    assertThat(text(at(keys(made), Slot.SECONDARY))).isEqualTo("two");
  }

  @Test
  void keyIsSealedForItsResourceAndSlotOnly() {
    Resource made = add("a");
    put(made, Slot.PRIMARY, "plain words");
    put(made, Slot.SECONDARY, "other words");
    byte[] sealed =
        test.database.read(
            "test",
            reading ->
                reading
                    .first(
                        "select sealed_key from access_keys where slot = 'PRIMARY'",
                        row -> row.bytes(1))
                    .orElseThrow());
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("plain words");
    int moved =
        test.database.write(
            "test",
            tx ->
                tx.update(
                    "update access_keys set sealed_key = ? where slot = 'SECONDARY'", sealed));
    assertThat(moved).isEqualTo(1);
    assertThatThrownBy(() -> keys(made)).isInstanceOf(VaultFault.class);
  }

  @Test
  void deletedResourceTakesItsKeysAlong() {
    Resource kept = add("kept");
    Resource gone = add("gone");
    put(kept, Slot.PRIMARY, "a");
    put(gone, Slot.PRIMARY, "b");
    test.database.write(
        "test",
        tx -> {
          store.delete(tx, gone.id());
          return gone;
        });
    assertThat(test.database.<List<Resource>>read("test", store::all)).containsExactly(kept);
    assertThat(keys(gone)).isEmpty();
    assertThat(keys(kept)).hasSize(1);
  }
}
