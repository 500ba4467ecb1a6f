package dev.parley.media.transport;

import java.util.Arrays;

/**
 * The keys of both directions, as a DTLS handshake exports them.
 *
 * @param client what the DTLS client sends with
 * @param server what the DTLS server sends with
 */
public record SrtpKeyPair(SrtpKeys client, SrtpKeys server) {
  /** Bytes that the exporter is asked for (RFC 5764 §4.2). */
  public static int exportedBytes(SrtpProfile profile) {
    return 2 * (SrtpProfile.KEY_BYTES + profile.saltBytes());
  }

  /** Splits exported bytes: client key, server key, client salt, server salt. */
  public static SrtpKeyPair split(SrtpProfile profile, byte[] exported) {
    int key = SrtpProfile.KEY_BYTES;
    int salt = profile.saltBytes();
    SrtpKeys client =
        SrtpKeys.derive(
            profile,
            Arrays.copyOfRange(exported, 0, key),
            Arrays.copyOfRange(exported, 2 * key, 2 * key + salt));
    SrtpKeys server =
        SrtpKeys.derive(
            profile,
            Arrays.copyOfRange(exported, key, 2 * key),
            Arrays.copyOfRange(exported, 2 * key + salt, 2 * key + 2 * salt));
    return new SrtpKeyPair(client, server);
  }
}
