package dev.parley.kit.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InMemoryBusTest extends BusContract {
  @Override
  protected Bus newBus() {
    return new InMemoryBus();
  }

  @Test
  void dropsAreCounted() throws InterruptedException {
    var busy = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    try (var bus = new InMemoryBus(2)) {
      var unused =
          bus.subscribe(
              "a",
              message -> {
                busy.countDown();
                await(release);
              });
      bus.publish("a", new byte[0]);
      busy.await();
      for (int number = 0; number < 5; number++) {
        bus.publish("a", new byte[0]);
      }
      assertThat(bus.dropped()).isEqualTo(3);
      assertThat(bus.depth()).isEqualTo(2);
      release.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  @Test
  void closedBusTakesNoSubscribers() {
    var bus = new InMemoryBus();
    bus.close();
    assertThatThrownBy(() -> bus.subscribe("a", message -> {}))
        .isInstanceOf(IllegalStateException.class);
  }
}
