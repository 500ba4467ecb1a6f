package dev.parley.conformance.chat;

import static dev.parley.conformance.chat.People.assertRefused;
import static dev.parley.conformance.chat.People.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.communication.chat.ChatThreadClient;
import com.azure.communication.chat.models.ChatError;
import com.azure.communication.chat.models.ChatParticipant;
import com.azure.communication.chat.models.ChatThreadItem;
import com.azure.communication.chat.models.ChatThreadProperties;
import com.azure.communication.chat.models.CreateChatThreadOptions;
import com.azure.communication.chat.models.CreateChatThreadResult;
import com.azure.communication.chat.models.ListChatThreadsOptions;
import com.azure.communication.common.CommunicationIdentifier;
import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.common.PhoneNumberIdentifier;
import com.azure.core.util.Context;
import dev.parley.conformance.chat.People.Person;
import dev.parley.conformance.proof.OnRunningParley;
import dev.parley.conformance.proof.Proves;
import dev.parley.conformance.proof.SeenBySdk;
import dev.parley.conformance.server.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Threads through Microsoft's chat client for Java, unmodified. */
@OnRunningParley
class JavaChatThreadIT {

  private static final String UNKNOWN_USER = "00000000-0000-4000-8000-000000000000";

  @Test
  @Proves({"chat.createChatThread", "chat.getChatThreadProperties"})
  void createsThread(Connection connection, SeenBySdk seen) {
    Person anna = new People(connection, seen).person();

    ChatThreadProperties made =
        anna.chat().createChatThread(new CreateChatThreadOptions("Lunch")).getChatThread();

    assertThat(made.getTopic()).isEqualTo("Lunch");
    assertThat(made.getCreatedBy()).isEqualTo(anna.user());
    ChatThreadProperties read = anna.chat().getChatThreadClient(made.getId()).getProperties();
    assertThat(read.getId()).isEqualTo(made.getId());
    assertThat(read.getCreatedOn()).isEqualTo(made.getCreatedOn());
  }

  @Test
  @Proves("chat.createChatThread")
  void invalidParticipantsAreToldOneByOne(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person anna = people.person();
    Person bert = people.person();
    String resource = "8:acs:" + connection.resourceId() + "_";
    CommunicationIdentifier unknown = new CommunicationUserIdentifier(resource + UNKNOWN_USER);
    CommunicationIdentifier phone = new PhoneNumberIdentifier("+18005550100");
    CreateChatThreadOptions wish =
        new CreateChatThreadOptions("Mixed")
            .addParticipant(bert.asParticipant())
            .addParticipant(new ChatParticipant().setCommunicationIdentifier(unknown))
            .addParticipant(new ChatParticipant().setCommunicationIdentifier(phone));

    CreateChatThreadResult made = anna.chat().createChatThread(wish);

    assertThat(made.getInvalidParticipants())
        .extracting(ChatError::getTarget)
        .containsExactlyInAnyOrder(unknown.getRawId(), phone.getRawId());
    assertThat(made.getInvalidParticipants())
        .allSatisfy(error -> {
          assertThat(error.getCode()).isNotBlank();
          assertThat(error.getMessage()).isNotBlank();
        });
    var thread = anna.chat().getChatThreadClient(made.getChatThread().getId());
    assertThat(thread.listParticipants().stream().map(ChatParticipant::getCommunicationIdentifier))
        .containsExactlyInAnyOrder(anna.user(), bert.user());
  }

  @Test
  @Proves("chat.createChatThread")
  void sameIdempotencyTokenMakesOneThread(Connection connection, SeenBySdk seen) {
    Person anna = new People(connection, seen).person();
    String token = "token of " + anna.user().getId().substring(50);
    CreateChatThreadOptions wish = new CreateChatThreadOptions("Once").setIdempotencyToken(token);

    String first = anna.chat().createChatThread(wish).getChatThread().getId();
    String second = anna.chat().createChatThread(wish).getChatThread().getId();

    assertThat(second).isEqualTo(first);
    assertThat(anna.chat().listChatThreads()).hasSize(1);
    CreateChatThreadOptions other = new CreateChatThreadOptions("Two").setIdempotencyToken(token);
    assertRefused(409, "RepeatabilityConflict", () -> anna.chat().createChatThread(other));
  }

  @Test
  @Proves("chat.updateChatThreadProperties")
  void anyMemberChangesTheTopic(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person anna = people.person();
    Person bert = people.person();
    ChatThreadClient thread = anna.threadWith(bert);

    bert.in(thread).updateTopic("Dinner");

    assertThat(thread.getProperties().getTopic()).isEqualTo("Dinner");
  }

  @Test
  @Proves("chat.listChatThreads")
  void listsThreadsOverPagesNewestFirst(Connection connection, SeenBySdk seen) {
    Person anna = new People(connection, seen).person();
    List<String> made = new ArrayList<>();
    for (int count = 0; count < 5; count++) {
      ChatThreadClient thread = anna.threadWith();
      say(thread, "hello");
      made.addFirst(thread.getChatThreadId());
    }

    var pages =
        anna.chat()
            .listChatThreads(new ListChatThreadsOptions().setMaxPageSize(2), Context.NONE)
            .streamByPage()
            .toList();

    assertThat(pages).extracting(page -> page.getValue().size()).containsExactly(2, 2, 1);
    assertThat(pages.stream().flatMap(page -> page.getValue().stream()))
        .extracting(ChatThreadItem::getId)
        .containsExactlyElementsOf(made);
  }

  @Test
  @Proves("chat.deleteChatThread")
  void deletedThreadIsGoneForAll(Connection connection, SeenBySdk seen) {
    People people = new People(connection, seen);
    Person anna = people.person();
    Person bert = people.person();
    ChatThreadClient thread = anna.threadWith(bert);

    anna.chat().deleteChatThread(thread.getChatThreadId());

    assertThat(anna.chat().listChatThreads()).isEmpty();
    assertThat(bert.chat().listChatThreads()).isEmpty();
    assertRefused(404, "NotFound", () -> bert.in(thread).getProperties());
  }
}
