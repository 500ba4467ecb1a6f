package dev.parley.server.cli;

import dev.parley.server.config.Configuration;
import dev.parley.server.folder.DataFolder;
import java.util.concurrent.CountDownLatch;

/** {@code parley up}: serves until the process is told to end. */
final class UpCommand {
  private final Console console;
  private final Servers servers;

  UpCommand(Console console, Servers servers) {
    this.console = console;
    this.servers = servers;
  }

  /** Returns never in the good case: the process ends in the hook, after the last request. */
  void run(Configuration configuration) {
    DataFolder folder = DataFolder.open(configuration.data());
    Servers.Started server = started(configuration, folder);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, folder), "stop"));
    announce(server, folder);
    waitForEver();
  }

  /** Never while it ends: a signal may come before the announcement is written. */
  private synchronized void announce(Servers.Started server, DataFolder folder) {
    folder.announce(server.connection(), server.running());
    console.out().print(Banner.of(server.connection(), folder.path(), server.tryPage()));
    console.out().flush();
  }

  private Servers.Started started(Configuration configuration, DataFolder folder) {
    try {
      return servers.start(configuration, folder);
    } catch (RuntimeException failed) {
      folder.close();
      throw StartProblems.of(failed, configuration);
    }
  }

  /**
   * Stops in the order in which callers notice: first no new ones, then the folder is free. Ends
   * the process with 0 instead of the signal's number: it did what it was told.
   */
  private synchronized void end(Servers.Started server, DataFolder folder) {
    int exitCode = 1;
    try {
      try (folder;
          server) {
        console.out().println("Stopping: no new requests, those under way are finished.");
      }
      exitCode = 0;
    } catch (RuntimeException late) {
      console.err().println("parley: did not stop cleanly: " + late.getMessage());
    } finally {
      console.out().flush();
      Runtime.getRuntime().halt(exitCode);
    }
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
