package dev.parley.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.kit.base.ResourceId;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kept answers end with those who got them; {@link PipelineTest} has what repeating does. */
class RepeatabilityTest {
  private static final String VERSION = "?api-version=2023-10-01";

  @TempDir Path folder;

  @Test
  void keptAnswersEndWithTheirUserAndTheirResource() throws Exception {
    try (Served served = new Served(folder, Served.Limits.USUAL)) {
      ask(served, "/things/:look", Served.KEY, "of the key");
      ask(served, "/things/:say", Served.USER, "of u");
      ask(served, "/things/:say", Served.OTHER_USER, "of v");
      served.repeatability.forget(ThingTable.RESOURCE, "u");
      assertThat(kept(served)).containsExactly("of the key", "of v");
      ResourceId other = new ResourceId(new UUID(1, 2));
      served.repeatability.forget(other, "v");
      served.repeatability.forget(other);
      assertThat(kept(served)).containsExactly("of the key", "of v");
      served.repeatability.forget(ThingTable.RESOURCE);
      assertThat(kept(served)).isEmpty();
    }
  }

  private static void ask(Served served, String path, String credential, String id)
      throws Exception {
    var request =
        served
            .request(path + VERSION)
            .header("Authorization", credential)
            .header("Repeatability-Request-ID", id)
            .POST(BodyPublishers.noBody());
    assertThat(served.send(request).statusCode()).isEqualTo(200);
  }

  private static List<String> kept(Served served) {
    return served.database.read(
        "test",
        reading ->
            reading.list(
                "select request_id from repeatability order by request_id", row -> row.text(1)));
  }
}
