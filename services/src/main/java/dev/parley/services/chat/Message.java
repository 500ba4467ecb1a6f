package dev.parley.services.chat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message, of a user or of the system.
 *
 * @param id its creation in epoch milliseconds, unique and rising within the thread
 * @param sequence 1 for the first message of the thread, rising by one
 * @param version epoch milliseconds of its last change
 * @param senderId raw id; null for system messages
 * @param content null once deleted
 */
public record Message(
    long id,
    long sequence,
    long version,
    Type type,
    @Nullable String senderId,
    @Nullable String senderDisplayName,
    Instant createdAt,
    @Nullable Instant editedAt,
    @Nullable Instant deletedAt,
    @Nullable Content content,
    Map<String, String> metadata) {

  /** The kinds of message that the wire knows (operations.md, ChatMessage). */
  public enum Type {
    TEXT("text"),
    HTML("html"),
    TOPIC_UPDATED("topicUpdated"),
    PARTICIPANT_ADDED("participantAdded"),
    PARTICIPANT_REMOVED("participantRemoved");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    /** The wire's word. */
    public String word() {
      return word;
    }
  }

  /** What a message says. */
  public sealed interface Content {
    /** What a user wrote. */
    record Written(String text) implements Content {}

    /** The topic was set. */
    record Topic(String topic, String initiator) implements Content {}

    /** Members came or went; the type says which. */
    record Participants(List<Member> members, String initiator) implements Content {}
  }

  /** Whether a user wrote it, and it is still there to be edited. */
  boolean isEditableBy(String userId) {
    return userId.equals(senderId) && deletedAt == null;
  }
}
