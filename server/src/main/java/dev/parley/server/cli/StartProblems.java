package dev.parley.server.cli;

import dev.parley.server.config.Configuration;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.net.BindException;
import java.net.SocketException;
import java.nio.file.FileSystemException;

/** Finds the problem in what a start threw; anything unnamed is our bug and keeps its trace. */
final class StartProblems {
  private StartProblems() {}

  static RuntimeException of(RuntimeException failed, Configuration configuration) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof Stopped stopped) {
        return stopped;
      }
      Problem problem = problem(cause, configuration);
      if (problem != null) {
        return new Stopped(problem);
      }
    }
    return failed;
  }

  private static @org.jspecify.annotations.Nullable Problem problem(
      Throwable cause, Configuration configuration) {
    return switch (cause) {
      case BindException refused -> notBound(refused, configuration.network());
      case SocketException refused -> notBound(refused, configuration.network());
      case FileSystemException refused ->
          new Problem.Unwritable(configuration.data(), String.valueOf(refused.getMessage()));
      case Throwable _ -> null;
    };
  }

  /** "Cannot assign requested address" is Linux's and macOS's word for a foreign address. */
  private static Problem notBound(SocketException refused, Configuration.Network network) {
    String address = network.bind().getHostAddress();
    boolean foreign = String.valueOf(refused.getMessage()).contains("assign requested address");
    return foreign
        ? new Problem.NoSuchAddress(address)
        : new Problem.PortTaken(address, network.port());
  }
}
