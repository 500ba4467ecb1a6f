package dev.parley.services.chat.wire;

import dev.parley.kit.http.Json;
import dev.parley.kit.http.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A merge patch (RFC 7396): what is absent stays, null removes, a value sets. Reading checks types
 * as strictly as for the other bodies.
 */
record MergePatch(JsonNode tree) {
  static MergePatch parse(byte[] body) {
    return new MergePatch(Json.readObject(body));
  }

  /** A string to set, or null when absent; null in the patch is refused, it cannot be removed. */
  @Nullable String text(String field) {
    JsonNode node = tree.get(field);
    if (node == null) {
      return null;
    }
    if (!node.isString()) {
      throw Problem.badRequest("The " + field + " field must be a string.", field).exception();
    }
    return node.stringValue();
  }

  /** Keys to set, and to remove. */
  Map<String, Optional<String>> texts(String field) {
    JsonNode node = tree.get(field);
    Map<String, Optional<String>> changes = new LinkedHashMap<>();
    if (node == null || node.isNull()) {
      return changes;
    }
    if (!node.isObject()) {
      throw Problem.badRequest("The " + field + " field must be an object.", field).exception();
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      changes.put(entry.getKey(), change(field, entry));
    }
    return changes;
  }

  private static Optional<String> change(String field, Map.Entry<String, JsonNode> entry) {
    JsonNode value = entry.getValue();
    if (value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString()) {
      String path = field + "." + entry.getKey();
      throw Problem.badRequest("The " + path + " field must be a string.", path).exception();
    }
    return Optional.of(value.stringValue());
  }

  /** The member's JSON, or null when absent. */
  @Nullable JsonNode node(String field) {
    return tree.get(field);
  }
}
