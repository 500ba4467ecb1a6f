package dev.parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the packaged server, driven as processes. */
@Timeout(120)
class CommandLineIT {
  private static final String READY = "Ctrl-C stops it";
  @TempDir Path folder;

  @Test
  void helpIsShownFromAnywhere() throws Exception {
    ParleyProcess.Finished help = ParleyProcess.run(folder, "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).contains("Usage: parley COMMAND", "up", "token", "keys", "backup");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void unknownOptionNamesTheNearest() throws Exception {
    ParleyProcess.Finished wrong = ParleyProcess.run(folder, "up", "--prot", "1");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.output()).contains("no option --prot", "Did you mean --port?");
  }

  @Test
  void missingJdkSaysWhereToGetOne() throws Exception {
    Path launcher = Path.of("..", "parley").toAbsolutePath().normalize();
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", launcher.toString(), "--help");
    builder.environment().clear();
    builder.environment().put("PATH", toolsWithoutJava().toString());
    builder.environment().put("PARLEY_JVM_DIR", folder.resolve("none").toString());
    builder.environment().put("PARLEY_NO_BUILD", "1");
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(output).contains("needs a JDK 25", "adoptium.net");
  }

  /** The few programs that the launcher uses before it has found a Java. */
  private Path toolsWithoutJava() throws IOException {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("dirname", "readlink", "sed", "cat")) {
      Path real = Path.of("/usr/bin", tool);
      Files.createSymbolicLink(
          tools.resolve(tool), Files.exists(real) ? real : Path.of("/bin", tool));
    }
    return tools;
  }

  @Test
  void twoServersLiveSideBySideAndEachHasItsOwnConnection() throws Exception {
    try (ParleyProcess first = up("one");
        ParleyProcess second = up("two")) {
      first.until(READY);
      second.until(READY);
      Map<String, String> one = ParleyProcess.connection(folder.resolve("one"));
      Map<String, String> two = ParleyProcess.connection(folder.resolve("two"));
      assertThat(one).containsOnlyKeys(two.keySet());
      assertThat(one.get("PARLEY_ENDPOINT"))
          .matches("https://localhost:[0-9]+/")
          .isNotEqualTo(two.get("PARLEY_ENDPOINT"));
      for (Map<String, String> connection : List.of(one, two)) {
        assertThat(connection.get("PARLEY_CONNECTION_STRING"))
            .matches("endpoint=https://localhost:[0-9]+/;accesskey=[A-Za-z0-9+/]+={0,2}");
        assertThat(Path.of(value(connection, "PARLEY_CA_PEM"))).exists();
        assertThat(get(connection, "/health/ready").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void connectionFileIsPrivateAndGoneAfterACleanStop() throws Exception {
    Path env = folder.resolve("data/connection.env");
    try (ParleyProcess server = up("data").until(READY)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(env)))
          .isEqualTo("rw-------");
      assertThat(Files.readAllLines(env))
          .hasSize(6)
          .allSatisfy(line -> assertThat(line).matches("PARLEY_[A-Z_]+='[^']*'"));
      server.terminate();
      assertThat(server.finished().exitCode()).isZero();
    }
    assertThat(env).doesNotExist();
  }

  @Test
  void secondServerOnAFolderIsRefusedWithTheNameOfTheFirst() throws Exception {
    try (ParleyProcess first = up("data").until(READY)) {
      ParleyProcess.Finished second =
          ParleyProcess.run(folder, "up", "--port", "0", "--data", "data");
      assertThat(second.exitCode()).isEqualTo(5);
      assertThat(second.output())
          .contains(
              "is in use by process", ParleyProcess.connection(data()).get("PARLEY_ENDPOINT"));
      assertThat(first).isNotNull();
    }
  }

  @Test
  void killedServerLeavesAFolderThatStartsAgain() throws Exception {
    String before;
    try (ParleyProcess server = up("data").until(READY)) {
      before = accessKey();
      server.kill();
    }
    try (ParleyProcess again = up("data").until(READY)) {
      assertThat(accessKey()).isEqualTo(before);
      again.terminate();
      assertThat(again.finished().exitCode()).isZero();
    }
  }

  @Test
  void takenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      ParleyProcess.Finished refused =
          ParleyProcess.run(folder, "up", "--port", port, "--data", "data");
      assertThat(refused.exitCode()).isEqualTo(9);
      assertThat(refused.output()).contains("port " + port, "is taken", "--port 0");
    }
  }

  @Test
  void fileInPlaceOfTheFolderIsUnwritable() throws Exception {
    Files.writeString(folder.resolve("file"), "");
    ParleyProcess.Finished refused =
        ParleyProcess.run(folder, "up", "--port", "0", "--data", "file/data");
    assertThat(refused.exitCode()).isEqualTo(6);
    assertThat(refused.output()).contains("cannot write").doesNotContain("Exception");
  }

  @Test
  void damagedStoreIsNamedAndLeftAsItIs() throws Exception {
    startAndStop();
    Path store = store();
    byte[] garbage =
        "this is no database, whatever it was".repeat(1000).getBytes(StandardCharsets.UTF_8);
    Files.write(store, garbage);
    ParleyProcess.Finished refused =
        ParleyProcess.run(folder, "up", "--port", "0", "--data", "data");
    assertThat(refused.exitCode()).isEqualTo(7);
    assertThat(refused.output()).contains("is damaged").doesNotContain("\tat ");
    assertThat(Files.readAllBytes(store)).isEqualTo(garbage);
  }

  @Test
  void folderOfANewerProgramIsLeftAlone() throws Exception {
    startAndStop();
    Files.writeString(data().resolve("format"), "99\n");
    ParleyProcess.Finished refused =
        ParleyProcess.run(folder, "up", "--port", "0", "--data", "data");
    assertThat(refused.exitCode()).isEqualTo(8);
    assertThat(refused.output()).contains("written by a newer Parley");
  }

  @Test
  void badCertificateIsNamed() throws Exception {
    Files.writeString(folder.resolve("chain.pem"), "no certificate");
    Files.writeString(folder.resolve("key.pem"), "no key");
    ParleyProcess.Finished refused =
        ParleyProcess.run(
            folder, "up", "--port", "0", "--certificate", "chain.pem", "--key", "key.pem");
    assertThat(refused.exitCode()).isEqualTo(10);
    assertThat(refused.output()).contains("the certificate cannot be used", "key.pem");
  }

  @Test
  void stopFinishesTheRequestUnderWay() throws Exception {
    try (ParleyProcess server = up("data").until(READY);
        SSLSocket socket = socket()) {
      String body = "{\"scopes\":[\"chat\"]}";
      String token = Files.readString(data().resolve("admin.token")).strip();
      String head =
          "POST /manage/v1/resources/default/tokens HTTP/1.1\r\nHost: localhost\r\n"
              + "Authorization: Bearer "
              + token
              + "\r\nContent-Type: application/json\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n";
      OutputStream out = socket.getOutputStream();
      out.write((head + body.substring(0, 5)).getBytes(StandardCharsets.UTF_8));
      out.flush();
      assertThat(get(ParleyProcess.connection(data()), "/health/ready").statusCode())
          .isEqualTo(200);
      server.terminate();
      server.until("Stopping");
      out.write(body.substring(5).getBytes(StandardCharsets.UTF_8));
      out.flush();
      assertThat(firstLine(socket.getInputStream())).isEqualTo("HTTP/1.1 200 OK");
      assertThat(server.finished().exitCode()).isZero();
    }
  }

  @Test
  void commandsAskTheRunningServer() throws Exception {
    try (ParleyProcess server = up("data").until(READY)) {
      assertThat(ok("token", "--scopes", "chat")).contains("8:acs:", "Token");
      String before = accessKey();
      assertThat(ok("keys")).contains("Key primary", "Key secondary", before);
      assertThat(ok("keys", "rotate", "primary")).contains("Key primary").doesNotContain(before);
      assertThat(ok("resource", "create", "second")).contains("second", "accesskey=");
      assertThat(ok("resource", "list")).contains("(default)", "second");
      assertThat(ok("resource", "delete", "second")).contains("Deleted second");
      assertThat(ok("backup", "copy.backup")).contains("Wrote");
      ParleyProcess.Finished unknown =
          ParleyProcess.run(folder, "resource", "delete", "second", "--data", "data");
      assertThat(unknown.exitCode()).isEqualTo(11);
      assertThat(unknown.output()).contains("404");
      server.terminate();
      server.finished();
    }
  }

  @Test
  void commandsTakeTheFolderWhenNoServerRuns() throws Exception {
    startAndStop();
    assertThat(ok("token", "--scopes", "chat")).contains("8:acs:", "Token");
    assertThat(ok("keys", "rotate", "secondary")).contains("Key secondary");
    assertThat(ok("resource", "create", "second")).contains("second", "accesskey=");
    assertThat(ok("resource", "list")).contains("(default)", "second");
    String keys = ok("keys");
    assertThat(ok("backup", "copy.backup")).contains("Wrote");
    assertThat(ParleyProcess.run(folder, "restore", "copy.backup", "--data", "other"))
        .satisfies(restored -> assertThat(restored.exitCode()).as(restored.output()).isZero());
    ParleyProcess.Finished without = ParleyProcess.run(folder, "keys", "--data", "other");
    assertThat(without.exitCode()).isEqualTo(7);
    assertThat(without.output()).contains("secrets cannot be opened", "master.key");
    Files.copy(data().resolve("master.key"), folder.resolve("other/master.key"));
    assertThat(ParleyProcess.run(folder, "keys", "--data", "other").output()).isEqualTo(keys);
  }

  private String ok(String... words) throws Exception {
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--data", "data")).toArray(String[]::new);
    ParleyProcess.Finished finished = ParleyProcess.run(folder, all);
    assertThat(finished.exitCode()).as(finished.output()).isZero();
    return finished.output();
  }

  private void startAndStop() throws Exception {
    try (ParleyProcess server = up("data").until(READY)) {
      server.terminate();
      assertThat(server.finished().exitCode()).isZero();
    }
  }

  private ParleyProcess up(String data) throws IOException {
    return ParleyProcess.start(folder, "up", "--port", "0", "--data", data);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private String accessKey() throws IOException {
    return value(ParleyProcess.connection(data()), "PARLEY_CONNECTION_STRING")
        .replaceAll(".*accesskey=", "");
  }

  private Path store() throws IOException {
    try (Stream<Path> files = Files.walk(data())) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".db"))
          .findFirst()
          .orElseThrow();
    }
  }

  private SSLSocket socket() throws Exception {
    Map<String, String> connection = ParleyProcess.connection(data());
    int port = URI.create(value(connection, "PARLEY_ENDPOINT")).getPort();
    return (SSLSocket) trusting(connection).getSocketFactory().createSocket("localhost", port);
  }

  private static String value(Map<String, String> connection, String key) {
    return Objects.requireNonNull(connection.get(key), key);
  }

  private static String firstLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0 && octet != '\r'; octet = in.read()) {
      line.append((char) octet);
    }
    return line.toString();
  }

  private static HttpResponse<String> get(Map<String, String> connection, String path)
      throws Exception {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusting(connection)).build()) {
      URI uri = URI.create(value(connection, "PARLEY_ENDPOINT")).resolve(path);
      return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  /** Trusts exactly as a Java program does that is given the truststore. */
  private static SSLContext trusting(Map<String, String> connection) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    byte[] bytes = Files.readAllBytes(Path.of(value(connection, "PARLEY_TRUSTSTORE")));
    store.load(
        new ByteArrayInputStream(bytes),
        value(connection, "PARLEY_TRUSTSTORE_PASSWORD").toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
