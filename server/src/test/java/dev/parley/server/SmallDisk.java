package dev.parley.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A disk that can be full and read-only: a small tmpfs in a mount namespace of its own. A machine
 * that allows no namespaces gets the nearest thing, a limit on the size of the files that the
 * server may write (setrlimit(2), RLIMIT_FSIZE); its writes then fail with EFBIG instead of ENOSPC
 * and EROFS.
 */
final class SmallDisk implements AutoCloseable {
  private static final String MOUNT =
      "mount -t tmpfs -o size=24m tmpfs \"$0\" && echo mounted && exec cat";
  private final Path folder;
  private final @Nullable Process holder;
  private final List<String> namespaces;
  private boolean writable = true;

  private SmallDisk(Path folder, @Nullable Process holder, List<String> namespaces) {
    this.folder = folder;
    this.holder = holder;
    this.namespaces = namespaces;
  }

  /** Mounts it at {@code folder}; as a user that is not root in a namespace where it is. */
  static SmallDisk at(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (List<String> ways : List.of(List.of("-m"), List.of("-m", "-r"))) {
      List<String> command = new ArrayList<>(List.of("unshare"));
      command.addAll(ways);
      command.addAll(List.of("sh", "-c", MOUNT, folder.toString()));
      Process holder = new ProcessBuilder(command).redirectErrorStream(true).start();
      BufferedReader said = holder.inputReader();
      if ("mounted".equals(said.readLine())) {
        return new SmallDisk(
            folder,
            holder,
            ways.size() == 1 ? ways : List.of("-m", "-U", "--preserve-credentials"));
      }
      holder.destroy();
    }
    return new SmallDisk(folder, null, List.of());
  }

  /** What starts a program that sees this disk, as it is now. */
  List<String> program() {
    if (holder == null) {
      return List.of("prlimit", "--fsize=" + (writable ? "unlimited" : "0") + ":");
    }
    List<String> program = new ArrayList<>(List.of("nsenter", "-t", Long.toString(holder.pid())));
    program.addAll(namespaces);
    return program;
  }

  /** Where this process finds a file of the disk. */
  Path seenFromHere(Path file) {
    return holder == null ? file : Path.of("/proc/" + holder.pid() + "/root" + file);
  }

  /** Leaves no room for a single byte more. */
  void fill(long server) throws Exception {
    writable = false;
    if (holder == null) {
      run("prlimit", "--pid", Long.toString(server), "--fsize=4096:");
      return;
    }
    byte[] block = new byte[4096];
    try (OutputStream filler = Files.newOutputStream(seenFromHere(folder.resolve("filler")))) {
      for (int size = block.length; size > 0; size /= 2) {
        fill(filler, block, size);
      }
    }
  }

  private static void fill(OutputStream filler, byte[] block, int size) {
    try {
      while (true) {
        filler.write(block, 0, size);
      }
    } catch (IOException full) {
      // That is what it was written for.
      return;
    }
  }

  /** Gives the room back. */
  void free(long server) throws Exception {
    writable = true;
    if (holder == null) {
      run("prlimit", "--pid", Long.toString(server), "--fsize=unlimited:");
    } else {
      Files.delete(seenFromHere(folder.resolve("filler")));
    }
  }

  /** Lets nobody write; no server may run on it. */
  void makeReadOnly() throws Exception {
    writable = false;
    if (holder != null) {
      List<String> command = new ArrayList<>(program());
      command.addAll(List.of("mount", "-o", "remount,ro", folder.toString()));
      run(command.toArray(String[]::new));
    }
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + said);
    }
  }

  /** The namespace ends with its last process, and the disk with it. */
  @Override
  public void close() {
    if (holder != null) {
      holder.destroy();
    }
  }
}
