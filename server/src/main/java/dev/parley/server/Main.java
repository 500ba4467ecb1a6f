package dev.parley.server;

import dev.parley.server.cli.CommandLine;
import dev.parley.server.cli.Console;
import dev.parley.server.cli.Servers;
import java.nio.file.Path;
import java.util.List;

/** Where the process starts: builds the command line over the real server and runs it. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int exitCode = new CommandLine(console(), servers()).run(List.of(arguments));
    System.out.flush();
    System.exit(exitCode);
  }

  private static Console console() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new Console(
        System.out,
        System.err,
        System.getenv(),
        Path.of("").toAbsolutePath(),
        version == null ? "development" : version);
  }

  private static Servers servers() {
    return new RealServers();
  }
}
