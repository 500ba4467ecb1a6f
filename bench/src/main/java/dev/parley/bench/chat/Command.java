package dev.parley.bench.chat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A peer's process: runs in the foreground, is ready once it listens, ends with this run. */
final class Command implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 90;
  private final Process process;

  private Command(Process process) {
    this.process = process;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** Starts a server and waits until it accepts connections on a port of loopback. */
  static Command serve(
      List<String> command, Map<String, String> environment, Path folder, int port) {
    Command started = new Command(start(command, environment, folder));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!listens(port)) {
      if (!started.process.isAlive() || System.nanoTime() > end) {
        started.close();
        throw new IllegalStateException(command.getFirst() + " did not start; see " + log(folder));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    return started;
  }

  /** Runs a command to its end; what it says goes to the log of the folder. */
  static void run(Path folder, String... command) {
    Process running = start(List.of(command), Map.of(), folder);
    try {
      boolean ended = running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended || running.exitValue() != 0) {
        running.destroyForcibly();
        throw new IllegalStateException(String.join(" ", command) + " failed; see " + log(folder));
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(hurry);
    }
  }

  private static Process start(List<String> command, Map<String, String> env, Path folder) {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(new File(log(folder).toString())));
    builder.environment().putAll(env);
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("output.log");
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** A port of loopback that nobody uses now. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }

  ProcessTree tree() {
    return ProcessTree.of(process.pid());
  }

  @Override
  public void close() {
    dev.parley.bench.Process.stop(process);
  }
}
