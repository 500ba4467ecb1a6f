package dev.parley.kit.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** A private key and the full chain that a server sends for it, leaf first; never empty. */
record Leaf(PrivateKey key, List<X509Certificate> chain) {
  Leaf {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a chain has at least its leaf");
    }
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  Instant notAfter() {
    return certificate().getNotAfter().toInstant();
  }

  /** Whether a handshake that wants {@code keyType} (a JSSE name such as EC or RSA) can use it. */
  boolean serves(String keyType) {
    String algorithm = key.getAlgorithm();
    return keyType.equals(algorithm)
        || keyType.startsWith(algorithm + "_") // "EC_EC", "EC_RSA": key, then who signed it
        || (keyType.equals("EdDSA") && algorithm.startsWith("Ed"));
  }

  @Override
  public String toString() {
    return "Leaf[" + certificate().getSubjectX500Principal() + ", until " + notAfter() + "]";
  }
}
