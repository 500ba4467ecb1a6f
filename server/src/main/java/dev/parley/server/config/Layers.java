package dev.parley.server.config;

import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Lays configuration over its defaults: reference file, configuration file, environment, options. A
 * key that the reference file does not have stops the start.
 */
final class Layers {
  /** Named PARLEY_, yet not configuration: the launcher's, the tests', and connection.env's. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of(
          "PARLEY_NO_BUILD",
          "PARLEY_JAVA_OPTIONS",
          "PARLEY_JVM_DIR",
          "PARLEY_ROOT",
          "PARLEY_TESTS_REQUIRED",
          "PARLEY_ENDPOINT",
          "PARLEY_CONNECTION_STRING",
          "PARLEY_RESOURCE_ID",
          "PARLEY_CA_PEM",
          "PARLEY_TRUSTSTORE",
          "PARLEY_TRUSTSTORE_PASSWORD");

  private final Map<String, Settings.Sourced> values;
  private final Map<String, String> removed;

  /**
   * @param reference the reference file's lines
   * @param removed keys of older versions, with what replaced them
   */
  Layers(List<String> reference, Map<String, String> removed) {
    this.values = new TreeMap<>(parse(reference, "parley-reference.properties"));
    this.removed = Map.copyOf(removed);
  }

  /** The lines of the reference file that ships with the program. */
  static List<String> reference() {
    try (InputStream in = Layers.class.getResourceAsStream("/parley-reference.properties")) {
      if (in == null) {
        throw new IllegalStateException("parley-reference.properties is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  Layers file(Path file) {
    try {
      return over(parse(Files.readAllLines(file), file.getFileName().toString()));
    } catch (IOException unreadable) {
      throw new Stopped(new Problem.UnreadableFile(file, reason(unreadable)));
    }
  }

  /** Takes {@code PARLEY_PUBLIC_URL} for {@code public-url}: dots and dashes become underscores. */
  Layers environment(Map<String, String> environment) {
    Map<String, Settings.Sourced> layer = new LinkedHashMap<>();
    Map<String, String> keyByVariable = new TreeMap<>();
    values.keySet().forEach(key -> keyByVariable.put(variable(key), key));
    removed.keySet().forEach(key -> keyByVariable.put(variable(key), key));
    environment.forEach((variable, text) -> {
      if (isOurs(variable, text)) {
        String key = keyByVariable.get(variable);
        if (key == null) {
          throw unknown(variable, "environment", Nearest.to(variable, keyByVariable.keySet()));
        }
        layer.put(key, new Settings.Sourced(text.strip(), variable));
      }
    });
    return over(layer);
  }

  /** Takes options by key; the origin says how they were written. */
  Layers options(Map<String, String> options) {
    Map<String, Settings.Sourced> layer = new LinkedHashMap<>();
    options.forEach((key, text) -> layer.put(key, new Settings.Sourced(text, "--" + key)));
    return over(layer);
  }

  Settings settings() {
    return new Settings(values);
  }

  /** The variable's name for a key. */
  static String variable(String key) {
    return "PARLEY_" + key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }

  /**
   * Kubernetes adds PARLEY_PORT=tcp://…, PARLEY_SERVICE_HOST and the like to every pod beside a
   * service named parley; those are no configuration.
   */
  private static boolean isOurs(String variable, String text) {
    return variable.startsWith("PARLEY_")
        && !OTHER_VARIABLES.contains(variable)
        && !variable.startsWith("PARLEY_SERVICE_")
        && !variable.startsWith("PARLEY_PORT_")
        && !text.startsWith("tcp://")
        && !text.startsWith("udp://");
  }

  private Layers over(Map<String, Settings.Sourced> layer) {
    layer.forEach((key, sourced) -> {
      String replacement = removed.get(key);
      if (replacement != null) {
        throw new Stopped(new Problem.RemovedKey(key, sourced.origin(), replacement));
      }
      if (!values.containsKey(key)) {
        throw unknown(key, sourced.origin(), Nearest.to(key, values.keySet()));
      }
      values.put(key, sourced);
    });
    return this;
  }

  private static Stopped unknown(String key, String origin, Optional<String> nearest) {
    return new Stopped(new Problem.UnknownKey(key, origin, nearest));
  }

  /** Reads {@code key = value} lines; empty lines and lines that start with # say nothing. */
  private static Map<String, Settings.Sourced> parse(List<String> lines, String name) {
    Map<String, Settings.Sourced> parsed = new LinkedHashMap<>();
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String origin = name + " line " + (index + 1);
      int equals = line.indexOf('=');
      if (equals < 1) {
        throw new Stopped(new Problem.WrongValue(line, origin, "written as key = value"));
      }
      String key = line.substring(0, equals).strip();
      String text = line.substring(equals + 1).strip();
      if (parsed.putIfAbsent(key, new Settings.Sourced(text, origin)) != null) {
        throw new Stopped(new Problem.WrongValue(key, origin, "given only once"));
      }
    }
    return parsed;
  }

  private static String reason(IOException unreadable) {
    return switch (unreadable) {
      case java.nio.file.NoSuchFileException _ -> "there is no such file";
      case java.nio.file.AccessDeniedException _ -> "access denied";
      case IOException other -> String.valueOf(other.getMessage());
    };
  }
}
