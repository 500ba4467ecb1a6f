package dev.parley.server.modules;

import dev.parley.kit.bus.Bus;
import dev.parley.server.Foundation;
import dev.parley.services.connections.Bearer;
import dev.parley.services.connections.Connections;
import dev.parley.services.identity.IdentityService;
import dev.parley.services.identity.UserId;
import dev.parley.services.resources.ResourceDirectory;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The connections that users hold open, of whatever feature: they end with their token, user or
 * resource.
 */
public final class ConnectionsModule implements AutoCloseable {
  private final Connections connections;
  private final Bus.Subscription subscription;

  public ConnectionsModule(
      Foundation foundation, IdentityService users, ResourceDirectory directory) {
    this.connections =
        new Connections(bearer -> stands(users, directory, bearer), foundation.clock());
    users.onStandingChanged(user -> connections.end(user.resource(), user.toString()));
    directory.onChange(
        () -> connections.resourcesChanged(resource -> directory.byId(resource).isPresent()));
    this.subscription =
        foundation
            .bus()
            .subscribe(
                IdentityService.STANDING_CHANGED,
                message ->
                    connections.standingChanged(
                        new String(message.payload(), StandardCharsets.UTF_8)));
  }

  private static boolean stands(IdentityService users, ResourceDirectory directory, Bearer bearer) {
    return directory.byId(bearer.resource()).isPresent()
        && UserId.parse(bearer.user())
            .map(user -> users.epoch(user).equals(Optional.of(bearer.tokenEpoch())))
            .orElse(false);
  }

  public Connections connections() {
    return connections;
  }

  @Override
  public void close() {
    subscription.close();
  }
}
