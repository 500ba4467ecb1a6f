/** Tests of sockets, ciphers, STUN and links; each tier passes the same contract. */
@org.jspecify.annotations.NullMarked
package dev.parley.media.transport;
