package dev.parley.services.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.auth.EcKeyPair;
import dev.parley.kit.base.ResourceId;
import dev.parley.services.identity.SigningKeyStore.StoredKey;
import dev.parley.services.identity.sql.SqlSigningKeyStore;
import dev.parley.services.identity.sql.SqlUserStore;
import dev.parley.services.stores.TestStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stores of users and signing keys keep, whatever database they stand on. */
abstract class UserStoreContract {
  private static final ResourceId A = new ResourceId(new UUID(1, 1));
  private static final ResourceId B = new ResourceId(new UUID(2, 2));

  private final UserStore store = new SqlUserStore();
  private TestStore test;

  abstract TestStore open();

  @BeforeEach
  void openStore() {
    test = open();
  }

  @AfterEach
  void closeStore() {
    test.close();
  }

  private User add(ResourceId resource, @Nullable String customId) {
    User user =
        new User(new UserId(resource, test.ids.uuid()), customId, test.clock.now(), 0, null);
    return test.database.write(
        "test",
        tx -> {
          store.add(tx, user);
          return user;
        });
  }

  private List<User> list(ResourceId resource, UUID after, int limit) {
    return test.database.read("test", reading -> store.list(reading, resource, after, limit));
  }

  @Test
  void userIsFoundWithinItsResourceOnly() {
    User user = add(A, null);
    assertThat(
            test.database.<Optional<User>>read("test", reading -> store.find(reading, user.id())))
        .contains(user);
    UserId elsewhere = new UserId(B, user.id().user());
    assertThat(
            test.database.<Optional<User>>read("test", reading -> store.find(reading, elsewhere)))
        .isEmpty();
  }

  @Test
  void customIdIsUniqueWithinAResource() {
    User user = add(A, "same");
    User other = add(B, "same");
    assertThat(
            test.database.<Optional<User>>read(
                "test", reading -> store.findByCustomId(reading, A, "same")))
        .contains(user);
    assertThat(
            test.database.<Optional<User>>read(
                "test", reading -> store.findByCustomId(reading, B, "same")))
        .contains(other);
    assertThat(
            test.database.<Optional<User>>read(
                "test", reading -> store.findByCustomId(reading, A, "SAME")))
        .isEmpty();
    assertThatThrownBy(() -> add(A, "same")).isInstanceOf(RuntimeException.class);
    add(A, null);
    add(A, null);
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepeat() {
    List<User> all = new ArrayList<>();
    for (int made = 0; made < 7; made++) {
      all.add(add(A, null));
    }
    add(B, null);
    List<User> seen = new ArrayList<>();
    UUID after = new UUID(0, 0);
    for (List<User> page = list(A, after, 3); !page.isEmpty(); page = list(A, after, 3)) {
      seen.addAll(page);
      after = page.getLast().id().user();
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
    assertThat(seen.stream().map(user -> user.id().user().toString())).isSorted();
  }

  @Test
  void changesTouchTheirUserOnly() {
    User changed = add(A, "c");
    User kept = add(A, "k");
    Instant issued = test.clock.now();
    test.database.write(
        "test",
        tx -> {
          store.setTokenEpoch(tx, changed.id(), 3);
          store.setLastTokenIssued(tx, changed.id(), issued);
          return issued;
        });
    assertThat(list(A, new UUID(0, 0), 10))
        .containsExactlyInAnyOrder(
            kept, new User(changed.id(), "c", changed.createdAt(), 3, issued));
    test.database.write(
        "test",
        tx -> {
          store.delete(tx, changed.id());
          return issued;
        });
    assertThat(list(A, new UUID(0, 0), 10)).containsExactly(kept);
  }

  @Test
  void allUsersOfAResourceGoTogether() {
    add(A, null);
    add(A, "x");
    User kept = add(B, "x");
    test.database.write(
        "test",
        tx -> {
          store.deleteAll(tx, A);
          return A;
        });
    assertThat(list(A, new UUID(0, 0), 10)).isEmpty();
    assertThat(list(B, new UUID(0, 0), 10)).containsExactly(kept);
  }

  @Test
  void signingKeysComeBackNewestFirstUntilTheyRetire() {
    SigningKeyStore keys = new SqlSigningKeyStore(test.vault);
    EcKeyPair old = EcKeyPair.generate();
    EcKeyPair young = EcKeyPair.generate();
    Instant start = test.clock.now();
    var sealedOld = keys.seal(new StoredKey(old, start, null));
    var sealedYoung = keys.seal(new StoredKey(young, start.plusSeconds(1), null));
    test.database.write(
        "test",
        tx -> {
          keys.add(tx, sealedOld);
          keys.add(tx, sealedYoung);
          keys.setRetires(tx, old.id(), start.plus(Duration.ofDays(1)));
          return start;
        });
    List<StoredKey> stored = test.database.read("test", keys::all);
    assertThat(stored.stream().map(key -> key.pair().id())).containsExactly(young.id(), old.id());
    assertThat(stored.getLast().retiresAt()).isEqualTo(start.plus(Duration.ofDays(1)));
    assertThat(stored.getLast().pair().encodedPrivateKey()).isEqualTo(old.encodedPrivateKey());
    test.database.write(
        "test",
        tx -> {
          keys.deleteRetired(tx, start.plus(Duration.ofDays(1)));
          return start;
        });
    assertThat(test.database.<List<StoredKey>>read("test", keys::all)).hasSize(1);
  }
}
