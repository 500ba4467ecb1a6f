package dev.parley.server;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server as an operator runs it: on every address, under a name and certificate of theirs. */
@Timeout(120)
class ProductionIT {
  private static final String READY = "Ctrl-C stops it";
  private static final String PASSWORD = "made-at-run-time";
  @TempDir Path folder;

  @Test
  void outsideAddressNeedsNameAndCertificate() throws Exception {
    ParleyProcess.Finished refused = ParleyProcess.run(folder, "up", "--bind", "0.0.0.0");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output())
        .contains("production (listening on 0.0.0.0) needs --public-url, --certificate and --key");
    assertThat(folder.resolve(".parley")).doesNotExist();
  }

  @Test
  void testClockIsRefused() throws Exception {
    certificate("one");
    ParleyProcess.Finished refused = ParleyProcess.run(folder, production("one", "--test-clock"));
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.output()).contains("the test clock is for development only");
  }

  @Test
  void servesUnderItsNameWithTheOperatorsCertificate() throws Exception {
    X509Certificate certificate = certificate("one");
    try (ParleyProcess server = ParleyProcess.start(folder, production("one")).until(READY)) {
      assertThat(ParleyProcess.connection(folder.resolve("data")))
          .containsEntry("PARLEY_ENDPOINT", "https://parley.test:7443/");
      assertThat(ask(certificate)).isEqualTo("HTTP/1.1 200");
      for (String page : List.of("/try/call", "/try/call.js", "/try/call.css")) {
        assertThat(ask(certificate, "GET", page)).as(page).isEqualTo("HTTP/1.1 404");
      }
      assertThat(ask(certificate, "POST", "/try/token")).isEqualTo("HTTP/1.1 404");
      assertThat(ask(certificate, "DELETE", "/try/user")).isEqualTo("HTTP/1.1 404");
      server.terminate();
      assertThat(server.finished().exitCode()).isZero();
    }
  }

  @Test
  void takesARenewedCertificateWithoutARestart() throws Exception {
    certificate("one");
    try (ParleyProcess server = ParleyProcess.start(folder, production("one")).until(READY)) {
      X509Certificate renewed = certificate("two");
      Files.copy(folder.resolve("two.key"), folder.resolve("one.key"), REPLACE_EXISTING);
      Files.copy(folder.resolve("two.pem"), folder.resolve("one.pem"), REPLACE_EXISTING);
      server.until("a new certificate serves");
      assertThat(ask(renewed)).isEqualTo("HTTP/1.1 200");
      server.terminate();
      assertThat(server.finished().exitCode()).isZero();
    }
  }

  @Test
  void machinesCommandsReachIt() throws Exception {
    certificate("one");
    try (ParleyProcess server = ParleyProcess.start(folder, production("one")).until(READY)) {
      ParleyProcess.Finished keys = ParleyProcess.run(folder, "keys", "--data", "data");
      assertThat(keys.exitCode()).as(keys.output()).isZero();
      assertThat(keys.output()).contains("endpoint=https://parley.test:7443/;accesskey=");
      server.terminate();
      assertThat(server.finished().exitCode()).isZero();
    }
  }

  private static String[] production(String certificate, String... more) {
    List<String> words = new ArrayList<>(List.of("up", "--port", "0", "--data", "data"));
    words.addAll(List.of("--bind", "0.0.0.0", "--public-url", "https://parley.test:7443"));
    words.addAll(List.of("--certificate", certificate + ".pem", "--key", certificate + ".key"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** A self-signed certificate of parley.test, written as an operator's PEM files. */
  private X509Certificate certificate(String name) throws Exception {
    Path file = folder.resolve(name + ".p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String options =
        "-genkeypair -alias it -keyalg EC -groupname secp256r1 -validity 30"
            + " -dname CN=parley.test -ext san=dns:parley.test -storetype PKCS12 -storepass "
            + PASSWORD
            + " -keystore";
    List<String> command = new ArrayList<>(List.of(keytool.toString()));
    command.addAll(List.of(options.split(" ")));
    command.add(file.toString());
    Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(made.waitFor()).as(said).isZero();
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    X509Certificate certificate = (X509Certificate) store.getCertificate("it");
    byte[] key = store.getKey("it", PASSWORD.toCharArray()).getEncoded();
    pem(folder.resolve(name + ".pem"), "CERTIFICATE", certificate.getEncoded());
    pem(folder.resolve(name + ".key"), "PRIVATE KEY", key);
    return certificate;
  }

  private static void pem(Path file, String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(file, "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(label, body));
  }

  /** What {@code /health/ready} answers to one who trusts this certificate and no other. */
  private String ask(X509Certificate trusted) throws Exception {
    return ask(trusted, "GET", "/health/ready");
  }

  /** The same of another operation, asked without a body. */
  private String ask(X509Certificate trusted, String method, String path) throws Exception {
    String running = Files.readString(folder.resolve("data/running"));
    int port = URI.create(running.replaceAll("(?s).*local=(\\S+).*", "$1")).getPort();
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
        SSLSocket socket =
            (SSLSocket)
                trusting(trusted)
                    .getSocketFactory()
                    .createSocket(plain, "parley.test", port, true)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      String request =
          method + " " + path + " HTTP/1.1\r\nHost: parley.test:7443\r\nContent-Length: 0\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
      return new String(answer, StandardCharsets.US_ASCII);
    }
  }

  private static SSLContext trusting(X509Certificate certificate) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("it", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
