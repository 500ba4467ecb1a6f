package dev.parley.services.chat.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.kit.http.InvalidBody;
import dev.parley.services.chat.ChatThread;
import dev.parley.services.chat.Member;
import dev.parley.services.chat.Message;
import dev.parley.services.chat.Message.Content;
import dev.parley.services.chat.Participants;
import dev.parley.services.chat.Receipt;
import dev.parley.services.identifiers.IdentifierBody;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bodies of the chat operations, in the wire's names (operations.md, "chat"). */
final class ChatBodies {
  private ChatBodies() {}

  /** ChatParticipant. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ParticipantBody(
      IdentifierBody communicationIdentifier,
      @Nullable String displayName,
      @Nullable Instant shareHistoryTime,
      @Nullable Map<String, @Nullable String> metadata) {
    ParticipantBody {
      InvalidBody.required("communicationIdentifier", communicationIdentifier);
    }

    Participants.Wanted wanted() {
      return new Participants.Wanted(
          communicationIdentifier.raw(), displayName, shareHistoryTime, texts(metadata));
    }

    static ParticipantBody of(Member member) {
      Instant from = member.visibleFrom();
      return new ParticipantBody(
          IdentifierBody.user(member.userId()),
          member.displayName(),
          from.equals(Instant.EPOCH) ? null : from,
          member.metadata().isEmpty() ? null : Map.copyOf(member.metadata()));
    }
  }

  /** ChatRetentionPolicy with its two kinds. */
  record RetentionBody(String kind, @Nullable Integer deleteThreadAfterDays) {
    static final String BY_CREATION = "threadCreationDate";
    static final String NONE = "none";

    RetentionBody {
      InvalidBody.required("retentionPolicy.kind", kind);
      if (!kind.equals(BY_CREATION) && !kind.equals(NONE)) {
        throw new InvalidBody("retentionPolicy.kind", "The kind is threadCreationDate or none.");
      }
      if (kind.equals(BY_CREATION)) {
        InvalidBody.required("retentionPolicy.deleteThreadAfterDays", deleteThreadAfterDays);
      }
    }

    @Nullable Integer days() {
      return kind.equals(BY_CREATION) ? deleteThreadAfterDays : null;
    }

    static @Nullable RetentionBody of(@Nullable Integer days) {
      return days == null ? null : new RetentionBody(BY_CREATION, days);
    }
  }

  /** CreateChatThreadRequest. */
  record CreateThread(
      String topic,
      @Nullable List<@Nullable ParticipantBody> participants,
      @Nullable Map<String, @Nullable String> metadata,
      @Nullable RetentionBody retentionPolicy) {
    CreateThread {
      InvalidBody.required("topic", topic);
    }
  }

  /** ChatThreadProperties. */
  record ThreadBody(
      String id,
      String topic,
      Instant createdOn,
      IdentifierBody createdByCommunicationIdentifier,
      @Nullable Map<String, String> metadata,
      @Nullable RetentionBody retentionPolicy) {
    static ThreadBody of(ChatThread thread) {
      return new ThreadBody(
          thread.id().text(),
          thread.topic(),
          thread.createdAt(),
          IdentifierBody.user(thread.createdBy()),
          thread.metadata().isEmpty() ? null : thread.metadata(),
          RetentionBody.of(thread.retentionDays()));
    }
  }

  /** ChatError. */
  record ErrorBody(String code, String message, String target) {
    static ErrorBody of(Participants.Invalid invalid) {
      return switch (invalid.reason()) {
        case UNSUPPORTED ->
            new ErrorBody("400", "Only communication users can be participants.", invalid.userId());
        case FOREIGN -> new ErrorBody("403", "The user is of another resource.", invalid.userId());
        case UNKNOWN -> new ErrorBody("404", "There is no such user.", invalid.userId());
      };
    }

    static @Nullable List<ErrorBody> of(List<Participants.Invalid> invalid) {
      return invalid.isEmpty() ? null : invalid.stream().map(ErrorBody::of).toList();
    }
  }

  /** CreateChatThreadResult. */
  record CreateThreadResult(ThreadBody chatThread, @Nullable List<ErrorBody> invalidParticipants) {}

