package dev.parley.services.calling;

import java.util.UUID;

/** A call, within its resource. On the wire and in events it is the server call id too. */
public record CallId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
