package dev.parley.server.cli;

import dev.parley.kit.base.Secret;
import dev.parley.server.folder.DataFolder;
import java.nio.file.Path;
import java.util.Optional;

/** What a person sees when the server is ready. */
final class Banner {
  private Banner() {}

  /**
   * @param tryPage where a call can be tried, if there is such a page
   */
  static String of(DataFolder.Connection connection, Path data, Optional<Secret<String>> tryPage) {
    String authority = connection.authorityPem().toString();
    return """

    Parley is ready at %s

      Connection string  %s
      For scripts        . %s
      Try it             parley chat --name Ann   (and --name Ben in another terminal)%s

    Programs must trust this server's certificate authority:
      JavaScript  export NODE_EXTRA_CA_CERTS=%s
      Java        -Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s
      Python      export REQUESTS_CA_BUNDLE=%5$s SSL_CERT_FILE=%5$s
      Browsers    import %5$s as an authority

    Ctrl-C stops it.
    """
        .formatted(
            connection.endpoint(),
            connection.connectionString().reveal(),
            data.resolve("connection.env"),
            tryPage
                .map(page -> "\n  Try a call         " + page.reveal() + "   (in two tabs)")
                .orElse(""),
            authority,
            connection.trustStore(),
            connection.trustStorePassword());
  }
}
