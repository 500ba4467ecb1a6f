package dev.parley.server.cli;

import dev.parley.server.config.Configuration;
import dev.parley.server.folder.DataFolder;
import java.util.List;
import java.util.Optional;

/**
 * {@code parley train}: one short life of a server, for the run that makes the AOT cache. It does
 * what a start does and the calls that a first client makes, and exits by itself, because the cache
 * is written at the end of an orderly exit.
 */
final class TrainCommand {
  private static final int CALLS = 20;
  private final Console console;
  private final Servers servers;

  TrainCommand(Console console, Servers servers) {
    this.console = console;
    this.servers = servers;
  }

  void run(Configuration configuration) {
    try (DataFolder folder = DataFolder.open(configuration.data());
        Servers.Started server = servers.start(configuration, folder)) {
      folder.announce(server.connection(), server.running());
      try (Administration client =
          new RunningAdministration(DataFolder.running(configuration.data()))) {
        for (int call = 0; call < CALLS; call++) {
          client.resources();
          client.issueToken(
              new Administration.TokenRequest("", Optional.empty(), List.of("chat"), 60));
        }
      }
    }
    console.out().println("trained");
  }
}
