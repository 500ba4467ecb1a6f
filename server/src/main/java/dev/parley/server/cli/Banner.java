package dev.parley.server.cli;

import dev.parley.server.folder.DataFolder;
import java.nio.file.Path;

/** What a person sees when the server is ready. */
final class Banner {
  private Banner() {}

  static String of(DataFolder.Connection connection, Path data) {
    String authority = connection.authorityPem().toString();
    return """

    Parley is ready at %s

      Connection string  %s
      For scripts        . %s
      Try it             parley chat --name Ann   (and --name Ben in another terminal)

    Programs must trust this server's certificate authority:
      JavaScript  export NODE_EXTRA_CA_CERTS=%s
      Java        -Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s
      Python      export REQUESTS_CA_BUNDLE=%4$s SSL_CERT_FILE=%4$s
      Browsers    import %4$s as an authority

    Ctrl-C stops it.
    """
        .formatted(
            connection.endpoint(),
            connection.connectionString().reveal(),
            data.resolve("connection.env"),
            authority,
            connection.trustStore(),
            connection.trustStorePassword());
  }
}
