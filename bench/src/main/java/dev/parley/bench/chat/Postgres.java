package dev.parley.bench.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL of this machine's installation with a new cluster, its settings as they come ({@code
 * fsync} and {@code synchronous_commit} on) but for being reachable on loopback only.
 */
final class Postgres implements AutoCloseable {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final String ACCOUNT = "postgres";
  private final Path programs;
  private final Path folder;
  private final int port;
  private final Command server;

  private Postgres(Path programs, Path folder) {
    this.programs = programs;
    this.folder = folder;
    this.port = Command.freePort();
    Command.run(
        folder,
        words("initdb", "-D", data(), "-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--locale=C"));
    List<String> serve =
        List.of(
            words(
                "postgres",
                "-D",
                data(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories="));
    this.server = Command.serve(serve, Map.of(), folder, port);
  }

  static boolean isInstalled() {
    return programs() != null;
  }

  static Postgres start(Path folder) {
    Path programs = programs();
    if (programs == null) {
      throw new IllegalStateException("PostgreSQL is not installed");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    if (isRoot()) {
      // PostgreSQL refuses root; its own account must reach the folder.
      Command.run(folder, "chown", ACCOUNT, folder.toString());
      Command.run(folder, "chmod", "o+x", folder.resolve("..").toString());
    }
    return new Postgres(programs, folder);
  }

  private static @org.jspecify.annotations.Nullable Path programs() {
    if (!Files.isDirectory(DEBIAN)) {
      return null;
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder())
          .orElse(null);
    } catch (IOException unreadable) {
      return null;
    }
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private String[] words(String program, String... arguments) {
    List<String> words = new ArrayList<>();
    if (isRoot()) {
      words.addAll(
          List.of("setpriv", "--reuid=" + ACCOUNT, "--regid=" + ACCOUNT, "--clear-groups", "--"));
    }
    words.add(programs.resolve(program).toString());
    words.addAll(List.of(arguments));
    return words.toArray(String[]::new);
  }

  private String data() {
    return folder.resolve("cluster").toString();
  }

  int port() {
    return port;
  }

  String account() {
    return ACCOUNT;
  }

  /** Makes a database, and fills it from a script unless that is empty. */
  void create(String database, String script) {
    String[] where = {"-h", "127.0.0.1", "-p", Integer.toString(port), "-U", ACCOUNT};
    Command.run(folder, words("psql", join(where, "-c", "create database " + database)));
    if (!script.isEmpty()) {
      Command.run(folder, words("psql", join(where, "-q", "-d", database, "-f", script)));
    }
  }

  private static String[] join(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  double cpuSeconds() {
    return server.tree().cpuSeconds();
  }

  @Override
  public void close() {
    server.close();
  }
}
