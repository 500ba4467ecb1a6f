package dev.parley.services.calling;

import java.util.UUID;

/** A signalling session of one device; it outlives its socket for a while. */
public record ClientId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
