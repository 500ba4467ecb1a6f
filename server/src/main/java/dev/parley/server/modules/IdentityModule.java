package dev.parley.server.modules;

import dev.parley.kit.auth.Es256;
import dev.parley.kit.base.ResourceId;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Repeatability;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.JournalReader;
import dev.parley.server.Foundation;
import dev.parley.services.identity.IdentityService;
import dev.parley.services.identity.SigningKeys;
import dev.parley.services.identity.UserTokens;
import dev.parley.services.identity.sql.SqlSigningKeyStore;
import dev.parley.services.identity.sql.SqlUserStore;
import dev.parley.services.identity.wire.IdentityManageRoutes;
import dev.parley.services.identity.wire.IdentityRoutes;
import dev.parley.services.resources.ResourceRefusal;
import dev.parley.services.resources.ResourceService;
import dev.parley.services.resources.wire.ResourceRoutes;
import java.util.List;
import java.util.Map;

/** Users and tokens. */
public final class IdentityModule implements AutoCloseable {
  private final IdentityService service;
  private final SigningKeys signingKeys;
  private final UserTokens tokens;
  private final Repeatability repeatability;
  private final JournalReader reader;

  /**
   * @param issuer the public base URL, which tokens name
   * @param repeatability whose answers to users end with them
   */
  public IdentityModule(Foundation foundation, String issuer, Repeatability repeatability) {
    this.repeatability = repeatability;
    this.signingKeys =
        SigningKeys.open(
            foundation.database(),
            new SqlSigningKeyStore(foundation.vault()),
            foundation.audit(),
            foundation.clock());
    Es256 es256 = Es256.fastestSoon(IdentityModule::apart);
    this.tokens = new UserTokens(signingKeys, es256, foundation.clock(), issuer);
    this.service =
        new IdentityService(
            foundation.database(),
            new SqlUserStore(),
            foundation.journal(),
            foundation.audit(),
            foundation.bus(),
            foundation.clock(),
            foundation.ids(),
            tokens);
    this.reader =
        foundation.reader(
            "identity",
            Map.of(
                IdentityService.USER_DELETED,
                fact -> repeatability.forget(fact.resource(), fact.subject()),
                ResourceService.DELETED,
                this::resourceDeleted));
  }

  /** Loading native code would hold a virtual thread's carrier; a stop does not wait for it. */
  private static void apart(Runnable choice) {
    Thread.ofPlatform().daemon().name("es256").start(choice);
  }

  private void resourceDeleted(Fact fact) {
    service.resourceDeleted(fact.resource());
    repeatability.forget(fact.resource());
  }

  public IdentityService service() {
    return service;
  }

  public UserTokens tokens() {
    return tokens;
  }

  public SigningKeys signingKeys() {
    return signingKeys;
  }

  /** The operation tables: that of ACS, and what the management API adds. */
  public List<OperationTable> routes(ResourceService resources) {
    return List.of(
        new IdentityRoutes(service, tokens),
        new IdentityManageRoutes(service, signingKeys, name -> resource(resources, name)));
  }

  /** The refusals of resources are not identity's, so this says its own. */
  private static ResourceId resource(ResourceService resources, String name) {
    return resources
        .directory()
        .byName(name)
        .map(entry -> entry.resource().id())
        .orElseThrow(
            () -> ResourceRoutes.of(new ResourceRefusal.UnknownResource(name)).exception());
  }

  @Override
  public void close() {
    reader.close();
  }
}
