package dev.parley.services.push;

/** Why a session ended. */
public enum EndReason {
  /** The client said goodbye, or its socket closed. */
  LEFT,
  /** The same session came back on a new socket. */
  REPLACED,
  /** The token expired or was revoked, or its user or resource is gone. */
  UNAUTHORIZED,
  /** The device did not answer a frame in time, or does not read. */
  UNRESPONSIVE,
  /** The server stops. */
  STOPPED
}
