package dev.parley.server;

import dev.parley.kit.base.Refused;
import dev.parley.kit.http.Repeatability;
import dev.parley.server.cli.Administration;
import dev.parley.server.modules.IdentityModule;
import dev.parley.server.modules.ResourcesModule;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import dev.parley.services.identity.IdentityRefusal;
import dev.parley.services.identity.TokenScope;
import dev.parley.services.identity.UserToken;
import dev.parley.services.resources.AccessKey;
import dev.parley.services.resources.ResourceDirectory;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The local commands on a data folder that no server holds: the same services, without a socket.
 */
final class LocalAdministration implements Administration {
  private static final String ACTOR = "operator";

  private final Foundation foundation;
  private final ResourcesModule resources;
  private final IdentityModule identity;
  private final String endpoint;

  /**
   * @param endpoint the public base URL with a trailing slash, as the server would say it
   */
  LocalAdministration(Foundation foundation, String endpoint) {
    this.foundation = foundation;
    this.endpoint = endpoint;
    this.resources = new ResourcesModule(foundation);
    this.identity =
        new IdentityModule(
            foundation,
            endpoint.substring(0, endpoint.length() - 1),
            new Repeatability(foundation.database(), foundation.vault(), foundation.clock()));
  }

  @Override
  public IssuedToken issueToken(TokenRequest request) {
    return said(() -> {
      var resource = entry(request.resource()).resource().id();
      Set<TokenScope> scopes = EnumSet.noneOf(TokenScope.class);
      request.scopes().forEach(word -> scopes.add(scope(word)));
      String user =
          request
              .user()
              .orElseGet(() ->
                  identity
                      .service()
                      .create(resource, null, Set.of(), request.minutes())
                      .user()
                      .id()
                      .toString());
      UserToken token =
          identity.service().takeToken(resource, user, scopes, request.minutes(), ACTOR);
      return new IssuedToken(user, token.token().reveal(), token.expiresOn().toString());
    });
  }

  private static TokenScope scope(String word) {
    return TokenScope.ofWord(word)
        .orElseThrow(() -> new Refused(new IdentityRefusal.UnknownScope(word)));
  }

  @Override
  public List<ResourceView> resources() {
    return resources.service().list().stream().map(this::view).toList();
  }

  @Override
  public ResourceView createResource(String name) {
    return said(() -> {
      resources.service().create(name, ACTOR);
      return view(resources.service().get(name));
    });
  }

  @Override
  public void deleteResource(String name) {
    said(() -> {
      resources.service().delete(name, ACTOR);
      return name;
    });
  }

  @Override
  public List<KeyView> keys(String resource) {
    return said(() -> entry(resource).keys().values().stream().map(this::view).toList());
  }

  @Override
  public KeyView rotateKey(String resource, String key) {
    AccessKey.Slot slot = AccessKey.Slot.valueOf(key.toUpperCase(Locale.ROOT));
    return said(
        () -> view(resources.service().rotateKey(entry(resource).resource().name(), slot, ACTOR)));
  }

  @Override
  public void backup(Path file) {
    foundation.database().backup(file);
  }

  @Override
  public void close() {
    try (foundation) {
      identity.close();
    }
  }

  private ResourceDirectory.Entry entry(String name) {
    return resources.service().get(name.isEmpty() ? resources.defaultResource().name() : name);
  }

  private ResourceView view(ResourceDirectory.Entry entry) {
    return new ResourceView(
        entry.resource().name(),
        entry.resource().id().toString(),
        endpoint,
        entry.resource().isDefault());
  }

  private KeyView view(AccessKey key) {
    return new KeyView(
        key.slot().word(),
        connectionString(key),
        key.createdAt().toString(),
        Optional.ofNullable(key.lastUsedAt()).map(Object::toString));
  }

  private String connectionString(AccessKey key) {
    String base64 = Base64.getEncoder().encodeToString(key.secret().reveal());
    return "endpoint=" + endpoint + ";accesskey=" + base64;
  }

  /** Says a refusal in the words that the wire would use. */
  private <T> T said(Supplier<T> work) {
    try {
      return work.get();
    } catch (Refused refused) {
      var problem =
          refused.refusal() instanceof IdentityRefusal
              ? identity.routes(resources.service()).getFirst().problem(refused.refusal())
              : resources.problem(refused.refusal());
      throw new Stopped(new Problem.Refused(problem.status(), problem.code(), problem.message()));
    }
  }
}
