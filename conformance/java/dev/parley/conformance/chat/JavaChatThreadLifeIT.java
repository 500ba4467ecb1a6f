package dev.parley.conformance.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.chat.ChatAsyncClient;
import com.azure.communication.chat.ChatThreadAsyncClient;
import com.azure.communication.chat.models.ChatMessage;
import com.azure.communication.chat.models.ChatMessageReadReceipt;
import com.azure.communication.chat.models.ChatParticipant;
import com.azure.communication.chat.models.ChatThreadItem;
import com.azure.communication.chat.models.CreateChatThreadOptions;
import com.azure.communication.chat.models.ListChatMessagesOptions;
import com.azure.communication.chat.models.SendChatMessageOptions;
import com.azure.communication.chat.models.UpdateChatMessageOptions;
import com.azure.communication.common.CommunicationUserIdentifier;
import dev.parley.conformance.proof.OnRunningParley;
import dev.parley.conformance.proof.Proves;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every operation of chat through Microsoft's asynchronous client for Java, unmodified. */
@OnRunningParley
class JavaChatThreadLifeIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  @Proves({
    "chat.createChatThread",
    "chat.getChatThreadProperties",
    "chat.listChatThreads",
    "chat.updateChatThreadProperties",
    "chat.deleteChatThread",
    "chat.addChatParticipants",
    "chat.listChatParticipants",
    "chat.removeChatParticipant",
    "chat.sendChatMessage",
    "chat.getChatMessage",
    "chat.listChatMessages",
    "chat.updateChatMessage",
    "chat.deleteChatMessage",
    "chat.sendTypingNotification",
    "chat.sendChatReadReceipt",
    "chat.listChatReadReceipts"
  })
  void wholeLifeWithAsynchronousClient(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    CommunicationUserIdentifier bert = people.identity().createUser();
    ChatAsyncClient client = people.asyncClientOf(people.identity().createUser());
    String id =
        of(client.createChatThread(new CreateChatThreadOptions("A topic"))).getChatThread().getId();
    ChatThreadAsyncClient thread = client.getChatThreadClient(id);

    done(thread.addParticipant(new ChatParticipant().setCommunicationIdentifier(bert)));
    assertThat(all(thread.listParticipants()))
        .extracting(ChatParticipant::getCommunicationIdentifier)
        .hasSize(2)
        .contains(bert);

    done(thread.updateTopic("Another"));
    assertThat(of(thread.getProperties()).getTopic()).isEqualTo("Another");

    String message = say(thread, "sent");
    done(thread.updateMessage(message, new UpdateChatMessageOptions().setContent("edited")));
    assertThat(of(thread.getMessage(message)).getContent().getMessage()).isEqualTo("edited");
    done(thread.sendReadReceipt(message));
    assertThat(all(thread.listReadReceipts()))
        .extracting(ChatMessageReadReceipt::getChatMessageId)
        .containsExactly(message);
    done(thread.sendTypingNotification());

    String last = say(thread, "last");
    done(thread.deleteMessage(message));
    List<ChatMessage> messages =
        all(thread.listMessages(new ListChatMessagesOptions().setMaxPageSize(2)));
    assertThat(messages).extracting(ChatMessage::getId).startsWith(last, message);
    assertThat(messages.get(1).getDeletedOn()).isNotNull();

    done(thread.removeParticipant(bert));
    assertThat(all(thread.listParticipants())).hasSize(1);
    assertThat(all(client.listChatThreads())).extracting(ChatThreadItem::getId).containsExactly(id);
    done(client.deleteChatThread(id));
    assertThat(all(client.listChatThreads())).isEmpty();
  }

  private static String say(ChatThreadAsyncClient thread, String text) {
    return of(thread.sendMessage(new SendChatMessageOptions().setContent(text))).getId();
  }

  private static <T> T of(Mono<T> answer) {
    return Objects.requireNonNull(answer.block(LIMIT));
  }

  private static void done(Mono<Void> answer) {
    answer.block(LIMIT);
  }

  private static <T> List<T> all(Flux<T> answer) {
    return of(answer.collectList());
  }
}
