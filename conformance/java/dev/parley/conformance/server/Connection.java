package dev.parley.conformance.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a running Parley tells its users in {@code connection.env}.
 *
 * @param endpoint the public base URL with a trailing slash
 * @param connectionString {@code endpoint=...;accesskey=...}
 * @param resourceId the immutable id of the default resource
 * @param certificateAuthority the development CA as PEM
 * @param trustStore a PKCS12 file with the public roots and the development CA
 * @param trustStorePassword its password
 */
public record Connection(
    URI endpoint,
    String connectionString,
    String resourceId,
    Path certificateAuthority,
    Path trustStore,
    String trustStorePassword) {

  private static final String ACCESS_KEY = "accesskey=";

  /**
   * Reads the file: shell lines {@code KEY='value'}.
   *
   * @throws IllegalStateException when a promised key is missing or a value is not in single quotes
   */
  public static Connection read(Path file) throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      values.put(line.substring(0, equals).strip(), unquoted(line.substring(equals + 1), line));
    }
    return new Connection(
        URI.create(required(values, "PARLEY_ENDPOINT")),
        required(values, "PARLEY_CONNECTION_STRING"),
        required(values, "PARLEY_RESOURCE_ID"),
        Path.of(required(values, "PARLEY_CA_PEM")),
        Path.of(required(values, "PARLEY_TRUSTSTORE")),
        required(values, "PARLEY_TRUSTSTORE_PASSWORD"));
  }

  /** The access key in the connection string, base64. */
  public String accessKey() {
    return connectionString.substring(connectionString.indexOf(ACCESS_KEY) + ACCESS_KEY.length());
  }

  /** The base URL without its trailing slash, as applications often write it. */
  public String endpointWithoutSlash() {
    return endpoint.toString().replaceFirst("/$", "");
  }

  private static String required(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null || value.isEmpty()) {
      throw new IllegalStateException("connection.env has no " + key);
    }
    return value;
  }

  private static String unquoted(String value, String line) {
    if (value.length() < 2 || !value.startsWith("'") || !value.endsWith("'")) {
      String key = line.substring(0, line.indexOf('='));
      throw new IllegalStateException("connection.env: the value of " + key + " is not quoted");
    }
    return value.substring(1, value.length() - 1).replace("'\\''", "'");
  }
}
