package dev.parley.kit.auth;

import dev.parley.kit.auth.MasterKeys.MasterKey;
import dev.parley.kit.auth.VaultFault.Reason;
import dev.parley.kit.base.Ids;
import dev.parley.kit.base.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts small secrets for the store: each under a key of its own (AES-256-GCM), and that key
 * under the first master key. A ciphertext opens only in the row it was sealed for. Thread-safe.
 *
 * <pre>
 * 1  version, 1
 * 8  id of the master key
 * 12 nonce    32+16  the secret's key, sealed under the master key
 * 12 nonce    n+16   the secret, sealed under its key
 * </pre>
 */
public final class Vault {
  /** Keys, signing keys and webhook secrets; not documents. */
  public static final int SECRET_BYTES_MAX = 64 * 1024;

  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int HEAD_BYTES = 1 + MasterKeys.ID_BYTES;
  private static final int WRAPPED_BYTES = NONCE_BYTES + MasterKeys.KEY_BYTES + TAG_BYTES;

  private final MasterKeys masterKeys;
  private final Ids ids;

  public Vault(MasterKeys masterKeys, Ids ids) {
    this.masterKeys = masterKeys;
    this.ids = ids;
  }

  /** The row that a secret belongs to. */
  public record Row(String table, String id) {
    /** Lengths come first, so that no two rows give the same bytes. */
    private byte[] bytes(byte[] head) {
      byte[] tableBytes = table.getBytes(StandardCharsets.UTF_8);
      byte[] idBytes = id.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(head.length + 8 + tableBytes.length + idBytes.length)
          .put(head)
          .putInt(tableBytes.length)
          .put(tableBytes)
          .putInt(idBytes.length)
          .put(idBytes)
          .array();
    }
  }

  /**
   * Encrypts a secret for its row.
   *
   * @throws IllegalArgumentException when longer than {@link #SECRET_BYTES_MAX}
   */
  public byte[] seal(Row row, Secret<byte[]> secret) {
    byte[] plain = secret.reveal();
    if (plain.length > SECRET_BYTES_MAX) {
      throw new IllegalArgumentException("a secret has at most 64 KiB");
    }
    byte[] key = ids.bytes(MasterKeys.KEY_BYTES);
    byte[] head = head(masterKeys.sealing());
    byte[] wrapped = encrypt(masterKeys.sealing().key(), row.bytes(head), key);
    byte[] body = encrypt(aes(key), row.bytes(new byte[] {VERSION}), plain);
    return join(head, wrapped, body);
  }

  /**
   * Decrypts what {@link #seal} gave for the same row.
   *
   * @throws VaultFault when the master key is not given, or the ciphertext is not this row's
   */
  public Secret<byte[]> open(Row row, byte[] sealed) {
    byte[] key = unwrap(row, sealed);
    byte[] body = Arrays.copyOfRange(sealed, HEAD_BYTES + WRAPPED_BYTES, sealed.length);
    return Secret.of(decrypt(aes(key), row.bytes(new byte[] {VERSION}), body));
  }

  /** Whether it is sealed under another master key than the first: {@link #rewrap} it. */
  public boolean needsRewrap(byte[] sealed) {
    checkFormat(sealed);
    return !Arrays.equals(masterKeyId(sealed), masterKeys.sealing().id());
  }

  /** The same secret under the first master key; the secret itself is not decrypted. */
  public byte[] rewrap(Row row, byte[] sealed) {
    byte[] key = unwrap(row, sealed);
    byte[] head = head(masterKeys.sealing());
    byte[] wrapped = encrypt(masterKeys.sealing().key(), row.bytes(head), key);
    return join(
        head, wrapped, Arrays.copyOfRange(sealed, HEAD_BYTES + WRAPPED_BYTES, sealed.length));
  }

  private byte[] unwrap(Row row, byte[] sealed) {
    checkFormat(sealed);
    byte[] id = masterKeyId(sealed);
    MasterKey masterKey =
        masterKeys
            .opening(id)
            .orElseThrow(() ->
                new VaultFault(
                    Reason.UNKNOWN_MASTER_KEY,
                    "the stored secrets were sealed under master key "
                        + HexFormat.of().formatHex(id)
                        + ", which is not among those given"));
    byte[] wrapped = Arrays.copyOfRange(sealed, HEAD_BYTES, HEAD_BYTES + WRAPPED_BYTES);
    return decrypt(masterKey.key(), row.bytes(head(masterKey)), wrapped);
  }

  private static void checkFormat(byte[] sealed) {
    if (sealed.length < HEAD_BYTES + WRAPPED_BYTES + NONCE_BYTES + TAG_BYTES
        || sealed[0] != VERSION) {
      throw new VaultFault(Reason.UNKNOWN_FORMAT, "not a secret sealed by this version");
    }
  }

  private static byte[] masterKeyId(byte[] sealed) {
    return Arrays.copyOfRange(sealed, 1, HEAD_BYTES);
  }

  private static byte[] head(MasterKey key) {
    return join(new byte[] {VERSION}, key.id());
  }

  private byte[] encrypt(SecretKey key, byte[] associated, byte[] plain) {
    byte[] nonce = ids.bytes(NONCE_BYTES);
    try {
      return join(nonce, cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plain));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  private static byte[] decrypt(SecretKey key, byte[] associated, byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, associated)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw new VaultFault(
          Reason.TAMPERED, "a stored secret was changed or belongs to another row", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }

  private static SecretKey aes(byte[] key) {
    return new SecretKeySpec(key, "AES");
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }
}
