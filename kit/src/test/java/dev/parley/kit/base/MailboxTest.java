package dev.parley.kit.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MailboxTest {
  @Test
  void oneOwnerHandlesAllInOrder() throws Exception {
    int count = 5_000;
    List<Integer> handled = new ArrayList<>();
    var all = new CountDownLatch(count);
    var inside = new AtomicInteger();
    try (var mailbox =
        new Mailbox<Integer>(
            "test",
            count,
            message -> {
              assertThat(inside.incrementAndGet()).isEqualTo(1);
              handled.add(message);
              inside.decrementAndGet();
              all.countDown();
            })) {
      for (int number = 0; number < count; number++) {
        assertThat(mailbox.offer(number)).isTrue();
      }
      all.await();
      assertThat(handled).hasSize(count).isSorted();
    }
  }

  @Test
  void fullOrClosedMailboxDropsAndCounts() throws Exception {
    var busy = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var mailbox =
        new Mailbox<String>(
            "test",
            1,
            message -> {
              busy.countDown();
              await(release);
            });
    assertThat(mailbox.offer("handled")).isTrue();
    busy.await();
    assertThat(mailbox.offer("waits")).isTrue();
    assertThat(mailbox.offer("dropped")).isFalse();
    assertThat(mailbox.depth()).isEqualTo(1);
    release.countDown();
    mailbox.close();
    assertThat(mailbox.offer("late")).isFalse();
    assertThat(mailbox.dropped()).isEqualTo(2);
  }

  @Test
  void ownerThatThrowsLosesOnlyThatMessageAndMayCloseItself() throws Exception {
    var done = new CountDownLatch(1);
    var box = new java.util.concurrent.atomic.AtomicReference<Mailbox<String>>();
    var mailbox =
        new Mailbox<String>(
            "test",
            10,
            message -> {
              if (message.equals("bad")) {
                throw new IllegalStateException("mine");
              }
              box.get().close();
              done.countDown();
            });
    box.set(mailbox);
    assertThat(mailbox.offer("bad")).isTrue();
    assertThat(mailbox.offer("good")).isTrue();
    done.await();
    assertThat(mailbox.offer("late")).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }
}
