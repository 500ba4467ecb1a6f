/** The certificate that a description binds its sender to (RFC 8122 §5): another one means another peer. */
export function fingerprintOf(sdp: string): string | undefined {
  return /^a=fingerprint:(.+)$/m.exec(sdp)?.[1]?.trim();
}
