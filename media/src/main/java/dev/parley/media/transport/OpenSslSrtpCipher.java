package dev.parley.media.transport;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.util.Arrays;

/** SRTP ciphers of the host's OpenSSL 3, in place and without garbage. */
final class OpenSslSrtpCipher implements SrtpCipher {
  private static final int TAG_BYTES = 16;
  private static final int HMAC_BLOCK_BYTES = 64;

  @Override
  public CipherTier tier() {
    return CipherTier.OPENSSL;
  }

  @Override
  public Aead aead(byte[] key, boolean sealing) {
    return new Gcm(key, sealing);
  }

  @Override
  public CounterMode counterMode(byte[] key, byte[] authenticationKey) {
    return new Counter(key, authenticationKey);
  }

  private static void check(boolean worked) {
    if (!worked) {
      throw new IllegalStateException("OpenSSL refused a call");
    }
  }

  /** Keys a new context; the key does not stay in memory of ours. */
  private static long keyed(long cipher, byte[] key, int direction) {
    try (NativeBlock block = new NativeBlock(key.length)) {
      Memory.copyIn(key, 0, block.address(), key.length);
      long context = OpenSsl.newCipher();
      check(OpenSsl.init(context, cipher, block.address(), 0, direction));
      Memory.fill(block.address(), key.length, 0);
      return context;
    }
  }

  private static final class Gcm implements Aead {
    private final NativeBlock scratch = new NativeBlock(16);
    private final long context;

    Gcm(byte[] key, boolean sealing) {
      this.context = keyed(OpenSsl.aes128Gcm(), key, sealing ? 1 : 0);
    }

    @Override
    public void seal(long nonce, long associated, int associatedLength, long bytes, int length) {
      long written = scratch.address();
      check(OpenSsl.init(context, 0, 0, nonce, -1));
      check(OpenSsl.update(context, 0, written, associated, associatedLength));
      check(length == 0 || OpenSsl.update(context, bytes, written, bytes, length));
      check(OpenSsl.finish(context, bytes + length, written));
      check(OpenSsl.control(context, OpenSsl.GCM_GET_TAG, TAG_BYTES, bytes + length));
    }

    @Override
    public boolean open(long nonce, long associated, int associatedLength, long bytes, int length) {
      long written = scratch.address();
      check(OpenSsl.init(context, 0, 0, nonce, -1));
      check(OpenSsl.update(context, 0, written, associated, associatedLength));
      check(length == 0 || OpenSsl.update(context, bytes, written, bytes, length));
      check(OpenSsl.control(context, OpenSsl.GCM_SET_TAG, TAG_BYTES, bytes + length));
      return OpenSsl.finish(context, scratch.address(), written);
    }

    @Override
    public void close() {
      OpenSsl.freeCipher(context);
      scratch.close();
    }
  }

  /** HMAC (RFC 2104) from copied SHA-1 states: the padded key is hashed once, not per packet. */
  private static final class Counter implements CounterMode {
    private final NativeBlock scratch = new NativeBlock(HMAC_BLOCK_BYTES);
    private final long context;
    private final long inner;
    private final long outer;
    private final long running = OpenSsl.newDigest();

    Counter(byte[] key, byte[] authenticationKey) {
      this.context = keyed(OpenSsl.aes128Counter(), key, 1);
      this.inner = padded(authenticationKey, 0x36);
      this.outer = padded(authenticationKey, 0x5c);
    }

    private long padded(byte[] key, int with) {
      byte[] block = Arrays.copyOf(key, HMAC_BLOCK_BYTES);
      for (int i = 0; i < block.length; i++) {
        block[i] ^= (byte) with;
      }
      Memory.copyIn(block, 0, scratch.address(), HMAC_BLOCK_BYTES);
      long digest = OpenSsl.newDigest();
      check(OpenSsl.digestInit(digest, OpenSsl.sha1()));
      check(OpenSsl.digestUpdate(digest, scratch.address(), HMAC_BLOCK_BYTES));
      Memory.fill(scratch.address(), HMAC_BLOCK_BYTES, 0);
      return digest;
    }

    @Override
    public void apply(long counter, long bytes, int length) {
      check(OpenSsl.init(context, 0, 0, counter, -1));
      check(length == 0 || OpenSsl.update(context, bytes, scratch.address(), bytes, length));
    }

    @Override
    public void authenticate(long bytes, int length, long digest) {
      check(OpenSsl.digestCopy(running, inner));
      check(OpenSsl.digestUpdate(running, bytes, length));
      check(OpenSsl.digestFinal(running, digest));
      check(OpenSsl.digestCopy(running, outer));
      check(OpenSsl.digestUpdate(running, digest, 20));
      check(OpenSsl.digestFinal(running, digest));
    }

    @Override
    public void close() {
      OpenSsl.freeCipher(context);
      OpenSsl.freeDigest(inner);
      OpenSsl.freeDigest(outer);
      OpenSsl.freeDigest(running);
      scratch.close();
    }
  }
}
