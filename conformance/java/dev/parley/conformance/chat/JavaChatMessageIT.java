package dev.parley.conformance.chat;

import static dev.parley.conformance.chat.People.assertRefused;
import static dev.parley.conformance.chat.People.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.chat.ChatThreadClient;
import com.azure.communication.chat.models.ChatMessage;
import com.azure.communication.chat.models.ChatMessageType;
import com.azure.communication.chat.models.ChatParticipant;
import com.azure.communication.chat.models.ListChatMessagesOptions;
import com.azure.communication.chat.models.SendChatMessageOptions;
import com.azure.communication.chat.models.UpdateChatMessageOptions;
import com.azure.core.util.Context;
import dev.parley.conformance.chat.People.Person;
import dev.parley.conformance.proof.OnRunningParley;
import dev.parley.conformance.proof.Proves;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages through Microsoft's chat client for Java, unmodified. */
@OnRunningParley
class JavaChatMessageIT {

  private static final int MESSAGE_BYTES_MAX = 280 * 1024;

  @Test
  @Proves({"chat.sendChatMessage", "chat.getChatMessage"})
  void sentMessageIsReadByOthers(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person anna = people.person();
    Person bert = people.person();
    ChatThreadClient thread = anna.threadWith(bert);

    String id =
        thread
            .sendMessage(
                new SendChatMessageOptions()
                    .setContent("<b>Hello</b> ✓")
                    .setType(ChatMessageType.HTML)
                    .setSenderDisplayName("Anna")
                    .setMetadata(Map.of("deliveryHint", "loud")))
            .getId();

    ChatMessage read = bert.in(thread).getMessage(id);
    assertThat(read.getContent().getMessage()).isEqualTo("<b>Hello</b> ✓");
    assertThat(read.getType()).isEqualTo(ChatMessageType.HTML);
    assertThat(read.getSender()).isEqualTo(anna.user());
    assertThat(read.getSenderDisplayName()).isEqualTo("Anna");
    assertThat(read.getMetadata()).containsExactlyEntriesOf(Map.of("deliveryHint", "loud"));
    assertThat(read.getVersion()).isNotBlank();
  }

  @Test
  @Proves("chat.listChatMessages")
  void listsMessagesOverPagesNewestFirst(Connection connection, SeenBySdk seen) {
    ChatThreadClient thread = new People(connection, seen).person().threadWith();
    List<String> sent = new ArrayList<>();
    for (int count = 0; count < 7; count++) {
      sent.addFirst(say(thread, "message " + count));
    }

    var pages =
        thread
            .listMessages(new ListChatMessagesOptions().setMaxPageSize(3), Context.NONE)
            .streamByPage()
            .toList();

    assertThat(pages).extracting(page -> page.getValue().size()).containsExactly(3, 3, 3);
    assertThat(pages.stream().flatMap(page -> page.getValue().stream()).limit(7))
        .extracting(ChatMessage::getId)
        .containsExactlyElementsOf(sent);
  }

  @Test
  @Proves("chat.listChatMessages")
  void newThreadStartsWithSystemMessages(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person anna = people.person();
    Person bert = people.person();
    ChatThreadClient thread = anna.threadWith(bert);
    thread.updateTopic("Dinner");
    thread.removeParticipant(bert.user());

    List<ChatMessage> messages = thread.listMessages().stream().toList().reversed();

    assertThat(messages)
        .extracting(ChatMessage::getType)
        .containsExactly(
            ChatMessageType.TOPIC_UPDATED,
            ChatMessageType.PARTICIPANT_ADDED,
            ChatMessageType.TOPIC_UPDATED,
            ChatMessageType.PARTICIPANT_REMOVED);
    assertThat(messages.get(1).getContent().getParticipants())
        .extracting(ChatParticipant::getCommunicationIdentifier)
        .containsExactlyInAnyOrder(anna.user(), bert.user());
    assertThat(messages.get(2).getContent().getTopic()).isEqualTo("Dinner");
    assertThat(messages.get(2).getContent().getInitiator()).isEqualTo(anna.user());
    assertThat(messages.get(3).getContent().getParticipants())
        .extracting(ChatParticipant::getCommunicationIdentifier)
        .containsExactly(bert.user());
  }

  @Test
  @Proves("chat.listChatMessages")
  void startTimeHidesWhatIsOlder(Connection connection, SeenBySdk seen) {
    ChatThreadClient thread = new People(connection, seen).person().threadWith();
    say(thread, "old");
    OffsetDateTime from = thread.getMessage(say(thread, "new")).getCreatedOn();

    var options = new ListChatMessagesOptions().setStartTime(from);

    assertThat(thread.listMessages(options, Context.NONE))
        .extracting(message -> message.getContent().getMessage())
        .containsExactly("new");
  }

  @Test
  @Proves("chat.updateChatMessage")
  void editChangesContentAndMetadata(Connection connection, SeenBySdk seen) {
    ChatThreadClient thread = new People(connection, seen).person().threadWith();
    String id = say(thread, "first");
    String version = thread.getMessage(id).getVersion();

    thread.updateMessage(
        id,
        new UpdateChatMessageOptions().setContent("second").setMetadata(Map.of("tags", "edited")));

    ChatMessage edited = thread.getMessage(id);
    assertThat(edited.getContent().getMessage()).isEqualTo("second");
    assertThat(edited.getMetadata()).containsEntry("tags", "edited");
    assertThat(edited.getEditedOn()).isNotNull();
    assertThat(Long.parseLong(edited.getVersion())).isGreaterThan(Long.parseLong(version));
  }

  @Test
  @Proves("chat.deleteChatMessage")
  void deletedMessageStaysWithoutContent(Connection connection, SeenBySdk seen) {
    ChatThreadClient thread = new People(connection, seen).person().threadWith();
    String id = say(thread, "a mistake");

    thread.deleteMessage(id);
    thread.deleteMessage(id);

    ChatMessage deleted = thread.listMessages().stream().findFirst().orElseThrow();
    assertThat(deleted.getId()).isEqualTo(id);
    assertThat(deleted.getDeletedOn()).isNotNull();
    assertThat(deleted.getContent()).isNull();
    assertRefused(404, "NotFound", () -> thread.updateMessage(id, content("again")));
  }

  @Test
  @Proves("chat.sendChatMessage")
  void longestMessageIsTakenAndALongerOneRefused(Connection connection, SeenBySdk seen) {
    ChatThreadClient thread = new People(connection, seen).person().threadWith();

    String id = say(thread, "x".repeat(MESSAGE_BYTES_MAX));

    assertThat(thread.getMessage(id).getContent().getMessage()).hasSize(MESSAGE_BYTES_MAX);
    assertRefused(
        413, "RequestEntityTooLarge", () -> say(thread, "x".repeat(MESSAGE_BYTES_MAX + 1)));
  }

  @Test
  void onlyTheSenderEditsAndDeletes(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person bert = people.person();
    ChatThreadClient thread = people.person().threadWith(bert);
    String id = say(thread, "mine");

    assertRefused(403, "Forbidden", () -> bert.in(thread).updateMessage(id, content("yours")));
    assertRefused(403, "Forbidden", () -> bert.in(thread).deleteMessage(id));
  }

  private static UpdateChatMessageOptions content(String text) {
    return new UpdateChatMessageOptions().setContent(text);
  }
}
