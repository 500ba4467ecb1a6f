package dev.parley.server.folder;

import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Secret;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of one server, held by a lock for as long as this object is open. The lock is the
 * operating system's: it ends with the process, however that ends. Owned by the thread that starts
 * and stops the server.
 */
public final class DataFolder implements AutoCloseable {
  /** Written into a new folder; a higher one was made by a newer program. */
  static final int FORMAT = 1;

  private static final String MARK = "format";
  private static final String LOCK = "lock";
  private static final String RUNNING = "running";

  private static final String ADMIN_TOKEN = "admin.token";
  private static final String CONNECTION = "connection.env";

  private final Path path;
  private final FileChannel lockFile;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel lockFile, FileLock lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Takes the folder, making it when there is none.
   *
   * @throws Stopped when another process holds it, it cannot be written, holds something else than
   *     Parley's data, or was made by a newer program
   */
  public static DataFolder open(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        OwnerOnly.createDirectories(path);
      }
      if (!Files.exists(path.resolve(MARK)) && !isEmpty(path)) {
        throw new Stopped(new Problem.NotOurFolder(path));
      }
      return locked(path);
    } catch (IOException failed) {
      throw new Stopped(new Problem.Unwritable(path, reason(failed)));
    }
  }

  /** Takes a folder that is there already; see {@link #open}. */
  public static DataFolder openExisting(Path path) {
    if (!exists(path)) {
      throw new Stopped(new Problem.NoFolder(path));
    }
    return open(path);
  }

  /** Whether there is a data folder at all. */
  public static boolean exists(Path path) {
    return Files.exists(path.resolve(MARK));
  }

  /** The folder itself: absolute, readable by its owner only. */
  public Path path() {
    return path;
  }

  /**
   * A new token for this run: whoever can read the folder may administer the server. The server
   * takes it as {@code Authorization: Bearer} on {@code /manage/v1}.
   */
  public Secret<String> newAdminToken(Ids ids) {
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(ids.bytes(32));
    write(ADMIN_TOKEN, token + "\n");
    return Secret.of(token);
  }

  /**
   * Tells scripts how to reach the server: {@code connection.env}, which a shell can source, and
   * tells our own commands.
   */
  public void announce(Connection connection, RunningServer running) {
    write(RUNNING, running.lines());
    write(CONNECTION, connection.lines());
  }

  /** Takes back what {@link #announce} wrote and gives the folder free. */
  @Override
  public void close() {
    try (lockFile) {
      for (String name : new String[] {CONNECTION, RUNNING, ADMIN_TOKEN}) {
        Files.deleteIfExists(path.resolve(name));
      }
      lock.release();
    } catch (IOException failed) {
      throw new Stopped(new Problem.Unwritable(path, reason(failed)));
    }
  }

  /** What the server that holds {@code path} says of itself, and the token it takes. */
  public static RunningServer.Access running(Path path) {
    try {
      RunningServer server = RunningServer.parse(Files.readAllLines(path.resolve(RUNNING)));
      String token = Files.readString(path.resolve(ADMIN_TOKEN)).strip();
      return new RunningServer.Access(server, Secret.of(token));
    } catch (IOException | IllegalArgumentException unreadable) {
      throw new Stopped(
          new Problem.NoAnswer(path.toString(), "it is starting, stopping, or another program"));
    }
  }

  /** Whether another process holds the folder now. */
  public static boolean isHeld(Path path) {
    if (!exists(path)) {
      return false;
    }
    try (DataFolder.Probe probe = Probe.of(path)) {
      return !probe.free();
    } catch (IOException failed) {
      throw new Stopped(new Problem.Unwritable(path, reason(failed)));
    }
  }

  private static DataFolder locked(Path path) throws IOException {
    FileChannel file = openLockFile(path);
    try {
      FileLock lock = tryLock(file);
      if (lock == null) {
        throw new Stopped(new Problem.FolderLocked(path, owner(path)));
      }
      mark(path);
      return new DataFolder(path, file, lock);
    } catch (IOException | RuntimeException failed) {
      file.close();
      throw failed;
    }
  }

  private static FileChannel openLockFile(Path path) throws IOException {
    Path lock = path.resolve(LOCK);
    if (!Files.exists(lock)) {
      OwnerOnly.createFile(lock);
    }
    return FileChannel.open(lock, StandardOpenOption.WRITE);
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel file)
      throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** Checks the format of a folder that is there, and writes that of a new one. */
  private static void mark(Path path) throws IOException {
    Path mark = path.resolve(MARK);
    if (!Files.exists(mark)) {
      OwnerOnly.write(mark, FORMAT + "\n");
      return;
    }
    String text = Files.readString(mark).strip();
    if (!text.matches("[0-9]{1,9}")) {
      throw new Stopped(new Problem.Damaged(path, "its file 'format' holds no number"));
    }
    if (Integer.parseInt(text) > FORMAT) {
      throw new Stopped(
          new Problem.TooNew(path, "format " + text + ", this program knows " + FORMAT));
    }
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.map(Path::getFileName).allMatch(DataFolder::isMadeFirst);
    }
  }

  /** What a first start that was cut off may leave, and what a fresh ext4 volume holds. */
  private static boolean isMadeFirst(Path name) {
    String text = name.toString();
    return text.equals(LOCK) || text.equals("lost+found") || text.startsWith(MARK + ".");
  }

  private static String owner(Path path) {
    try {
      RunningServer server = RunningServer.parse(Files.readAllLines(path.resolve(RUNNING)));
      return "process " + server.processId() + " at " + server.endpoint();
    } catch (IOException | IllegalArgumentException notAnnounced) {
      return "a Parley that is starting or stopping";
    }
  }

  private void write(String name, String text) {
    try {
      OwnerOnly.write(path.resolve(name), text);
    } catch (IOException failed) {
      throw new Stopped(new Problem.Unwritable(path, reason(failed)));
    }
  }

  static String reason(IOException failed) {
    return switch (failed) {
      case AccessDeniedException _ -> "access denied";
      case NoSuchFileException _ -> "there is no such folder";
      case FileAlreadyExistsException _ -> "it is a file, not a folder";
      case java.nio.file.FileSystemException other when other.getReason() != null ->
          other.getReason();
      case IOException other -> String.valueOf(other.getMessage());
    };
  }

  /** What {@code connection.env} holds; the values are for programs that use the SDKs. */
  public record Connection(
      String endpoint,
      Secret<String> connectionString,
      String resourceId,
      Path authorityPem,
      Path trustStore,
      String trustStorePassword) {

    String lines() {
      Map<String, String> values = new java.util.LinkedHashMap<>();
      values.put("PARLEY_ENDPOINT", endpoint);
      values.put("PARLEY_CONNECTION_STRING", connectionString.reveal());
      values.put("PARLEY_RESOURCE_ID", resourceId);
      values.put("PARLEY_CA_PEM", authorityPem.toString());
      values.put("PARLEY_TRUSTSTORE", trustStore.toString());
      values.put("PARLEY_TRUSTSTORE_PASSWORD", trustStorePassword);
      StringBuilder lines = new StringBuilder();
      values.forEach((key, value) -> lines.append(key + "=" + quoted(value) + "\n"));
      return lines.toString();
    }

    /** In single quotes nothing is special to a shell but the single quote itself. */
    private static String quoted(String value) {
      return "'" + value.replace("'", "'\\''") + "'";
    }
  }

  /** Tries the lock for a moment without keeping it. */
  private record Probe(FileChannel file, @org.jspecify.annotations.Nullable FileLock lock)
      implements AutoCloseable {
    static Probe of(Path path) throws IOException {
      FileChannel file = openLockFile(path);
      return new Probe(file, tryLock(file));
    }

    boolean free() {
      return lock != null;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
