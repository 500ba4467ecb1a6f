package dev.parley.server.modules;

import dev.parley.kit.http.BaseUrls;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.journal.Fact;
import dev.parley.kit.journal.JournalReader;
import dev.parley.server.Foundation;
import dev.parley.services.resources.Resource;
import dev.parley.services.resources.ResourceService;
import dev.parley.services.resources.sql.SqlResourceStore;
import dev.parley.services.resources.wire.ResourceRoutes;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Resources. It comes first: everything else is looked up within one. */
public final class ResourcesModule implements AutoCloseable {
  private static final String DEFAULT_NAME = "default";
  private final Foundation foundation;
  private final ResourceService service;
  private final Resource defaultResource;
  private @Nullable JournalReader reader;

  public ResourcesModule(Foundation foundation) {
    this.foundation = foundation;
    this.service =
        new ResourceService(
            foundation.database(),
            new SqlResourceStore(foundation.vault()),
            foundation.journal(),
            foundation.audit(),
            foundation.clock(),
            foundation.ids());
    this.defaultResource = service.start(DEFAULT_NAME);
  }

  public ResourceService service() {
    return service;
  }

  public Resource defaultResource() {
    return defaultResource;
  }

  /** Calls {@code changed} soon after a resource was made or deleted, here or elsewhere. */
  public void whenChanged(Runnable changed) {
    Consumer<Fact> change =
        fact -> {
          service.refresh();
          changed.run();
        };
    reader =
        foundation.reader(
            "resources", Map.of(ResourceService.CREATED, change, ResourceService.DELETED, change));
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
  }

  /** The operation table. */
  public OperationTable routes(BaseUrls baseUrls) {
    return new ResourceRoutes(service, foundation.audit(), baseUrls);
  }

  /** What a refusal of this feature says. */
  public dev.parley.kit.http.Problem problem(dev.parley.kit.base.Refusal refusal) {
    return ResourceRoutes.of(refusal);
  }
}
