/**
 * From the socket to plaintext RTP and back: datagrams, ICE-lite, DTLS and SRTP. Owns sockets, keys
 * and the choice of tiers; must not know conferences, tracks or codecs. Start at {@link
 * dev.parley.media.transport.PacketIo} and {@link dev.parley.media.transport.SrtpCipher}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.media.transport;
