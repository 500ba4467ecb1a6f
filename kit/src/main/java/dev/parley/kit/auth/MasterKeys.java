package dev.parley.kit.auth;

import dev.parley.kit.auth.VaultFault.Reason;
import dev.parley.kit.base.AtomicFile;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys above all stored secrets; they live outside the store. The first one seals, all of them
 * open, so that rotating means: put a new one first, rewrap, take the old one out.
 *
 * <p>As text: 32 bytes each in base64, separated by commas or line breaks; lines that begin with
 * {@code #} are comments.
 */
public final class MasterKeys {
  static final int KEY_BYTES = 32;
  static final int ID_BYTES = 8;

  /** Old keys are needed only while a rewrap runs. */
  private static final int KEYS_MAX = 16;

  private final List<MasterKey> keys;

  /** A key and the id by which a ciphertext names it: the head of the key's hash. */
  record MasterKey(byte[] id, SecretKey key) {
    static MasterKey of(byte[] key) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update("parley master key id".getBytes(StandardCharsets.US_ASCII));
        byte[] id = Arrays.copyOf(digest.digest(key), ID_BYTES);
        return new MasterKey(id, new SecretKeySpec(key, "AES"));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JDK has no SHA-256", e);
      }
    }
  }

  private MasterKeys(List<MasterKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /** Reads the text form, as an option or environment variable gives it. */
  public static MasterKeys parse(Secret<String> text) {
    List<MasterKey> keys = new ArrayList<>();
    for (String line : text.reveal().lines().toList()) {
      if (!line.stripLeading().startsWith("#")) {
        for (String part : line.split(",", -1)) {
          if (!part.isBlank()) {
            keys.add(MasterKey.of(decode(part.strip())));
          }
        }
      }
    }
    if (keys.isEmpty() || keys.size() > KEYS_MAX) {
      throw malformed("from 1 to " + KEYS_MAX + " master keys are expected");
    }
    return new MasterKeys(keys);
  }

  /**
   * Reads the key file. Use this, not {@link #openOrCreate}, when the store already holds secrets:
   * a new key would open none of them.
   */
  public static MasterKeys open(Path file) {
    try {
      checkPrivate(file);
      return parse(Secret.of(Files.readString(file)));
    } catch (IOException e) {
      throw new VaultFault(
          Reason.KEY_FILE_UNREADABLE,
          "the master key file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")",
          e);
    }
  }

  /** Reads the key file, or makes one with a new key, mode 0600. */
  public static MasterKeys openOrCreate(Path file, Ids ids) {
    if (!Files.exists(file)) {
      write(file, new MasterKeys(List.of(MasterKey.of(ids.bytes(KEY_BYTES)))));
    }
    return open(file);
  }

  /** Puts a new key first in the file; the others still open what they sealed. */
  public static MasterKeys rotate(Path file, Ids ids) {
    List<MasterKey> keys = new ArrayList<>(open(file).keys);
    keys.addFirst(MasterKey.of(ids.bytes(KEY_BYTES)));
    if (keys.size() > KEYS_MAX) {
      throw malformed("there are " + KEYS_MAX + " master keys already; retire the old ones first");
    }
    write(file, new MasterKeys(keys));
    return open(file);
  }

  /** Leaves only the first key in the file; call it when every secret has been rewrapped. */
  public static MasterKeys retireOld(Path file) {
    write(file, new MasterKeys(List.of(open(file).sealing())));
    return open(file);
  }

  MasterKey sealing() {
    return keys.getFirst();
  }

  Optional<MasterKey> opening(byte[] id) {
    return keys.stream().filter(key -> Arrays.equals(key.id, id)).findFirst();
  }

  private static void write(Path file, MasterKeys keys) {
    StringBuilder text =
        new StringBuilder(
            """
            # Parley's master keys. Whoever has them can read the stored secrets; without them the
            # stored secrets are lost. Keep a copy apart from the backups. The first one seals.
            """);
    for (MasterKey key : keys.keys) {
      text.append(Base64.getEncoder().encodeToString(key.key.getEncoded())).append('\n');
    }
    try {
      AtomicFile.writePrivate(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new VaultFault(
          Reason.KEY_FILE_UNWRITABLE,
          "the master key file "
              + file
              + " cannot be written ("
              + e.getClass().getSimpleName()
              + ")",
          e);
    }
  }

  private static void checkPrivate(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      if (mode.contains(PosixFilePermission.OTHERS_READ)
          || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new VaultFault(
            Reason.KEY_FILE_EXPOSED,
            "every user of this machine can open the master key file "
                + file
                + "; run: chmod 600 "
                + file);
      }
    }
  }

  private static byte[] decode(String part) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw malformed("a master key is not base64");
    }
    if (key.length != KEY_BYTES) {
      throw malformed("a master key is 32 bytes in base64");
    }
    return key;
  }

  private static VaultFault malformed(String message) {
    return new VaultFault(Reason.KEY_FILE_MALFORMED, message);
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
