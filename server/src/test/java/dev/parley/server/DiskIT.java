package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server on a disk that is full or read-only, before it starts and while it runs. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class DiskIT {
  private static final String READY = "Ctrl-C stops it";
  @TempDir Path folder;
  private SmallDisk disk;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.at(folder.resolve("disk"));
  }

  @AfterEach
  void unmount() {
    disk.close();
  }

  @Test
  void fullDiskIsToldAndNothingAcknowledgedIsLostByItOrByAKill() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    try (ParleyProcess server = up().until(READY);
        HttpClient client = client()) {
      Asker asker = new Asker(client);
      assertThat(asker.put("before")).isEqualTo(201);
      acknowledged.add("before");
      disk.fill(server.pid());
      HttpResponse<String> refused = writeUntilRefused(asker, acknowledged);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.body()).contains("\"code\":\"ServiceUnavailable\"");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(asker.get("/health/ready").statusCode()).isEqualTo(503);
      assertThat(asker.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(asker.get("/manage/v1/resources/before").statusCode()).isEqualTo(200);
      disk.free(server.pid());
      assertThat(asker.put("after")).isEqualTo(201);
      acknowledged.add("after");
      assertThat(asker.get("/health/ready").statusCode()).isEqualTo(200);
      disk.fill(server.pid());
      writeUntilRefused(asker, acknowledged);
      server.kill();
      disk.free(server.pid());
    }
    try (ParleyProcess again = up().until(READY);
        HttpClient client = client()) {
      String all = new Asker(client).get("/manage/v1/resources").body();
      assertThat(acknowledged).allSatisfy(name -> assertThat(all).contains("\"" + name + "\""));
      assertThat(all.split("\"isDefault\":false", -1).length - 1).isEqualTo(acknowledged.size());
      again.terminate();
      assertThat(again.finished().exitCode()).isZero();
    }
  }

  /** The journal's readers may still save their places where there is room; then there is none. */
  private static HttpResponse<String> writeUntilRefused(Asker asker, List<String> acknowledged)
      throws Exception {
    for (int at = 0; at < 5000; at++) {
      String name = "r" + acknowledged.size() + "-" + at;
      HttpResponse<String> answer = asker.send("PUT", "/manage/v1/resources/" + name);
      if (answer.statusCode() == 201) {
        acknowledged.add(name);
      } else if (asker.get("/health/ready").statusCode() != 200) {
        return answer;
      }
    }
    throw new AssertionError("a full disk never refused");
  }

  @Test
  void startOnAFullDiskIsRefusedWithItsReason() throws Exception {
    try (ParleyProcess first = up().until(READY)) {
      first.terminate();
      assertThat(first.finished().exitCode()).isZero();
      disk.fill(first.pid());
    }
    assertUnwritable();
  }

  @Test
  void startOnAReadOnlyDiskIsRefusedWithItsReason() throws Exception {
    try (ParleyProcess first = up().until(READY)) {
      first.terminate();
      assertThat(first.finished().exitCode()).isZero();
    }
    disk.makeReadOnly();
    assertUnwritable();
  }

  private void assertUnwritable() throws Exception {
    try (ParleyProcess refused = up()) {
      ParleyProcess.Finished finished = refused.finished();
      assertThat(finished.exitCode()).as(finished.output()).isEqualTo(6);
      assertThat(finished.output())
          .contains("cannot write", "free some space")
          .doesNotContain("\tat ");
    }
  }

  private ParleyProcess up() throws Exception {
    return ParleyProcess.startBy(
        disk.program(), folder, "up", "--port", "0", "--data", data().toString());
  }

  private Path data() {
    return folder.resolve("disk/data");
  }

  private Map<String, String> connection() throws Exception {
    return ParleyProcess.connection(disk.seenFromHere(data()));
  }

  private HttpClient client() throws Exception {
    Map<String, String> connection = connection();
    Path trust = Path.of(Objects.requireNonNull(connection.get("PARLEY_TRUSTSTORE")));
    char[] password =
        Objects.requireNonNull(connection.get("PARLEY_TRUSTSTORE_PASSWORD")).toCharArray();
    KeyStore anchors = KeyStore.getInstance(disk.seenFromHere(trust).toFile(), password);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(anchors);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  /** An operator at the running server. */
  private final class Asker {
    private final HttpClient client;
    private final URI endpoint;
    private final String token;

    Asker(HttpClient client) throws Exception {
      this.client = client;
      this.endpoint = URI.create(Objects.requireNonNull(connection().get("PARLEY_ENDPOINT")));
      this.token = Files.readString(disk.seenFromHere(data().resolve("admin.token"))).strip();
    }

    int put(String name) throws Exception {
      return send("PUT", "/manage/v1/resources/" + name).statusCode();
    }

    HttpResponse<String> get(String path) throws Exception {
      return send("GET", path);
    }

    HttpResponse<String> send(String method, String path) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint.resolve(path))
              .header("Authorization", "Bearer " + token)
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build();
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