  /** ChatThreadItem. */
  record ThreadItem(String id, String topic, Instant lastMessageReceivedOn) {
    static ThreadItem of(ChatThread thread) {
      return new ThreadItem(thread.id().text(), thread.topic(), thread.lastMessageAt());
    }
  }

  /** A page of any of the lists. */
  record Page<T>(List<T> value, @Nullable String nextLink) {}

  /** AddChatParticipantsRequest. */
  record AddParticipants(List<@Nullable ParticipantBody> participants) {
    AddParticipants {
      InvalidBody.required("participants", participants);
    }
  }

  /** AddChatParticipantsResult. */
  record AddParticipantsResult(@Nullable List<ErrorBody> invalidParticipants) {}

  /** SendChatMessageRequest. */
  record SendMessage(
      String content,
      @Nullable String senderDisplayName,
      @Nullable String type,
      @Nullable Map<String, @Nullable String> metadata) {
    SendMessage {
      InvalidBody.required("content", content);
    }
  }

  /** SendChatMessageResult. */
  record SendMessageResult(String id) {}

  /** ChatMessage. */
  record MessageBody(
      String id,
      String type,
      String sequenceId,
      String version,
      ContentBody content,
      @Nullable String senderDisplayName,
      Instant createdOn,
      @Nullable IdentifierBody senderCommunicationIdentifier,
      @Nullable Instant deletedOn,
      @Nullable Instant editedOn,
      @Nullable Map<String, String> metadata) {
    static MessageBody of(Message message) {
      String sender = message.senderId();
      return new MessageBody(
          Long.toString(message.id()),
          message.type().word(),
          Long.toString(message.sequence()),
          Long.toString(message.version()),
          ContentBody.of(message.content()),
          message.senderDisplayName(),
          message.createdAt(),
          sender == null ? null : IdentifierBody.user(sender),
          message.deletedAt(),
          message.editedAt(),
          message.metadata().isEmpty() ? null : message.metadata());
    }
  }

  /** ChatMessageContent. */
  record ContentBody(
      @Nullable String message,
      @Nullable String topic,
      @Nullable List<ParticipantBody> participants,
      @Nullable IdentifierBody initiatorCommunicationIdentifier) {
    /**
     * A deleted message has an empty content: the Java SDK fails on a message without one, and with
     * it on the whole list (chat 1.4.0, recorded).
     */
    static ContentBody of(@Nullable Content content) {
      return switch (content) {
        case null -> new ContentBody(null, null, null, null);
        case Content.Written written -> new ContentBody(written.text(), null, null, null);
        case Content.Topic topic ->
            new ContentBody(null, topic.topic(), null, IdentifierBody.user(topic.initiator()));
        case Content.Participants some ->
            new ContentBody(
                null,
                null,
                some.members().stream().map(ParticipantBody::of).toList(),
                IdentifierBody.user(some.initiator()));
      };
    }
  }

  /** SendReadReceiptRequest. */
  record SendReceipt(String chatMessageId) {
    SendReceipt {
      InvalidBody.required("chatMessageId", chatMessageId);
    }
  }

  /** ChatMessageReadReceipt. */
  record ReceiptBody(
      IdentifierBody senderCommunicationIdentifier, String chatMessageId, Instant readOn) {
    static ReceiptBody of(Receipt receipt) {
      return new ReceiptBody(
          IdentifierBody.user(receipt.userId()),
          Long.toString(receipt.messageId()),
          receipt.readAt());
    }
  }

  /** SendTypingNotificationRequest. */
  record Typing(@Nullable String senderDisplayName) {}

  /** Metadata without its nulls, which mean nothing where nothing is there to remove. */
  static Map<String, String> texts(@Nullable Map<String, @Nullable String> metadata) {
    if (metadata == null) {
      return Map.of();
    }
    Map<String, String> texts = new java.util.LinkedHashMap<>();
    metadata.forEach((key, value) -> {
      if (value != null) {
        texts.put(key, value);
      }
    });
    return texts;
  }

  static List<Participants.Wanted> wanted(@Nullable List<@Nullable ParticipantBody> bodies) {
    if (bodies == null) {
      return List.of();
    }
    return bodies.stream()
        .map(body -> InvalidBody.required("participants", body).wanted())
        .toList();
  }
}
