package dev.parley.kit.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every bus keeps, in one process or between several. */
@Timeout(60)
public abstract class BusContract {
  private Bus bus = new InMemoryBus();

  /** A new bus on which nobody subscribes. */
  protected abstract Bus newBus();

  @BeforeEach
  void open() {
    bus = newBus();
  }

  @AfterEach
  void close() {
    bus.close();
  }

  @Test
  void messagesOfOnePublisherArriveInOrder() throws Exception {
    var got = new LinkedBlockingQueue<String>();
    var unused = bus.subscribe("a.b", message -> got.add(text(message)));
    List<String> sent = new ArrayList<>();
    List<String> received = new ArrayList<>();
    for (int number = 0; number < 100; number++) {
      sent.add("m" + number);
      publish("a.b", "m" + number);
    }
    while (received.size() < sent.size()) {
      received.add(got.poll(20, SECONDS));
    }
    assertThat(received).isEqualTo(sent);
  }

  @Test
  void patternsChooseAsInNats() throws Exception {
    var one = new LinkedBlockingQueue<String>();
    var rest = new LinkedBlockingQueue<String>();
    var unused = bus.subscribe("chat.*.typing", message -> one.add(message.subject()));
    var alsoUnused = bus.subscribe("chat.>", message -> rest.add(message.subject()));
    for (String subject :
        List.of("chat", "chat.1", "chat.1.typing", "chat.1.2.typing", "call.1.typing")) {
      publish(subject, "");
    }
    publish("chat.end.typing", "");
    assertThat(List.of(next(one), next(one))).containsExactly("chat.1.typing", "chat.end.typing");
    assertThat(List.of(next(rest), next(rest), next(rest), next(rest)))
        .containsExactly("chat.1", "chat.1.typing", "chat.1.2.typing", "chat.end.typing");
    assertThat(one).isEmpty();
    assertThat(rest).isEmpty();
  }

  @Test
  void everySubscriberGetsItAndAClosedOneDoesNot() throws Exception {
    var first = new LinkedBlockingQueue<String>();
    var second = new LinkedBlockingQueue<String>();
    Bus.Subscription closing = bus.subscribe("a", message -> first.add(text(message)));
    var unused = bus.subscribe("a", message -> second.add(text(message)));
    publish("a", "1");
    assertThat(next(first)).isEqualTo("1");
    assertThat(next(second)).isEqualTo("1");
    closing.close();
    closing.close();
    publish("a", "2");
    assertThat(next(second)).isEqualTo("2");
    assertThat(first).isEmpty();
  }

  @Test
  void publishingNeverWaitsForASubscriberThatIsStuck() throws Exception {
    var release = new CountDownLatch(1);
    var others = new LinkedBlockingQueue<String>();
    var unused = bus.subscribe("a", message -> await(release));
    var alsoUnused = bus.subscribe("b", message -> others.add(text(message)));
    for (int number = 0; number < 10_000; number++) {
      publish("a", "m");
    }
    publish("b", "through");
    assertThat(next(others)).isEqualTo("through");
    release.countDown();
  }

  @Test
  void receiverThatThrowsGetsTheNextMessage() throws Exception {
    var got = new LinkedBlockingQueue<String>();
    var unused =
        bus.subscribe(
            "a",
            message -> {
              got.add(text(message));
              throw new IllegalStateException("mine");
            });
    publish("a", "1");
    publish("a", "2");
    assertThat(next(got)).isEqualTo("1");
    assertThat(next(got)).isEqualTo("2");
  }

  @Test
  void publishingToNobodyIsNoMistake() {
    publish("nobody.listens", "x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a b", "a*.b", "a.>.b", "a>"})
  void patternsThatMeanNothingAreRefused(String pattern) {
    assertThatThrownBy(() -> bus.subscribe(pattern, message -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.*", "a.>", "a..b", "a\tb"})
  void subjectsThatMeanNothingAreRefused(String subject) {
    assertThatThrownBy(() -> publish(subject, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  private void publish(String subject, String text) {
    bus.publish(subject, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Bus.Message message) {
    return new String(message.payload(), StandardCharsets.UTF_8);
  }

  private static String next(LinkedBlockingQueue<String> queue) throws InterruptedException {
    String next = queue.poll(20, SECONDS);
    assertThat(next).isNotNull();
    return String.valueOf(next);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }
}
