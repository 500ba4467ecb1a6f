package dev.parley.server.modules;

import dev.parley.kit.bus.Bus;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.journal.JournalReader;
import dev.parley.server.Foundation;
import dev.parley.services.chat.ReceiptService;
import dev.parley.services.chat.wire.ChatPush;
import dev.parley.services.identity.IdentityService;
import dev.parley.services.identity.UserId;
import dev.parley.services.push.Device;
import dev.parley.services.push.Push;
import dev.parley.services.push.PushKey;
import dev.parley.services.push.PushService;
import dev.parley.services.push.sql.SqlPushKeyStore;
import dev.parley.services.push.wire.PushRoutes;
import dev.parley.services.resources.ResourceDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Real-time push, and the features whose facts it carries. */
public final class PushModule implements AutoCloseable {
  /** For clients to answer what they were sent, when the server stops. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final PushService service;
  private final OperationTable routes;
  private final JournalReader reader;
  private final List<Bus.Subscription> subscriptions;

  /**
   * @param chat turns chat's facts and signals into messages
   */
  public PushModule(
      Foundation foundation, IdentityModule identity, ResourceDirectory directory, ChatPush chat) {
    IdentityService users = identity.service();
    this.service =
        new PushService(
            foundation.journal(),
            List.of(chat),
            device -> stands(users, directory, device),
            foundation.clock(),
            foundation.ids(),
            PushKey.open(
                foundation.database(),
                new SqlPushKeyStore(foundation.vault()),
                foundation.clock(),
                foundation.ids()));
    this.routes = new PushRoutes(service, identity.tokens());
    users.onStandingChanged(user -> service.close(user.resource(), user.toString()));
    directory.onChange(
        () -> service.resourcesChanged(resource -> directory.byId(resource).isPresent()));
    Bus bus = foundation.bus();
    this.subscriptions =
        List.of(
            bus.subscribe(
                IdentityService.STANDING_CHANGED,
                message ->
                    service.standingChanged(new String(message.payload(), StandardCharsets.UTF_8))),
            bus.subscribe(ReceiptService.TYPING, message -> chat.typing(message, service)));
    service.start();
    this.reader = foundation.reader("push", service::dispatch);
  }

  private static boolean stands(IdentityService users, ResourceDirectory directory, Device device) {
    return directory.byId(device.resource()).isPresent()
        && UserId.parse(device.user())
            .map(user -> users.epoch(user).equals(Optional.of(device.tokenEpoch())))
            .orElse(false);
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
    subscriptions.forEach(Bus.Subscription::close);
    reader.close();
    service.close();
  }
}
