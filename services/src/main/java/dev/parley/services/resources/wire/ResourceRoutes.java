package dev.parley.services.resources.wire;

import static dev.parley.kit.http.Access.operator;
import static dev.parley.kit.http.Operation.plain;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.http.Answer;
import dev.parley.kit.http.BaseUrls;
import dev.parley.kit.http.Exchange;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import dev.parley.services.audit.AuditLog;
import dev.parley.services.resources.AccessKey;
import dev.parley.services.resources.ResourceDirectory;
import dev.parley.services.resources.ResourceRefusal;
import dev.parley.services.resources.ResourceService;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operation table of resources. */
public final class ResourceRoutes implements OperationTable {
  private static final String ACTOR = "operator";
  private final ResourceService resources;
  private final AuditLog audit;
  private final BaseUrls baseUrls;

  public ResourceRoutes(ResourceService resources, AuditLog audit, BaseUrls baseUrls) {
    this.resources = resources;
    this.audit = audit;
    this.baseUrls = baseUrls;
  }

  @Override
  public List<Operation> operations() {
    String one = "/manage/v1/resources/{name}";
    return List.of(
        plain("manage.listResources", "GET", "/manage/v1/resources", operator(), this::list),
        plain("manage.createResource", "PUT", one, operator(), this::create),
        plain("manage.getResource", "GET", one, operator(), this::get),
        plain("manage.deleteResource", "DELETE", one, operator(), this::delete),
        plain("manage.rotateKey", "POST", one + "/keys/{slot}/:rotate", operator(), this::rotate),
        plain("manage.listAudit", "GET", one + "/audit", operator(), this::auditLines),
        plain("manage.listAllAudit", "GET", "/manage/v1/audit", operator(), this::allAuditLines));
  }

  @Override
  public Problem problem(Refusal refusal) {
    return of(refusal);
  }

  /** The same for callers without a request. */
  public static Problem of(Refusal refusal) {
    return ResourceErrors.problem((ResourceRefusal) refusal);
  }

  /** A resource as the management API shows it. */
  record ResourceBody(
      String id,
      String name,
      Instant createdAt,
      boolean isDefault,
      String endpoint,
      List<KeyBody> keys) {}

  /** A key with what an operator needs to use and to judge it. */
  record KeyBody(
      String slot,
      String key,
      String connectionString,
      Instant createdAt,
      @Nullable Instant lastUsedAt) {}

  record ResourceList(List<ResourceBody> value) {}

  /** A line; without {@code resourceId} it is of the installation itself. */
  record AuditBody(
      @Nullable String resourceId, Instant at, String actor, String action, String subject) {}

  record AuditList(List<AuditBody> value) {}

  private Answer list(Exchange exchange) {
    return Answer.json(200, new ResourceList(resources.list().stream().map(this::body).toList()));
  }

  private Answer get(Exchange exchange) {
    return Answer.json(200, body(resources.get(exchange.parameter("name"))));
  }

  private Answer create(Exchange exchange) {
    String name = exchange.parameter("name");
    resources.create(name, ACTOR);
    return Answer.json(201, body(resources.get(name)));
  }

  private Answer delete(Exchange exchange) {
    resources.delete(exchange.parameter("name"), ACTOR);
    return Answer.empty(204);
  }

  private Answer rotate(Exchange exchange) {
    String word = exchange.parameter("slot");
    AccessKey.Slot slot =
        Arrays.stream(AccessKey.Slot.values())
            .filter(one -> one.word().equals(word))
            .findFirst()
            .orElseThrow(() ->
                Problem.badRequest("The key is 'primary' or 'secondary'.", "slot").exception());
    String name = exchange.parameter("name");
    resources.rotateKey(name, slot, ACTOR);
    return Answer.json(200, body(resources.get(name)));
  }

  private Answer auditLines(Exchange exchange) {
    ResourceDirectory.Entry entry = resources.get(exchange.parameter("name"));
    return answer(audit.newest(entry.resource().id(), top(exchange)));
  }

  private Answer allAuditLines(Exchange exchange) {
    return answer(audit.newest(top(exchange)));
  }

  private static int top(Exchange exchange) {
    return exchange.query().number("top", 100, 1, 1000);
  }

  private static Answer answer(List<AuditLog.Line> lines) {
    return Answer.json(200, new AuditList(lines.stream().map(ResourceRoutes::body).toList()));
  }

  private static AuditBody body(AuditLog.Line line) {
    boolean installation = line.resource().equals(AuditLog.INSTALLATION);
    return new AuditBody(
        installation ? null : line.resource().toString(),
        line.at(),
        line.actor(),
        line.action(),
        line.subject());
  }

  private ResourceBody body(ResourceDirectory.Entry entry) {
    // The base host serves every resource by its key; a host of its own needs DNS.
    String endpoint = baseUrls.base() + "/";
    List<KeyBody> keys = entry.keys().values().stream().map(key -> body(endpoint, key)).toList();
    return new ResourceBody(
        entry.resource().id().toString(),
        entry.resource().name(),
        entry.resource().createdAt(),
        entry.resource().isDefault(),
        endpoint,
        keys);
  }

  private static KeyBody body(String endpoint, AccessKey key) {
    String base64 = Base64.getEncoder().encodeToString(key.secret().reveal());
    return new KeyBody(
        key.slot().word(),
        base64,
        "endpoint=" + endpoint + ";accesskey=" + base64,
        key.createdAt(),
        key.lastUsedAt());
  }
}
