/** Tests of certificates, with real handshakes on loopback. */
@org.jspecify.annotations.NullMarked
package dev.parley.kit.tls;
