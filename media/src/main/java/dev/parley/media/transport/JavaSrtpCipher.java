package dev.parley.media.transport;

import dev.parley.media.memory.Memory;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** SRTP ciphers of a Java security provider: the platform's own, or Corretto's. */
final class JavaSrtpCipher implements SrtpCipher {
  private static final int TAG_BYTES = 16;
  private static final int NONCE_BYTES = 12;

  private final CipherTier tier;
  private final Provider gcm;
  private final Provider hmac;
  private final Provider counter;

  JavaSrtpCipher(CipherTier tier, Provider gcm, Provider hmac, Provider counter) {
    this.tier = tier;
    this.gcm = gcm;
    this.hmac = hmac;
    this.counter = counter;
  }

  @Override
  public CipherTier tier() {
    return tier;
  }

  @Override
  public Aead aead(byte[] key, boolean sealing) {
    try {
      return new Gcm(Cipher.getInstance("AES/GCM/NoPadding", gcm), key, sealing);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  @Override
  public CounterMode counterMode(byte[] key, byte[] authenticationKey) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1", hmac);
      mac.init(new SecretKeySpec(authenticationKey, "HmacSHA1"));
      return new Counter(Cipher.getInstance("AES/CTR/NoPadding", counter), mac, key);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static final class Gcm implements Aead {
    private final Cipher cipher;
    private final Key key;
    private final int mode;
    private ReusedNonce current = new ReusedNonce();
    private ReusedNonce previous = new ReusedNonce();
    private final byte[] plain = new byte[PacketIo.SLOT_BYTES];
    private final byte[] sealed = new byte[PacketIo.SLOT_BYTES + TAG_BYTES];

    Gcm(Cipher cipher, byte[] key, boolean sealing) {
      this.cipher = cipher;
      this.key = new SecretKeySpec(key, "AES");
      this.mode = sealing ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
    }

    @Override
    public void seal(long nonceAt, long associated, int associatedLength, long bytes, int length) {
      try {
        begin(nonceAt, associated, associatedLength);
        Memory.copyOut(bytes, plain, 0, length);
        int written = cipher.doFinal(plain, 0, length, sealed, 0);
        Memory.copyIn(sealed, 0, bytes, written);
      } catch (GeneralSecurityException broken) {
        throw new IllegalStateException(broken);
      }
    }

    @Override
    public boolean open(
        long nonceAt, long associated, int associatedLength, long bytes, int length) {
      try {
        begin(nonceAt, associated, associatedLength);
        Memory.copyOut(bytes, sealed, 0, length + TAG_BYTES);
        int written = cipher.doFinal(sealed, 0, length + TAG_BYTES, plain, 0);
        Memory.copyIn(plain, 0, bytes, written);
        return true;
      } catch (AEADBadTagException forged) {
        return false;
      } catch (GeneralSecurityException broken) {
        throw new IllegalStateException(broken);
      }
    }

    private void begin(long nonceAt, long associated, int associatedLength)
        throws GeneralSecurityException {
      ReusedNonce next = previous;
      previous = current;
      current = next;
      Memory.copyOut(nonceAt, next.bytes, 0, NONCE_BYTES);
      cipher.init(mode, key, next);
      Memory.copyOut(associated, plain, 0, associatedLength);
      cipher.updateAAD(plain, 0, associatedLength);
    }

    @Override
    public void close() {}
  }

  /**
   * A nonce that is filled anew for every other packet instead of being made anew. Two of them take
   * turns, because providers compare a nonce with the one before to refuse its reuse.
   */
  private static final class ReusedNonce extends GCMParameterSpec {
    private static final byte[] NONE = new byte[0];
    final byte[] bytes = new byte[NONCE_BYTES];

    ReusedNonce() {
      super(TAG_BYTES * 8, NONE);
    }

    @Override
    public byte[] getIV() {
      return bytes;
    }
  }

  private static final class Counter implements CounterMode {
    private final Cipher cipher;
    private final Mac mac;
    private final Key key;
    private final byte[] start = new byte[16];
    private final byte[] input = new byte[PacketIo.SLOT_BYTES + 8];
    private final byte[] output = new byte[PacketIo.SLOT_BYTES + 8];

    Counter(Cipher cipher, Mac mac, byte[] key) {
      this.cipher = cipher;
      this.mac = mac;
      this.key = new SecretKeySpec(key, "AES");
    }

    @Override
    public void apply(long counter, long bytes, int length) {
      try {
        Memory.copyOut(counter, start, 0, start.length);
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(start));
        Memory.copyOut(bytes, input, 0, length);
        cipher.doFinal(input, 0, length, output, 0);
        Memory.copyIn(output, 0, bytes, length);
      } catch (GeneralSecurityException broken) {
        throw new IllegalStateException(broken);
      }
    }

    @Override
    public void authenticate(long bytes, int length, long digest) {
      try {
        Memory.copyOut(bytes, input, 0, length);
        mac.update(input, 0, length);
        mac.doFinal(output, 0);
        Memory.copyIn(output, 0, digest, 20);
      } catch (GeneralSecurityException broken) {
        throw new IllegalStateException(broken);
      }
    }

    @Override
    public void close() {}
  }
}
