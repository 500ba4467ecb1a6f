package dev.parley.server.cli;

import dev.parley.server.config.Configuration;
import dev.parley.server.folder.DataFolder;
import dev.parley.server.folder.RunningServer;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** {@code parley chat}: people in several terminals exchange lines through the running server. */
final class ChatCommand {
  private static final long PAUSE_NANOS = 300_000_000;

  private final Console console;
  private final Invocation invocation;

  ChatCommand(Console console, Invocation invocation) {
    this.console = console;
    this.invocation = invocation;
  }

  /** Runs until the input ends. */
  void run(Configuration configuration) {
    Path data = configuration.data();
    if (!DataFolder.isHeld(data)) {
      throw new Stopped(
          new Problem.NoAnswer(data.toString(), "no server runs there; start one: parley up"));
    }
    RunningServer.Access access = DataFolder.running(data);
    String name = invocation.value("--name").orElse(System.getProperty("user.name", "someone"));
    try (Administration administration = new RunningAdministration(access);
        ChatRoom room = ChatRoom.enter(access, administration, data, name)) {
      console.out().println("You are " + name + ". Run parley chat --name OTHER in another");
      console.out().println("terminal and write to each other; Ctrl-D ends.");
      talk(room, name);
    }
  }

  private void talk(ChatRoom room, String name) {
    AtomicBoolean ended = new AtomicBoolean();
    Thread listener = Thread.ofVirtual().start(() -> listen(room, ended));
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          room.say(name, line);
        }
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } finally {
      ended.set(true);
      LockSupport.unpark(listener);
      join(listener);
    }
  }

  /** The last look is taken after the input ended, so that a script loses no line either. */
  private void listen(ChatRoom room, AtomicBoolean ended) {
    boolean last;
    do {
      last = ended.get();
      try {
        room.hear().forEach(line -> console.out().println(line.name() + ": " + line.text()));
      } catch (Stopped unreachable) {
        console.err().println("parley: the server does not answer; trying again");
      }
      if (!last) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } while (!last);
  }

  private static void join(Thread listener) {
    try {
      listener.join();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
