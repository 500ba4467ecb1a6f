package dev.parley.server.folder;

import dev.parley.kit.base.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a running server tells the commands of its machine.
 *
 * @param processId its process
 * @param endpoint its public address, for people
 * @param local where it listens, as an address of this machine
 * @param trusted PEM file with a certificate that is, or that signed, the one it shows
 */
public record RunningServer(long processId, String endpoint, URI local, Path trusted) {

  /** A running server with the token that administers it. */
  public record Access(RunningServer server, Secret<String> adminToken) {}

  String lines() {
    return "process=%d%nendpoint=%s%nlocal=%s%ntrusted=%s%n"
        .formatted(processId, endpoint, local, trusted);
  }

  static RunningServer parse(List<String> lines) {
    Map<String, String> values = new HashMap<>();
    for (String line : lines) {
      int equals = line.indexOf('=');
      values.put(line.substring(0, Math.max(equals, 0)), line.substring(equals + 1));
    }
    return new RunningServer(
        Long.parseLong(value(values, "process")),
        value(values, "endpoint"),
        URI.create(value(values, "local")),
        Path.of(value(values, "trusted")));
  }

  private static String value(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }
}
