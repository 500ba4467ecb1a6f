package dev.parley.server.modules;

import dev.parley.kit.bus.Bus;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.journal.JournalReader;
import dev.parley.server.Foundation;
import dev.parley.services.chat.ReceiptService;
import dev.parley.services.chat.wire.ChatPush;
import dev.parley.services.connections.Connections;
import dev.parley.services.push.Push;
import dev.parley.services.push.PushKey;
import dev.parley.services.push.PushService;
import dev.parley.services.push.Session;
import dev.parley.services.push.sql.SqlPushKeyStore;
import dev.parley.services.push.wire.PushRoutes;
import java.time.Duration;
import java.util.List;

/** Real-time push, and the features whose facts it carries. */
public final class PushModule implements AutoCloseable {
  /** For clients to answer what they were sent, when the server stops. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PushService service;
  private final OperationTable routes;
  private final JournalReader reader;
  private final Bus.Subscription subscription;

  /**
   * @param chat turns chat's facts and signals into messages
   */
  public PushModule(
      Foundation foundation, IdentityModule identity, Connections connections, ChatPush chat) {
    this.service =
        new PushService(
            foundation.journal(),
            List.of(chat),
            connections,
            foundation.clock(),
            foundation.ids(),
            PushKey.open(
                foundation.database(),
                new SqlPushKeyStore(foundation.vault()),
                foundation.clock(),
                foundation.ids()));
    this.routes = new PushRoutes(service, identity.tokens());
    this.subscription =
        foundation.bus().subscribe(ReceiptService.TYPING, message -> chat.typing(message, service));
    foundation
        .observation()
        .gauge(
            "parley_push_connections",
            "Chat clients that are connected.",
            () -> connections.count(Session.class));
    service.start();
    this.reader = foundation.reader("push", service::dispatch);
  }

  /** The port by which other features push. */
  public Push push() {
    return service;
  }

  public OperationTable routes() {
    return routes;
  }

  /** Lets clients go: before the HTTP server stops. */
  public void stop() {
    service.stop(PATIENCE);
  }

  @Override
  public void close() {
    subscription.close();
    reader.close();
    service.close();
  }
}
