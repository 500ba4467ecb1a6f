package dev.parley.conformance.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.communication.chat.ChatAsyncClient;
import com.azure.communication.chat.ChatClient;
import com.azure.communication.chat.ChatClientBuilder;
import com.azure.communication.chat.ChatThreadClient;
import com.azure.communication.chat.models.ChatErrorResponseException;
import com.azure.communication.chat.models.ChatParticipant;
import com.azure.communication.chat.models.CreateChatThreadOptions;
import com.azure.communication.chat.models.SendChatMessageOptions;
import com.azure.communication.common.CommunicationTokenCredential;
import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.identity.CommunicationIdentityClient;
import com.azure.communication.identity.CommunicationIdentityClientBuilder;
import com.azure.communication.identity.models.CommunicationTokenScope;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Makes users who can chat, as an application's service does. */
final class People {

  private final Connection connection;
  private final SeenBySdk seen;
  private final CommunicationIdentityClient identity;

  People(Connection connection, SeenBySdk seen) {
    this.connection = connection;
    this.seen = seen;
    this.identity =
        new CommunicationIdentityClientBuilder()
            .connectionString(connection.connectionString())
            .buildClient();
  }

  /** A user with Microsoft's chat client on a token of their own. */
  record Person(CommunicationUserIdentifier user, ChatClient chat) {

    /** A new thread of this person with others. */
    ChatThreadClient threadWith(Person... others) {
      CreateChatThreadOptions options = new CreateChatThreadOptions("A topic");
      List.of(others).forEach(other -> options.addParticipant(other.asParticipant()));
      return chat.getChatThreadClient(chat.createChatThread(options).getChatThread().getId());
    }

    /** The same thread as seen by this person. */
    ChatThreadClient in(ChatThreadClient thread) {
      return chat.getChatThreadClient(thread.getChatThreadId());
    }

    ChatParticipant asParticipant() {
      return new ChatParticipant().setCommunicationIdentifier(user);
    }
  }

  CommunicationIdentityClient identity() {
    return identity;
  }

  /** A person with the scope {@code chat}. */
  Person person() {
    return person(CommunicationTokenScope.CHAT);
  }

  Person person(CommunicationTokenScope scope) {
    CommunicationUserIdentifier user = identity.createUser();
    return new Person(user, clientOf(user, scope));
  }

  /** Another client of a user, on a new token. */
  ChatClient clientOf(CommunicationUserIdentifier user, CommunicationTokenScope scope) {
    return builderOf(user, scope).buildClient();
  }

  /** As {@link #clientOf}, Microsoft's asynchronous client. */
  ChatAsyncClient asyncClientOf(CommunicationUserIdentifier user) {
    return builderOf(user, CommunicationTokenScope.CHAT).buildAsyncClient();
  }

  private ChatClientBuilder builderOf(
      CommunicationUserIdentifier user, CommunicationTokenScope scope) {
    String token = identity.getToken(user, List.of(scope)).getToken();
    return new ChatClientBuilder()
        .endpoint(connection.endpointWithoutSlash())
        .credential(new CommunicationTokenCredential(token))
        .addPolicy(seen);
  }

  /** Sends a text and gives the message's id. */
  static String say(ChatThreadClient thread, String text) {
    return thread.sendMessage(new SendChatMessageOptions().setContent(text)).getId();
  }

  /** Asserts that the SDK threw its typed error with this status and code. */
  static void assertRefused(int status, String code, ThrowingCallable call) {
    ChatErrorResponseException refusal =
        catchThrowableOfType(ChatErrorResponseException.class, call);
    assertThat(refusal).as("a refusal that the SDK understood").isNotNull();
    assertThat(refusal.getResponse().getStatusCode()).isEqualTo(status);
    assertThat(refusal.getValue().getCode()).isEqualTo(code);
    assertThat(refusal.getValue().getMessage()).isNotBlank();
  }
}
