package dev.parley.server.cli;

import dev.parley.server.config.Configuration;
import dev.parley.server.folder.DataFolder;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code parley restore}: never over data that is there. */
final class RestoreCommand {
  private final Console console;
  private final Servers servers;

  RestoreCommand(Console console, Servers servers) {
    this.console = console;
    this.servers = servers;
  }

  void run(Path backup, Configuration configuration) {
    if (!Files.isReadable(backup)) {
      throw new Stopped(new Problem.UnreadableFile(backup, "there is no such file, or no right"));
    }
    if (DataFolder.exists(configuration.data())) {
      throw Invocation.wrong(
          "'restore' fills a new data folder; " + configuration.data() + " is in use already");
    }
    try (DataFolder folder = DataFolder.open(configuration.data())) {
      servers.restore(backup, configuration, folder);
    } catch (RuntimeException failed) {
      throw StartProblems.of(failed, configuration);
    }
    console.out().println("Restored " + backup + " into " + configuration.data());
  }
}
