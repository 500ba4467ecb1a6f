package dev.parley.server.cli;

import dev.parley.server.folder.RunningServer;
import dev.parley.server.problem.Problem;
import dev.parley.server.problem.Stopped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one chat thread that everyone who runs {@code parley chat} on a data folder shares. Its id
 * and its first member are kept in the folder; the calls are those of any ACS client, with user
 * tokens.
 */
final class ChatRoom implements AutoCloseable {
  private static final String FILE = "chat-room";
  private static final String VERSION = "api-version=2025-03-15";
  private static final int PAGE = 100;

  private final JsonMapper json = JsonMapper.builder().build();
  private final RunningServer server;
  private final HttpClient http;
  private final Administration administration;
  private final Path file;
  private final String token;
  private final String userId;
  private final String thread;
  private long lastSeen;

  /** Someone who said something. */
  record Line(String name, String text) {}

  private record Kept(String thread, String keeper) {}

  private ChatRoom(
      RunningServer.Access access, Administration administration, Path data, String name) {
    this.server = access.server();
    this.administration = administration;
    this.file = data.resolve(FILE);
    this.http =
        HttpClient.newBuilder()
            .sslContext(LocalTrust.context(server.trusted()))
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    Administration.IssuedToken issued = token(Optional.empty());
    this.token = issued.token();
    this.userId = issued.userId();
    this.thread = enter(name);
  }

  /** Enters the room under a name; makes it when there is none. */
  static ChatRoom enter(
      RunningServer.Access access, Administration administration, Path data, String name) {
    return new ChatRoom(access, administration, data, name);
  }

  private Administration.IssuedToken token(Optional<String> user) {
    return administration.issueToken(
        new Administration.TokenRequest("", user, List.of("chat"), 1440));
  }

  private String enter(String name) {
    Optional<Kept> kept = kept();
    if (kept.isPresent() && joined(kept.get(), name)) {
      return kept.get().thread();
    }
    ObjectNode body = json.createObjectNode().put("topic", "parley chat");
    body.putArray("participants").add(participant(name));
    String made =
        call("POST", "/chat/threads?" + VERSION, token, body)
            .path("chatThread")
            .path("id")
            .asString("");
    keep(new Kept(made, userId));
    return made;
  }

  /** The room's first member lets the next one in; false when room or member is gone. */
  private boolean joined(Kept kept, String name) {
    try {
      String keeper = token(Optional.of(kept.keeper())).token();
      ObjectNode body = json.createObjectNode();
      body.putArray("participants").add(participant(name));
      call("POST", path(kept.thread()) + "/participants/:add?" + VERSION, keeper, body);
      return true;
    } catch (Stopped gone) {
      return false;
    }
  }

  private ObjectNode participant(String name) {
    ObjectNode participant = json.createObjectNode();
    participant.putObject("communicationIdentifier").put("rawId", userId);
    // Who comes later reads what was said before.
    return participant.put("displayName", name).put("shareHistoryTime", Instant.EPOCH.toString());
  }

  private Optional<Kept> kept() {
    try {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      return lines.size() < 2
          ? Optional.empty()
          : Optional.of(new Kept(lines.get(0), lines.get(1)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private void keep(Kept kept) {
    try {
      Files.writeString(file, kept.thread() + "\n" + kept.keeper() + "\n");
    } catch (IOException failed) {
      throw new Stopped(new Problem.Unwritable(file, String.valueOf(failed.getMessage())));
    }
  }

  /** Says a line to all who are in the room. */
  void say(String name, String text) {
    ObjectNode body = json.createObjectNode().put("content", text).put("senderDisplayName", name);
    call("POST", path(thread) + "/messages?" + VERSION, token, body.put("type", "text"));
  }

  /** What others said, and who came, since the last call; in its order. */
  List<Line> hear() {
    JsonNode page =
        call("GET", path(thread) + "/messages?" + VERSION + "&maxPageSize=" + PAGE, token, null);
    List<Line> lines = new ArrayList<>();
    long newest = lastSeen;
    for (JsonNode message : page.path("value")) {
      long id = Long.parseLong(message.path("id").asString("0"));
      if (id > lastSeen) {
        newest = Math.max(newest, id);
        line(message).ifPresent(lines::addFirst);
      }
    }
    lastSeen = newest;
    return lines;
  }

  private Optional<Line> line(JsonNode message) {
    String type = message.path("type").asString("");
    JsonNode content = message.path("content");
    if (type.equals("participantAdded")) {
      JsonNode who = content.path("participants").path(0);
      boolean me = who.path("communicationIdentifier").path("rawId").asString("").equals(userId);
      String name = who.path("displayName").asString("someone");
      return me ? Optional.empty() : Optional.of(new Line("*", name + " came in"));
    }
    String sender = message.path("senderCommunicationIdentifier").path("rawId").asString("");
    return type.equals("text") && !sender.equals(userId)
        ? Optional.of(
            new Line(
                message.path("senderDisplayName").asString("someone"),
                content.path("message").asString("")))
        : Optional.empty();
  }

  private static String path(String thread) {
    return "/chat/threads/" + URLEncoder.encode(thread, StandardCharsets.UTF_8);
  }

  private JsonNode call(
      String method,
      String path,
      String bearer,
      @org.jspecify.annotations.Nullable ObjectNode body) {
    URI uri = server.local().resolve(path);
    var publisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body.toString());
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/json")
            .method(method, publisher)
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode answer =
          response.body().isBlank() ? json.createObjectNode() : json.readTree(response.body());
      if (response.statusCode() < 300) {
        return answer;
      }
      JsonNode error = answer.path("error");
      throw new Stopped(
          new Problem.Refused(
              response.statusCode(),
              error.path("code").asString(""),
              error.path("message").asString("")));
    } catch (IOException unreachable) {
      throw new Stopped(new Problem.NoAnswer(uri.toString(), unreachable.toString()));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new Stopped(new Problem.NoAnswer(uri.toString(), "interrupted"));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
