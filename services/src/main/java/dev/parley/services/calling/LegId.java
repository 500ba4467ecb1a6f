package dev.parley.services.calling;

import java.util.UUID;

/** One client's place in a call. A participant has one connected leg at most. */
public record LegId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
