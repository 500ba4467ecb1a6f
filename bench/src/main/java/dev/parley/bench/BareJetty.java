package dev.parley.bench;

import dev.parley.kit.auth.EcKeyPair;
import dev.parley.kit.auth.Es256;
import dev.parley.kit.auth.KeySet;
import dev.parley.kit.auth.TokenSigner;
import dev.parley.kit.base.Secret;
import dev.parley.kit.base.SecureIds;
import dev.parley.kit.base.SystemClock;
import dev.parley.kit.tls.DevelopmentAuthority;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * What any answer over TLS costs: Jetty on virtual threads reads a body and answers 900 bytes. With
 * the word {@code sign} it signs each answer as a token is signed, by the same library.
 */
final class BareJetty {
  private BareJetty() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    DevelopmentAuthority authority =
        DevelopmentAuthority.open(
            new DevelopmentAuthority.Settings(folder, Secret.of("changeit"), List.of()),
            new SecureIds(),
            new SystemClock().now());
    QueuedThreadPool threads = new QueuedThreadPool(64, 4);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    Server server = new Server(threads);
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(authority.serverContext());
    HttpConfiguration http = new HttpConfiguration();
    http.addCustomizer(new SecureRequestCustomizer(false));
    ServerConnector connector =
        new ServerConnector(
            server,
            1,
            1,
            new SslConnectionFactory(tls, "http/1.1"),
            new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    boolean signs = arguments.length > 1 && arguments[1].equals("sign");
    server.setHandler(signs ? new Signing() : new Answering());
    server.start();
    String line = "PARLEY_ENDPOINT='https://localhost:" + connector.getLocalPort() + "/'\n";
    Path temporary = folder.resolve("connection.next");
    Files.writeString(temporary, line);
    Files.move(temporary, folder.resolve("connection.env"));
    server.join();
  }

  /** Reads all, answers always the same. */
  private static final class Answering extends Handler.Abstract {
    private final byte[] body = ("{\"token\":\"" + "x".repeat(880) + "\"}").getBytes(US_ASCII);

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Content.Source.asInputStream(request).readAllBytes();
      response.getHeaders().put("content-type", "application/json");
      response.getHeaders().put("content-length", body.length);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }

  /** Reads all, answers a signed token of about the same length. */
  private static final class Signing extends Handler.Abstract {
    private final KeySet keys = KeySet.of(EcKeyPair.generate());
    private final TokenSigner signer = new TokenSigner(() -> keys, Es256.fastest());

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Content.Source.asInputStream(request).readAllBytes();
      SequencedMap<String, Object> claims = new LinkedHashMap<>();
      claims.put("exp", 4_000_000_000L);
      claims.put("filling", "x".repeat(400));
      byte[] body = ("{\"token\":\"" + signer.sign(claims) + "\"}").getBytes(US_ASCII);
      response.getHeaders().put("content-type", "application/json");
      response.getHeaders().put("content-length", body.length);
      response.write(true, ByteBuffer.wrap(body), callback);
      return true;
    }
  }

  private static final java.nio.charset.Charset US_ASCII =
      java.nio.charset.StandardCharsets.US_ASCII;
}
