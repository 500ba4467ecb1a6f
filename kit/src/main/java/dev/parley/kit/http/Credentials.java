package dev.parley.kit.http;

/** Decides who sent a request. Implemented by the services that own keys and tokens. */
public interface Credentials {
  /**
   * Checks the credential of {@code incoming} whatever its kind.
   *
   * @param body the body as signed: after decompression nothing of it may have changed
   * @throws ProblemException 401 when it is missing, malformed, wrong, expired or revoked
   */
  Caller check(Incoming incoming, byte[] body);
}
