package dev.parley.server.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.http.Access;
import dev.parley.kit.http.Json;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.PathTemplate.Segment;
import dev.parley.kit.http.PercentCoding;
import dev.parley.server.TestServer;
import dev.parley.server.refusals.Row.Cell;
import dev.parley.server.refusals.Row.Field;
import dev.parley.server.refusals.Row.Id;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Asks every operation of the running server with every credential and every kind of bad input. The
 * whole matrix, with the reason of each cell that cannot apply, is written to {@code
 * target/refusal-matrix.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefusalMatrixTest {
  /** One list per feature; a new feature adds its own here. */
  static final List<List<Row>> ROWS =
      List.of(
          ManageRows.rows(),
          IdentityRows.rows(),
          ChatRows.rows(),
          PushRows.rows(),
          CallingRows.rows(),
          RoomRows.rows(),
          RelayRows.rows());

  private static final String VERSION = "api-version=2025-03-15";

  @TempDir static Path folder;
  private TestServer server;
  private World world;
  private final Map<String, Row> rows = new HashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final Set<String> sentSignatures = new HashSet<>();
  private int asked;

  @BeforeAll
  void start() throws Exception {
    ROWS.forEach(feature -> feature.forEach(row -> rows.put(row.operation, row)));
    server =
        new TestServer(
            folder,
            Map.of(
                "log.level", "debug",
                "log.format", "json",
                "relay.urls", "turn:localhost:3478",
                "relay.secret", World.RELAY_SECRET));
    world = new World(server);
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
    lines.addFirst(lines.size() + " cells, " + asked + " requests, " + rows.size() + " operations");
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/refusal-matrix.txt"), lines);
  }

  @Test
  @Order(1)
  void everyOperationHasARowAndEveryRowAnOperation() {
    Set<String> served =
        server.operations().stream().map(Operation::name).collect(Collectors.toSet());
    assertThat(new TreeSet<>(rows.keySet()))
        .as("add what is missing to the feature's class in " + getClass().getPackageName())
        .isEqualTo(new TreeSet<>(served));
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> refusals() {
    return server.operations().stream()
        .sorted(Comparator.comparing(Operation::name))
        .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> askAll(operation)));
  }

  @Test
  @Order(3)
  void logOfAllThatHoldsNoSecret() {
    String log = server.log();
    assertThat(log.lines().count()).isGreaterThan(asked);
    assertThat(log).contains("\"mdc\"").contains("operation=identity.create");
    for (String secret : world.secrets) {
      assertThat(log.contains(secret)).as("a key or token is in the log").isFalse();
      String payload = secret.substring(0, Math.min(secret.length(), 60));
      assertThat(secret.length() > 60 && log.contains(payload)).isFalse();
    }
    for (String sent : sentSignatures) {
      assertThat(log.contains(sent)).as("a signature is in the log").isFalse();
    }
    assertThat(log).doesNotContain("accesskey=", "Bearer ey", "Signature=");
    assertThat(log.lines().filter(line -> line.contains("\"level\":\"ERROR\""))).isEmpty();
  }

  /** What was wrong with one operation, so that one run shows all. */
  private final class Cells {
    private final Operation operation;
    private final List<String> failures = new ArrayList<>();

    Cells(Operation operation) {
      this.operation = operation;
    }

    void cell(String column, Cell expected, Asking asking) throws Exception {
      String because = expected.because();
      if (because != null) {
        lines.add(operation.name() + " | " + column + " | - " + because);
        return;
      }
      Row.Refusal refusal = Objects.requireNonNull(expected.refusal());
      HttpResponse<String> answer;
      asked++;
      try {
        answer = asking.ask().send();
      } catch (java.io.IOException unanswered) {
        failures.add(column + ": " + unanswered);
        return;
      }
      lines.add(
          operation.name() + " | " + column + " | " + refusal.status() + " " + refusal.code());
      String wrong = wrong(answer, refusal);
      if (!wrong.isEmpty()) {
        failures.add(column + ": " + wrong);
      }
    }

    void harmless(String column, String because, Asking asking) throws Exception {
      HttpResponse<String> answer = asking.ask().send();
      asked++;
      lines.add(operation.name() + " | " + column + " | - " + because);
      if (answer.statusCode() >= 500 || answer.body().contains("<html")) {
        failures.add(column + ": " + answer.statusCode() + " " + answer.body());
      }
    }
  }

  /** Makes a request; only when its cell applies. */
  private interface Asking {
    Ask ask();
  }

  private static String wrong(HttpResponse<String> answer, Row.Refusal expected) {
    String body = answer.body();
    boolean right =
        answer.statusCode() == expected.status()
            && body.startsWith("{\"error\":{\"code\":\"" + expected.code() + "\"")
            && answer.headers().firstValue("x-ms-error-code").orElse("").equals(expected.code())
            && answer.headers().firstValue("x-ms-request-id").isPresent()
            && answer.headers().firstValue("content-type").orElse("").startsWith("application/json")
            && !body.contains("\tat ")
            && !body.contains("Exception")
            && !body.contains("<html");
    return right ? "" : "expected " + expected + " and got " + answer.statusCode() + " " + body;
  }

  private void askAll(Operation operation) throws Exception {
    Row row = rows.get(operation.name());
    Objects.requireNonNull(row, () -> "no row of refusals for " + operation.name());
    Cells cells = new Cells(operation);
    credentials(cells, operation, row);
    versions(cells, operation, row);
    ids(cells, operation, row);
    bodies(cells, operation, row);
    repeatability(cells, operation, row);
    assertThat(cells.failures).as(operation.name()).isEmpty();
  }

  private void credentials(Cells cells, Operation operation, Row row) throws Exception {
    for (Credential credential : Credential.values()) {
      Cell expected = credential.expected(operation.access());
      Asking asking =
          () -> {
            Ask ask = ask(operation, path(row, operation, Id::unknownId), sample(row));
            credential.sign(ask, world);
            return noted(ask);
          };
      if (operation.access() instanceof Access.Anyone) {
        cells.harmless("credential " + credential, "it asks for no credential", asking);
      } else {
        cells.cell("credential " + credential, expected, asking);
      }
    }
  }

  private Ask noted(Ask ask) {
    String authorization = ask.sent("Authorization");
    if (authorization != null && authorization.contains("Signature=")) {
      sentSignatures.add(authorization.substring(authorization.indexOf("Signature=") + 10));
    }
    return ask;
  }

  private void versions(Cells cells, Operation operation, Row row) throws Exception {
    boolean versioned = operation.versioned();
    Cell none = Cell.none("it has no versions");
    cells.cell(
        "api-version missing",
        versioned ? Cell.of(400, "MissingApiVersionParameter") : none,
        () -> right(operation, bare(row, operation, Id::unknownId), sample(row)));
    cells.cell(
        "api-version malformed",
        versioned ? Cell.of(400, "InvalidApiVersionParameter") : none,
        () ->
            right(
                operation,
                bare(row, operation, Id::unknownId) + "?api-version=latest",
                sample(row)));
  }

  private void ids(Cells cells, Operation operation, Row row) throws Exception {
    Set<String> parameters = new TreeSet<>();
    for (Segment segment : operation.path().segments()) {
      if (segment instanceof Segment.Parameter parameter) {
        parameters.add(parameter.name());
      }
    }
    assertThat(row.ids.keySet())
        .as(operation.name() + ": path parameters without a row entry")
        .containsExactlyInAnyOrderElementsOf(parameters);
    if (parameters.isEmpty()) {
      for (String kind : List.of("unknown", "malformed", "foreign")) {
        cells.cell("id " + kind, Cell.none("its path holds no id"), () -> ask(operation, "", null));
      }
    }
    for (String name : parameters) {
      Id id = row.id(name);
      id(cells, operation, row, name, "unknown", id.unknown(), id.unknownId());
      id(cells, operation, row, name, "malformed", id.malformed(), world -> id.malformedId());
      id(cells, operation, row, name, "foreign", id.foreign(), id.foreignId());
    }
  }

  private void id(
      Cells cells,
      Operation operation,
      Row row,
      String name,
      String kind,
      Cell expected,
      Function<World, String> wrong)
      throws Exception {
    cells.cell(
        "id " + name + " " + kind,
        expected,
        () -> {
          String path =
              pathWith(
                  operation,
                  parameter ->
                      parameter.equals(name)
                          ? wrong.apply(world)
                          : row.id(parameter).right().apply(world));
          return right(operation, path, sample(row));
        });
  }

  private void bodies(Cells cells, Operation operation, Row row) throws Exception {
    cells.cell(
        "body too large",
        Cell.of(413, "RequestEntityTooLarge"),
        () ->
            right(
                operation,
                path(row, operation, Id::unknownId),
                "x".repeat(operation.bodyBytesMax() + 1)));
    String sample = sample(row);
    if (sample == null) {
      String because =
          Objects.requireNonNull(
              row.bodyless, () -> operation.name() + ": say body(...) or noBody(...)");
      for (String kind : List.of("malformed", "wrong type", "missing", "too long")) {
        cells.cell("body " + kind, Cell.none(because), () -> ask(operation, "", null));
      }
      return;
    }
    cells.cell(
        "body malformed",
        Cell.of(400, "BadRequest"),
        () -> right(operation, path(row, operation, Id::right), "{\"a\":"));
    cells.cell(
        "body no object",
        Cell.of(400, "BadRequest"),
        () -> right(operation, path(row, operation, Id::right), "[]"));
    JsonNode tree = Json.readObject(sample.getBytes(StandardCharsets.UTF_8));
    assertThat(row.fields.keySet())
        .as(operation.name() + ": fields of its body without a row entry")
        .containsExactlyInAnyOrderElementsOf(tree.propertyNames());
    for (Map.Entry<String, Field> field : row.fields.entrySet()) {
      field(cells, operation, row, field.getKey(), field.getValue());
    }
  }

  private void field(Cells cells, Operation operation, Row row, String name, Field field)
      throws Exception {
    JsonNode given =
        Json.readObject(Objects.requireNonNull(sample(row)).getBytes(StandardCharsets.UTF_8))
            .get(name);
    for (String wrong : wrongTypes(given)) {
      cells.cell(
          "body " + name + "=" + wrong,
          Cell.of(400, "BadRequest"),
          () -> changed(operation, row, name, wrong));
    }
    Cell optional = Cell.none("it may be left out");
    cells.cell(
        "body " + name + " missing",
        field.required() ? Cell.of(400, "BadRequest") : optional,
        () -> changed(operation, row, name, null));
    cells.cell(
        "body " + name + " null",
        field.required() ? Cell.of(400, "BadRequest") : optional,
        () -> changed(operation, row, name, "null"));
    cells.cell(
        "body " + name + " too long",
        field.refusedAs(),
        () -> changed(operation, row, name, field.tooLong()));
  }

  private static List<String> wrongTypes(JsonNode given) {
    if (given.isString()) {
      return List.of("7", "true", "{}", "[\"a\"]");
    }
    if (given.isNumber()) {
      return List.of("\"60\"", "1.5", "true", "{}", "1e99");
    }
    return given.isArray() ? List.of("\"a\"", "{\"a\":1}", "7") : List.of("\"a\"", "[1]", "7");
  }

  private Ask changed(Operation operation, Row row, String field, @Nullable String value) {
    String path = path(row, operation, Id::right);
    JsonNode tree =
        Json.readObject(Objects.requireNonNull(sample(row)).getBytes(StandardCharsets.UTF_8));
    List<String> members = new ArrayList<>();
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      String text = member.getKey().equals(field) ? value : member.getValue().toString();
      if (text != null) {
        members.add("\"" + member.getKey() + "\":" + text);
      }
    }
    return right(operation, path, "{" + String.join(",", members) + "}");
  }

  private void repeatability(Cells cells, Operation operation, Row row) throws Exception {
    String because = row.unrepeatable;
    if (operation.method().equals("GET")) {
      because = "reading is safe to repeat";
    } else if (operation.access() instanceof Access.Anyone && because == null) {
      because = "strangers share no memory of ids";
    }
    if (because != null) {
      cells.cell("repeatability conflict", Cell.none(because), () -> ask(operation, "", null));
      return;
    }
    String id = new UUID(asked, operation.name().hashCode()).toString();
    String path = path(row, operation, Id::right);
    String body = sample(row);
    HttpResponse<String> first =
        right(operation, path, body, Map.of("Repeatability-Request-ID", id)).send();
    assertThat(first.statusCode()).as(operation.name() + " " + first.body()).isLessThan(300);
    String other = path + (path.contains("?") ? "&" : "?") + "other=1";
    cells.cell(
        "repeatability conflict",
        Cell.of(409, "RepeatabilityConflict"),
        () -> right(operation, other, body, Map.of("Repeatability-Request-ID", id)));
  }

  private @Nullable String sample(Row row) {
    return row.body == null ? null : row.body.apply(world);
  }

  private Ask ask(Operation operation, String path, @Nullable String body) {
    return new Ask(server, operation.method(), path).body(body);
  }

  private Ask right(Operation operation, String path, @Nullable String body) {
    return right(operation, path, body, Map.of());
  }

  private Ask right(
      Operation operation, String path, @Nullable String body, Map<String, String> headers) {
    Ask ask = ask(operation, path, body);
    headers.forEach(ask::header);
    Credential.right(operation.access()).sign(ask, world);
    return noted(ask);
  }

  private String path(Row row, Operation operation, Function<Id, Function<World, String>> kind) {
    String path = bare(row, operation, kind);
    return operation.versioned() ? path + "?" + VERSION : path;
  }

  private String bare(Row row, Operation operation, Function<Id, Function<World, String>> kind) {
    return rawPath(operation, name -> kind.apply(row.id(name)).apply(world));
  }

  private String pathWith(Operation operation, Function<String, String> value) {
    String path = rawPath(operation, value);
    return operation.versioned() ? path + "?" + VERSION : path;
  }

  private static String rawPath(Operation operation, Function<String, String> value) {
    StringBuilder path = new StringBuilder();
    for (Segment segment : operation.path().segments()) {
      path.append('/');
      switch (segment) {
        case Segment.Literal literal -> path.append(literal.text());
        case Segment.Parameter named ->
            path.append(PercentCoding.encode(value.apply(named.name()))).append(named.verb());
      }
    }
    return path.toString();
  }
}
