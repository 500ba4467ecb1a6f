package dev.parley.media.transport;

/**
 * The cipher work of SRTP on native memory, without the packet format. Ciphers are keyed once, used
 * by one thread and closed by it. Three tiers pass the same contract test.
 */
public interface SrtpCipher {
  /** The tier of these ciphers. */
  CipherTier tier();

  /** Keys an authenticated cipher. A key serves one direction only. */
  Aead aead(byte[] key, boolean sealing);

  /** Keys a counter-mode cipher with its authentication. */
  CounterMode counterMode(byte[] key, byte[] authenticationKey);

  /** AES-128-GCM with 12-byte nonces and 16-byte tags. */
  interface Aead extends AutoCloseable {
    /** Encrypts {@code length} bytes in place and appends the tag. A nonce is used once. */
    void seal(long nonce, long associated, int associatedLength, long bytes, int length);

    /**
     * Decrypts {@code length} bytes in place; the tag stands behind them.
     *
     * @return whether they are authentic; if not, their content is undefined
     */
    boolean open(long nonce, long associated, int associatedLength, long bytes, int length);

    @Override
    void close();
  }

  /** AES-128 in counter mode and HMAC-SHA1. */
  interface CounterMode extends AutoCloseable {
    /** Encrypts or decrypts in place, from the 16-byte counter block at {@code counter}. */
    void apply(long counter, long bytes, int length);

    /** Writes the 20 bytes of HMAC-SHA1 over the bytes to {@code digest}. */
    void authenticate(long bytes, int length, long digest);

    @Override
    void close();
  }
}
