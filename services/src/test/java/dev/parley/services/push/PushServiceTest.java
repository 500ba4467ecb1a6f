package dev.parley.services.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.kit.journal.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushServiceTest {
  private final World world = new World(1);

  @AfterEach
  void close() {
    world.close();
  }

  /** Waits for the catch-up thread; a test that gives up here has failed. */
  private static void await(BooleanSupplier condition) {
    for (int turn = 0; turn < 4_000; turn++) {
      if (condition.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    throw new AssertionError("it did not come about");
  }

  private static List<String> parts(int first, int last) {
    List<String> parts = new ArrayList<>();
    for (int fact = first; fact <= last; fact++) {
      parts.add(fact + "a");
      parts.add(fact + "b");
    }
    return parts;
  }

  @Test
  void everyDeviceOfAUserIsTold() {
    var phone = world.new Client("ann");
    var laptop = world.new Client("ann");
    var other = world.new Client("bob");
    List.of(phone, laptop, other).forEach(World.Client::connect);
    world.happens("ann", "1", true);
    await(() -> phone.told.size() == 2 && laptop.told.size() == 2);
    assertThat(phone.told).isEqualTo(parts(1, 1));
    assertThat(laptop.told).isEqualTo(parts(1, 1));
    assertThat(other.told).isEmpty();
  }

  @Test
  void cutAtEveryFrameTellsEachMessageOnceAndInOrder() {
    for (int cut = 0; cut <= 8; cut++) {
      try (World here = new World(cut)) {
        var ann = here.new Client("ann");
        ann.connect();
        ann.cutAfter(cut);
        for (int fact = 1; fact <= 4; fact++) {
          here.happens("ann", Integer.toString(fact), true);
        }
        ann.disconnect();
        here.happens("ann", "5", true);
        ann.connect();
        here.happens("ann", "6", true);
        await(() -> ann.told.size() >= 12);
        assertThat(ann.told).as("cut after %s", cut).isEqualTo(parts(1, 6));
      }
    }
  }

  @Test
  void killedServerTellsEachMessageOnceAndInOrder() {
    var ann = world.new Client("ann");
    ann.connect();
    world.happens("ann", "1", true);
    await(() -> ann.told.size() == 2);
    ann.cutAfter(1);
    world.happens("ann", "2", true);
    world.restart();
    world.happens("ann", "3", true);
    ann.connect();
    await(() -> ann.told.size() == 6);
    assertThat(ann.told).isEqualTo(parts(1, 3));
  }

  @Test
  void randomCutsRestartsAndSlowReadersLoseAndRepeatNothing() {
    long seed = Long.getLong("parley.seed", System.nanoTime());
    System.out.println("parley.seed=" + seed);
    Random random = new Random(seed);
    try (World here = new World(seed)) {
      List<World.Client> clients =
          List.of(here.new Client("ann"), here.new Client("ann"), here.new Client("bob"));
      clients.forEach(World.Client::connect);
      int facts = 0;
      for (int step = 0; step < 600; step++) {
        World.Client client = clients.get(random.nextInt(clients.size()));
        switch (random.nextInt(10)) {
          case 0 -> client.cutAfter(random.nextInt(4));
          case 1 -> {
            client.disconnect();
            client.connect();
          }
          case 2 -> client.answerAll();
          case 3 -> {
            if (random.nextInt(10) == 0) {
              here.restart();
              clients.forEach(World.Client::connect);
            }
          }
          default -> here.happens("*", Integer.toString(++facts), random.nextBoolean());
        }
      }
      int last = facts;
      for (World.Client client : clients) {
        client.disconnect();
        client.connect();
      }
      here.dispatch();
      await(() -> {
        clients.forEach(World.Client::answerAll);
        return clients.stream().allMatch(client -> client.told.size() >= 2 * last);
      });
      clients.forEach(
          client -> assertThat(client.told).as("seed %s", seed).isEqualTo(parts(1, last)));
    }
  }

  @Test
  void whatHappenedTogetherIsToldTogether() {
    var ann = world.new Client("ann");
    ann.connect();
    world.happens("ann", "1", true);
    await(() -> ann.told.size() == 2);
    int before = ann.deliveries;
    world.happens("ann", "2", false);
    world.happens("bob", "3", false);
    world.happens("ann", "4", true);
    assertThat(ann.told).containsExactly("1a", "1b", "2a", "2b", "4a", "4b");
    assertThat(ann.deliveries - before).isEqualTo(1);
  }

  @Test
  void whatWasPutTogetherIsNotToldOnceTheSessionIsOver() {
    var ann = world.new Client("ann");
    ann.connect();
    world.happens("ann", "1", true);
    await(() -> ann.told.size() == 2);
    world.during.put("end", () -> world.service.close(World.RESOURCE, "ann"));
    world.happens("ann", "2", false);
    world.happens("nobody", "end", true);
    assertThat(ann.told).isEqualTo(parts(1, 1));
    assertThat(ann.ends).containsExactly(EndReason.UNAUTHORIZED);
    assertThat(world.service.unansweredBytes()).isZero();
  }

  @Test
  void placeThatAPingBringsIsNeverAheadOfWhatWasPutTogether() {
    var ann = world.new Client("ann");
    ann.connect();
    world.happens("ann", "1", true);
    await(() -> ann.told.size() == 2);
    Runnable pingAndCut =
        () -> {
          ann.ping();
          ann.cutAfter(0);
        };
    world.during.put("ping", pingAndCut);
    world.journal.add(fact("ann", "2"));
    for (int other = 0; other < PushLimits.CURSOR_LAG_MAX + 10; other++) {
      world.journal.add(fact("bob", "x"));
    }
    world.journal.add(fact("nobody", "ping"));
    world.service.dispatch(world.journal.after(1, 10_000));
    ann.disconnect();
    ann.connect();
    world.happens("ann", "3", true);
    await(() -> ann.told.size() >= 6);
    assertThat(ann.told).isEqualTo(parts(1, 3));
  }

  private Fact fact(String user, String body) {
    return new Fact(World.RESOURCE, "test", user, world.clock.now(), body);
  }

  @Test
  void deviceThatDoesNotAnswerHoldsLittleAndIsDropped() {
    var slow = world.new Client("slow");
    var quick = world.new Client("quick");
    slow.connect();
    quick.connect();
    String large = "x".repeat(100_000);
    for (int fact = 0; fact < 500; fact++) {
      world.happens("*", large, true);
      quick.answerAll();
    }
    await(() -> {
      quick.answerAll();
      return quick.told.size() == 1_000;
    });
    assertThat(world.service.unansweredBytes())
        .isLessThanOrEqualTo(PushLimits.WINDOW_BYTES_MAX + 300_000);
    assertThat(slow.told.size()).isLessThanOrEqualTo(10);
    world.clock.advance(PushLimits.ANSWER_TIMEOUT.plus(PushLimits.SWEEP).plusSeconds(1));
    assertThat(slow.ends).containsExactly(EndReason.UNRESPONSIVE);
    slow.connect();
    await(() -> {
      slow.answerAll();
      return slow.told.size() >= 1_000;
    });
    assertThat(slow.told).hasSize(1_000);
  }

  @Test
  void nothingFollowsARevocationOnAnyDevice() {
    var phone = world.new Client("ann");
    var laptop = world.new Client("ann");
    phone.connect();
    laptop.connect();
    world.revoked.add("ann");
    world.service.close(World.RESOURCE, "ann");
    world.happens("ann", "1", true);
    assertThat(phone.told).isEmpty();
    assertThat(laptop.told).isEmpty();
    assertThat(phone.ends).containsExactly(EndReason.UNAUTHORIZED);
    assertThat(laptop.ends).containsExactly(EndReason.UNAUTHORIZED);
    assertThat(world.service.connectedUsers(World.RESOURCE)).isEmpty();
  }

  @Test
  void deviceWhoseTokenWasRevokedDuringItsHandshakeGetsNoSession() {
    var ann = world.new Client("ann");
    world.revoked.add("ann");
    assertThat(World.refusal(ann::connect)).isEqualTo(new PushRefusal.UnknownConnection());
    assertThat(ann.ends).containsExactly(EndReason.UNAUTHORIZED);
  }

  @Test
  void tokenEndsTheSessionWhenItExpires() {
    var ann = world.new Client("ann");
    ann.connect();
    world.clock.advance(Duration.ofHours(1));
    assertThat(ann.ends).isEmpty();
    world.clock.advance(Duration.ofHours(23));
    assertThat(ann.ends).containsExactly(EndReason.UNAUTHORIZED);
  }

  @Test
  void registrationThatIsNotRenewedEndsDelivery() {
    var ann = world.new Client("ann");
    ann.connect();
    world.clock.advance(Duration.ofHours(2).plus(PushLimits.SWEEP).plusSeconds(1));
    world.happens("ann", "1", true);
    assertThat(world.service.isConnected(World.RESOURCE, "ann")).isFalse();
    assertThat(ann.told).isEmpty();
  }

  @Test
  void clientThatUnregisteredMissesWhatHappenedMeanwhile() {
    var ann = world.new Client("ann");
    ann.connect();
    ann.disconnect();
    world.service.unregister("ann", "reg");
    world.happens("ann", "1", true);
    ann.connect();
    world.happens("ann", "2", true);
    await(() -> ann.told.size() == 2);
    assertThat(ann.told).isEqualTo(parts(2, 2));
  }

  @Test
  void sameSessionOnANewSocketReplacesTheOld() {
    var ann = world.new Client("ann");
    ann.connect();
    ann.connect();
    assertThat(ann.ends).containsExactly(EndReason.REPLACED);
    world.happens("ann", "1", true);
    await(() -> ann.told.size() == 2);
    assertThat(ann.told).isEqualTo(parts(1, 1));
  }

  @Test
  void stopAsksForAReconnectOnlyWhenAllWasAnswered() {
    var quiet = world.new Client("quiet");
    var busy = world.new Client("busy");
    quiet.connect();
    busy.connect();
    world.happens("busy", "1", true);
    await(() -> busy.told.size() == 2);
    world.service.stop(Duration.ofMillis(50));
    assertThat(quiet.asked).isEqualTo(1);
    assertThat(busy.asked).isZero();
    assertThat(busy.ends).containsExactly(EndReason.STOPPED);
  }

  @Test
  void handshakeServesOneSocketAndNotForEver() {
    Device device =
        new Device(
            new UUID(0, 0), World.RESOURCE, "ann", "", 0, world.clock.now().plusSeconds(3600));
    String used = world.service.handshake(device, null);
    world.service.claim(used);
    assertThat(World.refusal(() -> world.service.claim(used)))
        .isEqualTo(new PushRefusal.UnknownHandshake());
    String old = world.service.handshake(device, null);
    world.clock.advance(PushLimits.HANDSHAKE_LIFE.plusSeconds(1));
    assertThat(World.refusal(() -> world.service.claim(old)))
        .isEqualTo(new PushRefusal.UnknownHandshake());
  }

  @Test
  void connectionOfAnotherUserCannotBeRegistered() {
    var ann = world.new Client("ann");
    ann.connect();
    UUID session = world.service.allocate("ann", "", null).session();
    assertThat(World.refusal(() -> world.service.register("bob", session, Duration.ofHours(1))))
        .isEqualTo(new PushRefusal.UnknownConnection());
  }

  @Test
  void userHasABoundedNumberOfDevices() {
    for (int device = 0; device < PushLimits.SESSIONS_PER_USER_MAX; device++) {
      world.new Client("ann").connect();
    }
    assertThat(World.refusal(() -> world.new Client("ann").connect()))
        .isEqualTo(new PushRefusal.TooManyDevices(PushLimits.SESSIONS_PER_USER_MAX));
    world.new Client("bob").connect();
  }

  @Test
  void signalReachesWhoIsThereAndFactsNeedTheirSource() {
    var ann = world.new Client("ann");
    ann.connect();
    world.happens("ann", "1", true);
    await(() -> ann.told.size() == 2);
    PushMessage typing = new PushMessage(245, "typing", "t", PushMessage.EPHEMERAL);
    await(() -> {
      world.service.deliver(World.RESOURCE, "ann", typing);
      return ann.told.contains("typing");
    });
    PushMessage fact = new PushMessage(200, "{}", "m", 5);
    assertThatThrownBy(() -> world.service.deliver(World.RESOURCE, "ann", fact))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
