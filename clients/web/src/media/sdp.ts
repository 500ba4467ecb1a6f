/** The certificate that a description binds its sender to (RFC 8122 §5): another one means another peer. */
export function fingerprintOf(sdp: string): string | undefined {
  return /^a=fingerprint:(.+)$/m.exec(sdp)?.[1]?.trim();
}

/** The number of the session that a description belongs to (`o=`, RFC 8866 §5.2). */
export function sessionOf(sdp: string): string | undefined {
  return /^o=\S+ (\S+)/m.exec(sdp)?.[1];
}
