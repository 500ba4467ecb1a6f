package dev.parley.server.folder;

import dev.parley.kit.base.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files and folders that only their owner can read, from the moment they exist. */
final class OwnerOnly {
  private OwnerOnly() {}

  /** Makes the folder with mode 0700, and the folders above it as usual. */
  static void createDirectories(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.createDirectory(folder, mode(folder, "rwx------"));
  }

  /** Makes an empty file with mode 0600. */
  static void createFile(Path file) throws IOException {
    Files.createFile(file, mode(file, "rw-------"));
  }

  /** Writes a file of mode 0600 that is either as before or whole, also after a crash. */
  static void write(Path file, String text) throws IOException {
    AtomicFile.writePrivate(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** On Windows a new file inherits the rights of its folder, by default the user's own. */
  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
