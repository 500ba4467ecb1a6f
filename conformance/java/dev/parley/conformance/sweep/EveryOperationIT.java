package dev.parley.conformance.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.parley.conformance.ledger.Evidence;
import dev.parley.conformance.ledger.Language;
import dev.parley.conformance.ledger.Operation;
import dev.parley.conformance.ledger.Operations;
import dev.parley.conformance.server.Connection;
import dev.parley.conformance.server.ParleyExtension;
import dev.parley.conformance.server.RawClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends every operation of the ledger once, signed, without an SDK. What Parley does not have yet
 * answers 501 with the error envelope; what is not 501 counts as implemented. That nothing unproven
 * answers 404 is checked with the ledger, when all proofs are known.
 */
@ExtendWith(ParleyExtension.class)
class EveryOperationIT {

  private static final int INTERNAL_ERROR = 500;
  private static final int NOT_IMPLEMENTED = 501;
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
  private static final Pattern DATE = Pattern.compile("20\\d\\d-.*");
  private static final JsonMapper JSON = new JsonMapper();

  @TestFactory
  Stream<DynamicTest> everyOperationIsKnown(Connection connection) {
    Operations operations = Operations.read(Path.of(System.getProperty("conformance.folder", "")));
    RawClient client = new RawClient(connection);
    return operations.all().stream()
        .map(operation -> dynamicTest(operation.id(), () -> send(client, operation)))
        .onClose(client::close);
  }

  private static void send(RawClient client, Operation operation)
      throws IOException, InterruptedException {
    boolean hasBody = WITH_BODY.contains(operation.method());
    HttpResponse<String> answer =
        client.send(
            operation.method(),
            target(operation),
            hasBody ? "{}" : "",
            operation.method().equals("PATCH")
                ? "application/merge-patch+json"
                : "application/json");
    Evidence.ofThisRun().addAnswer(operation, answer.statusCode());
    assertThat(answer.statusCode()).as("an answer, not a fault").isNotEqualTo(INTERNAL_ERROR);
    if (answer.statusCode() == NOT_IMPLEMENTED) {
      assertEnvelope(answer);
    }
  }

  private static void assertEnvelope(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("application/json");
    JsonNode error = JSON.readTree(answer.body()).path("error");
    assertThat(error.path("code").asString("")).as("error.code").isNotBlank();
    assertThat(error.path("message").asString("")).as("error.message").isNotBlank();
    assertThat(answer.headers().firstValue("x-ms-error-code"))
        .hasValue(error.path("code").asString());
  }

  private static String target(Operation operation) {
    Matcher parameter = PARAMETER.matcher(operation.path());
    String path = parameter.replaceAll(match -> Matcher.quoteReplacement(value(match.group(1))));
    return Stream.of(Language.values())
        .map(operation::apiVersion)
        .filter(version -> DATE.matcher(version).matches())
        .findFirst()
        .map(version -> path + "?api-version=" + version)
        .orElse(path);
  }

  /** A value that has the form of the parameter but names nothing that exists. */
  private static String value(String parameter) {
    return switch (parameter) {
      case "subscriptionId" -> "00000000-0000-4000-8000-000000000001";
      case "scope" -> "subscriptions/00000000-0000-4000-8000-000000000001";
      case "countryCode" -> "US";
      case "phoneNumber" -> "+18005550100";
      case "id" ->
          "8:acs:00000000-0000-4000-8000-000000000001_00000000-0000-4000-8000-000000000002";
      case "chatThreadId" -> "19:0000000000000000000000000000000000@thread.v2";
      default -> "none";
    };
  }
}
