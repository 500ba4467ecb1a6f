package dev.parley.services.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.base.Refused;
import dev.parley.services.resources.AccessKey.Slot;
import dev.parley.services.resources.sql.SqlResourceStore;
import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceServiceTest {
  @TempDir private Path folder;
  private TestStore test;
  private ResourceService service;
  private Resource first;

  @BeforeEach
  void start() {
    test = TestStore.sqlite(folder);
    service = service();
    first = service.start("default");
  }

  private ResourceService service() {
    return new ResourceService(
        test.database,
        new SqlResourceStore(test.vault),
        test.journal,
        test.audit,
        test.clock,
        test.ids);
  }

  @AfterEach
  void close() {
    test.close();
  }

  private static Refusal refusal(ThrowingCallable call) {
    Refused refused = org.assertj.core.api.Assertions.catchThrowableOfType(Refused.class, call);
    assertThat(refused).isNotNull();
    return refused.refusal();
  }

  private static AccessKey at(Map<Slot, AccessKey> keys, Slot slot) {
    return Objects.requireNonNull(keys.get(slot));
  }

  @Test
  void defaultResourceIsMadeOnceWithTwoKeys() {
    assertThat(service().start("another")).isEqualTo(first);
    assertThat(service.get("default").keys()).hasSize(2);
    byte[] primary = at(service.get("default").keys(), Slot.PRIMARY).secret().reveal();
    byte[] secondary = at(service.get("default").keys(), Slot.SECONDARY).secret().reveal();
    assertThat(primary).hasSize(ResourceLimits.KEY_BYTES).isNotEqualTo(secondary);
  }

  @Test
  void rotatedKeyIsNewAtOnceAndTheOtherStays() {
    Resource made = service.create("r", "operator");
    var before = service.get("r").keys();
    test.clock.advance(Duration.ofDays(3));
    AccessKey rotated = service.rotateKey("R", Slot.PRIMARY, "operator");
    var after = service.directory().byId(made.id()).orElseThrow().keys();
    assertThat(at(after, Slot.PRIMARY).secret().reveal())
        .isEqualTo(rotated.secret().reveal())
        .isNotEqualTo(at(before, Slot.PRIMARY).secret().reveal());
    assertThat(at(after, Slot.PRIMARY).createdAt()).isEqualTo(test.clock.now());
    assertThat(at(after, Slot.SECONDARY).secret().reveal())
        .isEqualTo(at(before, Slot.SECONDARY).secret().reveal());
  }

  @Test
  void deletedResourceIsGoneAtOnceAndTold() {
    Resource made = service.create("r", "someone");
    service.delete("r", "someone");
    assertThat(service.directory().byId(made.id())).isEmpty();
    assertThat(service.directory().byName("r")).isEmpty();
    assertThat(refusal(() -> service.get("r"))).isEqualTo(new ResourceRefusal.UnknownResource("r"));
    assertThat(refusal(() -> service.delete("r", "a")))
        .isEqualTo(new ResourceRefusal.UnknownResource("r"));
    List<String> facts =
        test.journal.after(0, 100).stream()
            .filter(entry -> entry.fact().resource().equals(made.id()))
            .map(entry -> entry.fact().type())
            .toList();
    assertThat(facts).containsExactly(ResourceService.CREATED, ResourceService.DELETED);
    assertThat(test.audit.newest(made.id(), 10))
        .extracting(line -> line.actor() + " " + line.action())
        .containsExactlyInAnyOrder("someone resource.created", "someone resource.deleted");
    assertThat(test.audit.newest(10)).containsAll(test.audit.newest(made.id(), 10));
  }

  @Test
  void whatMayNotBeIsRefused() {
    service.create("r", "a");
    assertThat(refusal(() -> service.create("R", "a")))
        .isEqualTo(new ResourceRefusal.NameTaken("R"));
    assertThat(refusal(() -> service.delete("default", "a")))
        .isEqualTo(new ResourceRefusal.DefaultStays("default"));
    assertThat(refusal(() -> service.rotateKey("none", Slot.PRIMARY, "a")))
        .isEqualTo(new ResourceRefusal.UnknownResource("none"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "a.b", "a b", "ü", "a/b"})
  void nameThatIsNoHostLabelIsRefused(String name) {
    assertThat(refusal(() -> service.create(name, "a")))
        .isEqualTo(new ResourceRefusal.NameInvalid(name));
    assertThat(refusal(() -> service.create("x".repeat(64), "a")))
        .isInstanceOf(ResourceRefusal.NameInvalid.class);
  }

  @Test
  void lastUseIsSavedToTheMinuteAndSurvives() {
    service.keyUsed(first.id(), Slot.PRIMARY);
    var used = test.clock.now();
    service.saveKeyUses();
    assertThat(service().start("default")).isEqualTo(first);
    assertThat(at(service.get("default").keys(), Slot.PRIMARY).lastUsedAt()).isEqualTo(used);
    assertThat(at(service.get("default").keys(), Slot.SECONDARY).lastUsedAt()).isNull();
  }

  /** However changes at the same time end, the picture that requests see is that of the store. */
  @Test
  void pictureAgreesWithTheStoreAfterChangesAtTheSameTime() throws Exception {
    for (int round = 0; round < 10; round++) {
      CountDownLatch start = new CountDownLatch(1);
      try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int caller = 0; caller < 8; caller++) {
          String name = "c" + round + "x" + caller;
          callers.submit(() -> {
            start.await();
            service.create(name, "a");
            service.rotateKey(name, Slot.PRIMARY, "a");
            service.delete(name, "a");
            return name;
          });
        }
        start.countDown();
      }
      String prefix = "c" + round + "x";
      IntStream.range(0, 8)
          .forEach(caller ->
              assertThat(service.directory().byName(prefix + caller)).as("deleted").isEmpty());
      assertThat(service.list()).hasSize(1);
    }
  }

  @Test
  void pictureThatWasReadEarlierDoesNotReplaceALaterOne() {
    ResourceDirectory directory = new ResourceDirectory();
    long early = directory.asked();
    long late = directory.asked();
    directory.replace(late, List.of());
    directory.replace(early, List.of(service.get("default")));
    assertThat(directory.all()).isEmpty();
    assertThatThrownBy(() -> directory.all().add(service.get("default")))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
