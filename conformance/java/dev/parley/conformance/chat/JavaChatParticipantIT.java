package dev.parley.conformance.chat;

import static dev.parley.conformance.chat.People.assertRefused;
import static dev.parley.conformance.chat.People.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.chat.ChatThreadClient;
import com.azure.communication.chat.models.ChatMessage;
import com.azure.communication.chat.models.ChatMessageReadReceipt;
import com.azure.communication.chat.models.ChatMessageType;
import com.azure.communication.chat.models.ChatParticipant;
import com.azure.communication.chat.models.ListParticipantsOptions;
import com.azure.communication.chat.models.ListReadReceiptOptions;
import com.azure.communication.chat.models.TypingNotificationOptions;
import com.azure.communication.common.PhoneNumberIdentifier;
import com.azure.core.util.Context;
import dev.parley.conformance.chat.People.Person;
import dev.parley.conformance.proof.OnRunningParley;
import dev.parley.conformance.proof.Proves;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Membership, receipts and typing through Microsoft's chat client for Java, unmodified. */
@OnRunningParley
class JavaChatParticipantIT {

  /** ACS stops showing receipts and typing in threads of more than 20; Parley does not. */
  private static final int MORE_THAN_ACS_SHOWS = 23;

  @Test
  @Proves({"chat.addChatParticipants", "chat.listChatParticipants"})
  void addsParticipantsAndTellsTheInvalid(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person anna = people.person();
    ChatParticipant bert = people.person().asParticipant().setDisplayName("Bert");
    ChatParticipant phone =
        new ChatParticipant().setCommunicationIdentifier(new PhoneNumberIdentifier("+18005550100"));
    ChatThreadClient thread = anna.threadWith();

    var result = thread.addParticipants(List.of(bert, phone));

    assertThat(result.getInvalidParticipants())
        .singleElement()
        .satisfies(error -> assertThat(error.getTarget()).isEqualTo("4:+18005550100"));
    assertThat(thread.listParticipants())
        .filteredOn(one -> !anna.user().equals(one.getCommunicationIdentifier()))
        .singleElement()
        .satisfies(one -> assertThat(one.getDisplayName()).isEqualTo("Bert"));
  }

  @Test
  @Proves("chat.listChatParticipants")
  void listsParticipantsOverPages(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person anna = people.person();
    List<Person> others = Stream.generate(people::person).limit(6).toList();
    ChatThreadClient thread = anna.threadWith(others.toArray(Person[]::new));

    var pages =
        thread
            .listParticipants(new ListParticipantsOptions().setMaxPageSize(3), Context.NONE)
            .streamByPage()
            .toList();

    assertThat(pages).extracting(page -> page.getValue().size()).containsExactly(3, 3, 1);
    assertThat(pages.stream().flatMap(page -> page.getValue().stream()))
        .extracting(ChatParticipant::getCommunicationIdentifier)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of(anna), others.stream()).map(Person::user).toList());
    assertThat(thread.listParticipants(new ListParticipantsOptions().setSkip(5), Context.NONE))
        .hasSize(2);
  }

  @Test
  @Proves("chat.addChatParticipants")
  void historyIsSharedFromTheGivenTime(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    ChatThreadClient thread = people.person().threadWith();
    say(thread, "hidden");
    OffsetDateTime from = thread.getMessage(say(thread, "shared")).getCreatedOn();
    Person withHistory = people.person();
    Person without = people.person();

    thread.addParticipants(
        List.of(withHistory.asParticipant().setShareHistoryTime(from), without.asParticipant()));
    say(thread, "after");

    assertThat(texts(withHistory.in(thread))).containsExactly("after", "shared");
    assertThat(texts(without.in(thread))).containsExactly("after");
  }

  @Test
  @Proves("chat.removeChatParticipant")
  void removedMemberReadsNothing(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person bert = people.person();
    ChatThreadClient thread = people.person().threadWith(bert);
    String id = say(thread, "secret");

    thread.removeParticipant(bert.user());

    ChatThreadClient his = bert.in(thread);
    assertRefused(403, "Forbidden", () -> his.getMessage(id));
    assertRefused(403, "Forbidden", () -> his.listMessages().stream().toList());
    assertRefused(403, "Forbidden", his::getProperties);
    assertThat(bert.chat().listChatThreads()).isEmpty();
    assertRefused(404, "NotFound", () -> thread.removeParticipant(bert.user()));
  }

  @Test
  @Proves({"chat.sendChatReadReceipt", "chat.listChatReadReceipts"})
  void receiptsOfManyMembersAreAllThere(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person anna = people.person();
    List<Person> readers = Stream.generate(people::person).limit(MORE_THAN_ACS_SHOWS).toList();
    ChatThreadClient thread = anna.threadWith(readers.toArray(Person[]::new));
    String older = say(thread, "older");
    String newer = say(thread, "newer");

    readers.forEach(reader -> reader.in(thread).sendReadReceipt(newer));
    readers.getFirst().in(thread).sendReadReceipt(older);

    var pages =
        thread
            .listReadReceipts(new ListReadReceiptOptions().setMaxPageSize(10), Context.NONE)
            .streamByPage()
            .toList();
    assertThat(pages).extracting(page -> page.getValue().size()).containsExactly(10, 10, 3);
    List<ChatMessageReadReceipt> receipts =
        pages.stream().flatMap(page -> page.getValue().stream()).toList();
    assertThat(receipts)
        .extracting(ChatMessageReadReceipt::getSender)
        .containsExactlyInAnyOrderElementsOf(readers.stream().map(Person::user).toList());
    assertThat(receipts)
        .allSatisfy(one -> {
          assertThat(one.getChatMessageId()).as("the latest").isEqualTo(newer);
          assertThat(one.getReadOn()).isNotNull();
        });
  }

  @Test
  @Proves("chat.sendTypingNotification")
  void typingIsTaken(Connection connection, SeenBySdk seen) {
    ChatThreadClient thread = new People(connection, seen).person().threadWith();
    var options = new TypingNotificationOptions().setSenderDisplayName("Anna");

    var answer = thread.sendTypingNotificationWithResponse(options, Context.NONE);

    assertThat(answer.getStatusCode()).isEqualTo(200);
  }

  private static List<String> texts(ChatThreadClient thread) {
    return thread.listMessages().stream()
        .filter(message -> message.getType().equals(ChatMessageType.TEXT))
        .map(ChatMessage::getContent)
        .map(content -> content.getMessage())
        .toList();
  }
}
