package dev.parley.services.rooms;

import java.util.Arrays;
import java.util.Optional;

/** What a participant may do in the call of a room; calling enforces it. */
public enum RoomRole {
  /** Everything: also muting and removing others, sharing the screen, and calling numbers. */
  PRESENTER("Presenter"),
  /** Audio and video; the role of those for whom none was named. */
  ATTENDEE("Attendee"),
  /** Only sees and hears. */
  CONSUMER("Consumer"),
  /** An attendee who may also share the screen; on the wire since api-version 2025-03-13. */
  COLLABORATOR("Collaborator");

  private final String word;

  RoomRole(String word) {
    this.word = word;
  }

  /** The wire's word. */
  public String word() {
    return word;
  }

  /** The role of this word, in any case; empty when there is none. */
  public static Optional<RoomRole> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word.equalsIgnoreCase(word)).findFirst();
  }
}
