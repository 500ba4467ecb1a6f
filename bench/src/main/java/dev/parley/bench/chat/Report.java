package dev.parley.bench.chat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code docs/benchmarks-chat.md}: each part of the bench writes between two marks of its own, with
 * its command and what the machine was like; the words around them are written by hand.
 */
final class Report {
  private static final Path FILE = Path.of("docs/benchmarks-chat.md");
  private final List<String> lines = new ArrayList<>();
  private final String part;

  /**
   * Begins a part.
   *
   * @param part its name on the command line
   * @param seconds of each measured window
   */
  Report(String part, int seconds) {
    this.part = part;
    say("Command: `bench/chat/run " + seconds + " " + part + "`  ");
    say("on " + machine());
    say("");
  }

  /** Adds a line, and shows it. */
  void say(String line) {
    System.out.println(line);
    lines.add(line);
  }

  /** Puts what was said in the place of what stood between the marks. */
  void write() {
    String begin = "<!-- bench/chat/run " + part + " writes from here -->";
    String end = "<!-- " + part + ": to here -->";
    try {
      String whole = Files.readString(FILE);
      int from = whole.indexOf(begin);
      int to = whole.indexOf(end);
      if (from < 0 || to < from) {
        throw new IllegalStateException(FILE + " has no marks for " + part);
      }
      Files.writeString(
          FILE,
          whole.substring(0, from + begin.length())
              + "\n"
              + String.join("\n", lines)
              + "\n"
              + whole.substring(to));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String machine() {
    return Runtime.getRuntime().availableProcessors()
        + " cores, "
        + line("/proc/cpuinfo", "model name").replaceAll(".*: *", "")
        + ", Java "
        + Runtime.version().feature()
        + ", load average "
        + line("/proc/loadavg", "").replaceAll(" .*", "")
        + " at the start.";
  }

  private static String line(String file, String start) {
    try {
      return Files.readAllLines(Path.of(file)).stream()
          .filter(line -> line.startsWith(start))
          .findFirst()
          .orElse("unknown");
    } catch (IOException elsewhere) {
      throw new UncheckedIOException(elsewhere);
    }
  }
}
