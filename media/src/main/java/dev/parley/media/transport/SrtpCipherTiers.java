package dev.parley.media.transport;

import dev.parley.media.memory.Memory;
import dev.parley.media.memory.NativeBlock;
import java.lang.reflect.InvocationTargetException;
import java.security.Provider;
import java.security.Security;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the fastest ciphers that give right answers here: each tier is asked for a known AES-GCM
 * answer and an HMAC before it is used.
 */
public final class SrtpCipherTiers {
  private static final Logger LOG = LoggerFactory.getLogger(SrtpCipherTiers.class);

  // Test case 2 of the Galois/counter mode specification (McGrew and Viega): zero key, one block.
  private static final String GCM_ANSWER =
      "0388dace60b6a392f328c2b971b2fe78ab6e47d42cec13bdf53a67b21257bddf";
  // HMAC-SHA1 under a key of 20 times 0x0b over "Hi There" (RFC 2202 §3, case 1).
  private static final String HMAC_ANSWER = "b617318655057264e28bc0b6fb378c8ef146be00";

  private SrtpCipherTiers() {}

  /** The best tier that works; the choice is logged. */
  public static SrtpCipher choose() {
    for (CipherTier tier :
        new CipherTier[] {CipherTier.OPENSSL, CipherTier.CORRETTO, CipherTier.SUN}) {
      Optional<SrtpCipher> cipher = of(tier);
      if (cipher.isPresent()) {
        LOG.info("media ciphers: {} tier", tier);
        return cipher.get();
      }
    }
    throw new IllegalStateException("this Java platform has no AES-GCM");
  }

  /** Exactly this tier, when it is there and passes the self-test. */
  public static Optional<SrtpCipher> of(CipherTier tier) {
    try {
      SrtpCipher cipher =
          switch (tier) {
            case SUN -> sun();
            case CORRETTO -> corretto();
            case OPENSSL -> new OpenSslSrtpCipher();
          };
      if (passes(cipher)) {
        return Optional.of(cipher);
      }
      LOG.warn("media ciphers: {} tier gave a wrong answer and is not used", tier);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError missing) {
      LOG.info("media ciphers: no {} tier: {}", tier, missing.toString());
    }
    return Optional.empty();
  }

  private static SrtpCipher sun() {
    Provider platform = Security.getProvider("SunJCE");
    if (platform == null) {
      throw new IllegalStateException("no SunJCE provider");
    }
    return new JavaSrtpCipher(CipherTier.SUN, platform, platform, platform);
  }

  /** By name, because the jar is optional: not every platform has one. */
  private static SrtpCipher corretto() throws ReflectiveOperationException {
    try {
      Class<?> type =
          Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
      Provider provider = (Provider) type.getField("INSTANCE").get(null);
      Provider platform = Security.getProvider("SunJCE");
      if (provider == null || platform == null) {
        throw new IllegalStateException("the Corretto provider did not start");
      }
      // Its counter mode, where it has one, is slower than the platform's.
      return new JavaSrtpCipher(CipherTier.CORRETTO, provider, provider, platform);
    } catch (ExceptionInInitializerError failed) {
      throw new InvocationTargetException(failed);
    }
  }

  private static boolean passes(SrtpCipher cipher) {
    try (NativeBlock block = new NativeBlock(256);
        SrtpCipher.Aead aead = cipher.aead(new byte[16], true);
        SrtpCipher.CounterMode counter =
            cipher.counterMode(new byte[16], HexFormat.of().parseHex("0b".repeat(20)))) {
      long nonce = block.address();
      long bytes = block.address() + 64;
      aead.seal(nonce, nonce, 0, bytes, 16);
      boolean sealed = HexFormat.of().formatHex(Memory.bytes(bytes, 32)).equals(GCM_ANSWER);
      Memory.copyIn("Hi There".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, bytes, 8);
      counter.authenticate(bytes, 8, bytes + 64);
      return sealed && HexFormat.of().formatHex(Memory.bytes(bytes + 64, 20)).equals(HMAC_ANSWER);
    }
  }
}
