package dev.parley.media.transport;

/** Who ciphers the packets. */
public enum CipherTier {
  /** The provider that comes with Java; about 1 KB of garbage per AES-GCM packet. */
  SUN,
  /** Amazon Corretto Crypto Provider, when its jar is there. */
  CORRETTO,
  /** OpenSSL 3 of the host, through the foreign-function interface. */
  OPENSSL
}
