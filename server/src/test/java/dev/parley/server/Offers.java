package dev.parley.server;

import java.util.List;

/** Descriptions and packets as they stand on the wire. */
final class Offers {
  /** A client that publishes sound; line ends as JSON writes them. */
  static final String AUDIO =
      String.join(
          "\\r\\n",
          "v=0",
          "o=- 4611731400430051336 2 IN IP4 127.0.0.1",
          "s=-",
          "t=0 0",
          "a=group:BUNDLE 0",
          "m=audio 9 UDP/TLS/RTP/SAVPF 111",
          "c=IN IP4 0.0.0.0",
          "a=ice-ufrag:abcd",
          "a=ice-pwd:abcdefghijklmnopqrstuvwx",
          "a=fingerprint:sha-256 "
              + "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:"
              + "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF",
          "a=setup:actpass",
          "a=mid:0",
          "a=sendonly",
          "a=rtcp-mux",
          "a=rtpmap:111 opus/48000/2",
          "a=ssrc:3735928559 cname:x",
          "");

  /** A binding request without credentials, one with wrong ones, RTP, RTCP, a DTLS hello's head. */
  static final List<String> STRANGERS =
      List.of(
          "000100002112a442000102030405060708090a0b",
          "000100082112a442000102030405060708090a0b0006000478787878",
          "806f0001000000000000000100000000",
          "81c8000100000001",
          "16fefd0000000000000000000101");

  private Offers() {}
}
