package dev.parley.conformance.durability;

import dev.parley.conformance.push.ChatUser;
import dev.parley.conformance.server.RawClient;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * All that a server gives of a thread, read page by page.
 *
 * @param messages as listed: the newest first
 * @param members raw ids
 */
record StoredThread(
    String id, List<JsonNode> messages, List<JsonNode> receipts, Set<String> members) {

  private static final int OK = 200;

  static StoredThread read(RawClient client, ChatUser reader, String id)
      throws IOException, InterruptedException {
    List<JsonNode> messages = list(client, reader, id, "messages?maxPageSize=200&");
    List<JsonNode> receipts = list(client, reader, id, "readReceipts?");
    Set<String> members = new HashSet<>();
    for (JsonNode participant : list(client, reader, id, "participants?")) {
      members.add(rawId(participant.required("communicationIdentifier")));
    }
    return new StoredThread(id, messages, receipts, members);
  }

  static String rawId(JsonNode identifier) {
    return identifier.required("rawId").asString();
  }

  private static List<JsonNode> list(RawClient client, ChatUser reader, String id, String what)
      throws IOException, InterruptedException {
    List<JsonNode> items = new ArrayList<>();
    String next = "/chat/threads/" + id + "/" + what + ChatUser.VERSION;
    while (!next.isEmpty()) {
      JsonNode page = ChatUser.json(client.sendWithToken("GET", next, "", reader.token()), OK);
      page.required("value").forEach(items::add);
      next = target(page.path("nextLink").asString(""));
    }
    return items;
  }

  private static String target(String link) {
    if (link.isEmpty()) {
      return "";
    }
    URI uri = URI.create(link);
    return uri.getRawPath() + "?" + uri.getRawQuery();
  }
}
