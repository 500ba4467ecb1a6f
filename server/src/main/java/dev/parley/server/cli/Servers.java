package dev.parley.server.cli;

import dev.parley.kit.base.Secret;
import dev.parley.server.config.Configuration;
import dev.parley.server.folder.DataFolder;
import dev.parley.server.folder.RunningServer;
import java.nio.file.Path;
import java.util.Optional;

/** What the command line needs of the server; Main gives the real one. */
public interface Servers {
  /** Starts everything and returns when it is ready to be called. */
  Started start(Configuration configuration, DataFolder folder);

  /** Opens the services on the store alone, without a socket. */
  Administration open(Configuration configuration, DataFolder folder);

  /** Fills the new, empty folder from a backup file. */
  void restore(Path backup, Configuration configuration, DataFolder folder);

  /** A server that is ready. */
  interface Started extends AutoCloseable {
    /** What SDKs need to reach it. */
    DataFolder.Connection connection();

    /** What our own commands need to reach it. */
    RunningServer running();

    /** The address, with its key, of the page on which a call can be tried; in development. */
    Optional<Secret<String>> tryPage();

    /** Drains the requests in flight, then ends everything; a second call does nothing. */
    @Override
    void close();
  }
}
