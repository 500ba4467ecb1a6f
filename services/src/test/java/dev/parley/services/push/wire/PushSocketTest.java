package dev.parley.services.push.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.base.Secret;
import dev.parley.kit.http.Socket;
import dev.parley.kit.journal.Entry;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.Journal;
import dev.parley.kit.sql.Tx;
import dev.parley.kit.test.FakeClock;
import dev.parley.kit.test.SeededIds;
import dev.parley.services.connections.Connections;
import dev.parley.services.push.Device;
import dev.parley.services.push.PushService;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a client may do at the moment when it reads something on its socket. */
class PushSocketTest {
  private static final ResourceId RESOURCE = new ResourceId(new UUID(7, 7));
  private static final String USER = "8:acs:user";

  private final FakeClock clock = new FakeClock();

  @Test
  void clientRegistersAsSoonAsItReadsThatItIsConnected() {
    try (PushService service = service()) {
      PushService.Allocation place = service.allocate(USER, "reg", null);
      Device device =
          new Device(
              new UUID(0, 0), RESOURCE, USER, "reg", 0, clock.now().plus(Duration.ofHours(24)));
      PushService.Claim claim = service.claim(service.handshake(device, place.resume()));
      List<String> read = new ArrayList<>();
      Reader reader =
          new Reader(text -> {
            read.add(text);
            if (text.contains("trouter.connected")) {
              service.register(USER, place.session(), Duration.ofHours(2));
            }
          });

      new PushSocket(claim, new PushFrames("https://localhost", place.session())).opened(reader);

      assertThat(read).first().isEqualTo("1::");
      assertThat(read).anyMatch(text -> text.contains("trouter.connected"));
      assertThat(service.isConnected(RESOURCE, USER)).isTrue();
    }
  }

  private PushService service() {
    PushService service =
        new PushService(
            new EmptyJournal(),
            List.of(),
            new Connections(bearer -> true, clock),
            clock,
            new SeededIds(1),
            Secret.of(new byte[32]));
    service.start();
    return service;
  }

  /** A client's end that acts on a text before the server's call returns. */
  private record Reader(Consumer<String> on) implements Socket {
    @Override
    public boolean send(String text) {
      on.accept(text);
      return true;
    }

    @Override
    public boolean send(byte[] utf8) {
      return send(new String(utf8, StandardCharsets.UTF_8));
    }

    @Override
    public boolean sendSoon(String text) {
      return send(text);
    }

    @Override
    public void close(int code, String reason) {}

    @Override
    public void cut() {}

    @Override
    public long queuedBytes() {
      return 0;
    }
  }

  /** Nothing ever happens. */
  private static final class EmptyJournal implements Journal {
    @Override
    public long append(Tx tx, Fact fact) {
      throw new UnsupportedOperationException("nothing happens here");
    }

    @Override
    public List<Entry> after(long position, int limit) {
      return List.of();
    }

    @Override
    public int eraseSubject(Tx tx, ResourceId resource, String subject) {
      return 0;
    }

    @Override
    public long head() {
      return 0;
    }
  }
}
