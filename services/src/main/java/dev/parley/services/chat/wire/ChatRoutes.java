package dev.parley.services.chat.wire;

import static dev.parley.kit.http.Operation.acs;

import dev.parley.kit.base.Refusal;
import dev.parley.kit.http.Access;
import dev.parley.kit.http.Operation;
import dev.parley.kit.http.OperationTable;
import dev.parley.kit.http.Problem;
import dev.parley.services.chat.ChatRefusal;
import dev.parley.services.chat.MessageService;
import dev.parley.services.chat.ParticipantService;
import dev.parley.services.chat.ReceiptService;
import dev.parley.services.chat.ThreadService;
import java.util.List;

/** The operation table of chat (operations.md, "chat"). */
public final class ChatRoutes implements OperationTable {
  /** Ten thousand participants, each with names and metadata of usual size. */
  private static final int MEMBERS_BODY_BYTES_MAX = 16 << 20;

  /** A message of the largest size and its metadata, of which JSON writes each byte as six. */
  private static final int MESSAGE_BODY_BYTES_MAX = 2 << 20;

  /** The scopes of the public documentation: owners, guests, and guests who only talk. */
  private static final Access OWNER = Access.user("chat");

  private static final Access GUEST = Access.user("chat", "chat.join");
  private static final Access ANY = Access.user("chat", "chat.join", "chat.join.limited");

  private final ThreadOperations threads;
  private final ParticipantOperations participants;
  private final MessageOperations messages;
  private final ReceiptOperations receipts;

  public ChatRoutes(
      ThreadService threads,
      ParticipantService participants,
      MessageService messages,
      ReceiptService receipts) {
    this.threads = new ThreadOperations(threads);
    this.participants = new ParticipantOperations(participants);
    this.messages = new MessageOperations(messages);
    this.receipts = new ReceiptOperations(receipts);
  }

  @Override
  public List<Operation> operations() {
    String all = "/chat/threads";
    String one = all + "/{chatThreadId}";
    String said = one + "/messages";
    String message = said + "/{chatMessageId}";
    String people = one + "/participants";
    return List.of(
        acs("chat.createChatThread", "POST", all, OWNER, threads::create)
            .withBodyBytesMax(MEMBERS_BODY_BYTES_MAX),
        acs("chat.listChatThreads", "GET", all, ANY, threads::list),
        acs("chat.getChatThreadProperties", "GET", one, ANY, threads::get),
        acs("chat.updateChatThreadProperties", "PATCH", one, OWNER, threads::update),
        acs("chat.deleteChatThread", "DELETE", one, OWNER, threads::delete),
        acs("chat.listChatParticipants", "GET", people, ANY, participants::list),
        acs("chat.addChatParticipants", "POST", people + "/:add", GUEST, participants::add)
            .withBodyBytesMax(MEMBERS_BODY_BYTES_MAX),
        acs("chat.removeChatParticipant", "POST", people + "/:remove", GUEST, participants::remove),
        acs("chat.sendChatMessage", "POST", said, ANY, messages::send)
            .withBodyBytesMax(MESSAGE_BODY_BYTES_MAX),
        acs("chat.listChatMessages", "GET", said, ANY, messages::list),
        acs("chat.getChatMessage", "GET", message, ANY, messages::get),
        acs("chat.updateChatMessage", "PATCH", message, ANY, messages::update)
            .withBodyBytesMax(MESSAGE_BODY_BYTES_MAX),
        acs("chat.deleteChatMessage", "DELETE", message, ANY, messages::delete),
        acs("chat.sendTypingNotification", "POST", one + "/typing", ANY, receipts::typing),
        acs("chat.sendChatReadReceipt", "POST", one + "/readReceipts", ANY, receipts::send),
        acs("chat.listChatReadReceipts", "GET", one + "/readReceipts", ANY, receipts::list));
  }

  @Override
  public Problem problem(Refusal refusal) {
    return ChatErrors.problem((ChatRefusal) refusal);
  }
}
