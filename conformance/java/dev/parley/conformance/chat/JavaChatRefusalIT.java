package dev.parley.conformance.chat;

import static com.azure.communication.identity.models.CommunicationTokenScope.CHAT;
import static com.azure.communication.identity.models.CommunicationTokenScope.VOIP;
import static dev.parley.conformance.chat.People.assertRefused;
import static dev.parley.conformance.chat.People.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.chat.ChatThreadClient;
import com.azure.communication.chat.models.ChatMessage;
import com.azure.communication.chat.models.CreateChatThreadOptions;
import com.azure.communication.identity.models.CommunicationTokenScope;
import dev.parley.conformance.chat.People.Person;
import dev.parley.conformance.proof.OnRunningParley;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What Microsoft's chat client for Java throws when Parley says no. */
@OnRunningParley
class JavaChatRefusalIT {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final Duration ERASED_WITHIN = Duration.ofSeconds(30);

  @Test
  void nonMemberIsRefusedEverywhere(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person stranger = people.person();
    ChatThreadClient thread = people.person().threadWith();
    String id = say(thread, "private");
    ChatThreadClient foreign = stranger.in(thread);

    forbidden(foreign::getProperties);
    forbidden(() -> foreign.updateTopic("Mine"));
    forbidden(() -> stranger.chat().deleteChatThread(thread.getChatThreadId()));
    forbidden(() -> say(foreign, "hello"));
    forbidden(() -> foreign.getMessage(id));
    forbidden(() -> foreign.deleteMessage(id));
    forbidden(() -> foreign.listMessages().stream().toList());
    forbidden(() -> foreign.listParticipants().stream().toList());
    forbidden(() -> foreign.addParticipant(stranger.asParticipant()));
    forbidden(() -> foreign.removeParticipant(stranger.user()));
    forbidden(() -> foreign.sendReadReceipt(id));
    forbidden(() -> foreign.listReadReceipts().stream().toList());
    forbidden(foreign::sendTypingNotification);
  }

  @Test
  void guestScopesTalkButDoNotRule(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person guest = people.person(CommunicationTokenScope.fromString("chat.join"));
    Person limited = people.person(CommunicationTokenScope.fromString("chat.join.limited"));
    Person other = people.person();
    ChatThreadClient thread = people.person().threadWith(guest, limited);
    ChatThreadClient ofGuest = guest.in(thread);
    ChatThreadClient ofLimited = limited.in(thread);

    say(ofGuest, "I talk");
    say(ofLimited, "I talk too");
    ofGuest.addParticipant(other.asParticipant());

    forbidden(() -> ofLimited.addParticipant(other.asParticipant()));
    forbidden(() -> ofLimited.removeParticipant(other.user()));
    for (Person one : new Person[] {guest, limited}) {
      forbidden(() -> one.chat().createChatThread(new CreateChatThreadOptions("Mine")));
      forbidden(() -> one.in(thread).updateTopic("Mine"));
      forbidden(() -> one.chat().deleteChatThread(thread.getChatThreadId()));
    }
    Person caller = people.person(VOIP);
    forbidden(() -> caller.chat().listChatThreads().stream().toList());
  }

  @Test
  void revokedTokenIsRefusedAtOnce(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person anna = people.person();
    ChatThreadClient thread = anna.threadWith();

    people.identity().revokeTokens(anna.user());

    assertRefused(UNAUTHORIZED, "Unauthorized", () -> say(thread, "too late"));
    ChatThreadClient again =
        people.clientOf(anna.user(), CHAT).getChatThreadClient(thread.getChatThreadId());
    say(again, "with a new token");
  }

  @Test
  void deletedUserIsErased(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person anna = people.person();
    Person bert = people.person();
    ChatThreadClient thread = anna.threadWith(bert);
    String id = say(bert.in(thread), "my name is Bert");

    people.identity().deleteUser(bert.user());

    assertRefused(UNAUTHORIZED, "Unauthorized", () -> say(bert.in(thread), "still here"));
    ChatMessage erased = awaitErased(thread, id);
    assertThat(erased.getContent()).isNull();
    assertThat(erased.getDeletedOn()).isNotNull();
    assertThat(thread.listParticipants()).hasSize(1);
  }

  /** The erasure follows the deletion by the journal, so a reader may still see the old message. */
  private static ChatMessage awaitErased(ChatThreadClient thread, String id) {
    Instant end = Instant.now().plus(ERASED_WITHIN);
    ChatMessage message = thread.getMessage(id);
    while (message.getDeletedOn() == null && Instant.now().isBefore(end)) {
      message = thread.getMessage(id);
    }
    return message;
  }

  private static void forbidden(ThrowingCallable call) {
    assertRefused(FORBIDDEN, "Forbidden", call);
  }
}
