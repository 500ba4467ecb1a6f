package dev.parley.services.chat;

import dev.parley.kit.base.Refused;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules on what callers give, each with the field that it is about. */
final class ChatRules {
  private ChatRules() {}

  static void requireTopic(String topic) {
    require(
        !topic.isEmpty() && topic.length() <= ChatLimits.TOPIC_CHARACTERS_MAX,
        "topic",
        "The topic must have 1 to " + ChatLimits.TOPIC_CHARACTERS_MAX + " characters.");
  }

  static void requireDisplayName(String field, @Nullable String name) {
    require(
        name == null || name.length() <= ChatLimits.DISPLAY_NAME_CHARACTERS_MAX,
        field,
        "A display name may have " + ChatLimits.DISPLAY_NAME_CHARACTERS_MAX + " characters.");
  }

  static void requireMetadata(Map<String, String> metadata) {
    int length =
        metadata.entrySet().stream()
            .mapToInt(entry -> entry.getKey().length() + entry.getValue().length())
            .sum();
    require(
        length <= ChatLimits.METADATA_CHARACTERS_MAX,
        "metadata",
        "Metadata may have " + ChatLimits.METADATA_CHARACTERS_MAX + " characters in all.");
  }

  static void requireRetention(@Nullable Integer days) {
    require(
        days == null
            || (days >= ChatLimits.RETENTION_DAYS_MIN && days <= ChatLimits.RETENTION_DAYS_MAX),
        "retentionPolicy.deleteThreadAfterDays",
        "deleteThreadAfterDays must be from "
            + ChatLimits.RETENTION_DAYS_MIN
            + " to "
            + ChatLimits.RETENTION_DAYS_MAX
            + ".");
  }

  static void require(boolean holds, String field, String rule) {
    if (!holds) {
      throw new Refused(new ChatRefusal.Invalid(field, rule));
    }
  }
}
