package dev.parley.services.chat;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A thread.
 *
 * @param createdBy raw id of the user who made it
 * @param retentionDays days after its creation when it is deleted, or null for never
 * @param lastMessageId of its newest message; ids rise within a thread
 * @param lastSequence of its newest message
 * @param lastMessageAt when its newest message came
 */
public record ChatThread(
    ThreadId id,
    String topic,
    String createdBy,
    Instant createdAt,
    Map<String, String> metadata,
    @Nullable Integer retentionDays,
    long lastMessageId,
    long lastSequence,
    Instant lastMessageAt) {

  /** The same thread after one more message. */
  ChatThread with(Message message) {
    return new ChatThread(
        id,
        topic,
        createdBy,
        createdAt,
        metadata,
        retentionDays,
        message.id(),
        message.sequence(),
        message.createdAt());
  }

  /** The same thread with other properties. */
  ChatThread with(String newTopic, Map<String, String> newMetadata, @Nullable Integer newDays) {
    return new ChatThread(
        id,
        newTopic,
        createdBy,
        createdAt,
        newMetadata,
        newDays,
        lastMessageId,
        lastSequence,
        lastMessageAt);
  }
}
