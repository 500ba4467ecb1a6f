package dev.parley.conformance.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Remembers in a file which lock file a folder of packages was installed from. */
final class InstalledStamp {

  private final Path stamp;
  private final String wanted;

  /**
   * @param stamp the file inside the folder of packages
   * @param lock the lock file that names every package with its hash
   */
  InstalledStamp(Path stamp, Path lock) throws IOException {
    this.stamp = stamp;
    this.wanted = sha256(Files.readAllBytes(lock));
  }

  /** Whether the packages of exactly this lock file are there. */
  boolean isFresh() throws IOException {
    return Files.exists(stamp) && Files.readString(stamp).equals(wanted);
  }

  /** To be called after the packages were installed. */
  void write() throws IOException {
    Files.writeString(stamp, wanted);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every JDK has SHA-256", missing);
    }
  }
}
