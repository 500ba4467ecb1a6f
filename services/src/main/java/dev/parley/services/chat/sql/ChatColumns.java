package dev.parley.services.chat.sql;

import dev.parley.services.chat.Member;
import dev.parley.services.chat.Message.Content;
import dev.parley.services.chat.Message.Type;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Values that a column holds as JSON. Plain text of users is kept as it is. */
final class ChatColumns {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<LinkedHashMap<String, String>> MAP = new TypeReference<>() {};

  private ChatColumns() {}

  record StoredTopic(String topic, String initiator) {}

  record StoredMembers(List<StoredMember> members, String initiator) {}

  record StoredMember(
      String userId,
      @Nullable String displayName,
      long visibleFrom,
      Map<String, String> metadata) {}

  static String metadata(Map<String, String> metadata) {
    return metadata.isEmpty() ? "{}" : MAPPER.writeValueAsString(metadata);
  }

  static Map<String, String> metadata(String json) {
    return json.equals("{}") ? Map.of() : MAPPER.readValue(json, MAP);
  }

  static @Nullable String content(@Nullable Content content) {
    return switch (content) {
      case null -> null;
      case Content.Written written -> written.text();
      case Content.Topic topic ->
          MAPPER.writeValueAsString(new StoredTopic(topic.topic(), topic.initiator()));
      case Content.Participants participants ->
          MAPPER.writeValueAsString(
              new StoredMembers(
                  participants.members().stream().map(ChatColumns::stored).toList(),
                  participants.initiator()));
    };
  }

  static @Nullable Content content(Type type, @Nullable String column) {
    if (column == null) {
      return null;
    }
    return switch (type) {
      case TEXT, HTML -> new Content.Written(column);
      case TOPIC_UPDATED -> {
        StoredTopic topic = MAPPER.readValue(column, StoredTopic.class);
        yield new Content.Topic(topic.topic(), topic.initiator());
      }
      case PARTICIPANT_ADDED, PARTICIPANT_REMOVED -> {
        StoredMembers stored = MAPPER.readValue(column, StoredMembers.class);
        yield new Content.Participants(
            stored.members().stream().map(ChatColumns::member).toList(), stored.initiator());
      }
    };
  }

  /** The content with the display name and metadata of one member left out. */
  static @Nullable String withoutName(@Nullable Content content, String userId) {
    if (!(content instanceof Content.Participants participants)) {
      return content(content);
    }
    List<Member> members =
        participants.members().stream()
            .map(one ->
                one.userId().equals(userId)
                    ? new Member(userId, null, one.visibleFrom(), Map.of())
                    : one)
            .toList();
    return content(new Content.Participants(members, participants.initiator()));
  }

  private static StoredMember stored(Member member) {
    return new StoredMember(
        member.userId(),
        member.displayName(),
        member.visibleFrom().toEpochMilli(),
        member.metadata());
  }

  private static Member member(StoredMember stored) {
    return new Member(
        stored.userId(),
        stored.displayName(),
        Instant.ofEpochMilli(stored.visibleFrom()),
        stored.metadata());
  }
}
