package dev.parley.services.calling.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The members of a message, read strictly: each refusal names the member and its rule. */
record Members(JsonNode object, String path) {
  static Members of(JsonNode object) {
    return new Members(object, "");
  }

  private @Nullable JsonNode find(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }

  boolean has(String name) {
    return find(name) != null;
  }

  private JsonNode required(String name) {
    JsonNode value = find(name);
    if (value == null) {
      throw wrong(name, "is required");
    }
    return value;
  }

  private MessageRefused wrong(String name, String rule) {
    return MessageRefused.badMember(path + name, rule);
  }

  /** A text of 1 to {@code max} characters. */
  String text(String name, int max) {
    String text = textOf(name, required(name), max);
    if (text.isEmpty()) {
      throw wrong(name, "must not be empty");
    }
    return text;
  }

  /** A text of at most {@code max} characters, or empty when there is none. */
  String textOrEmpty(String name, int max) {
    JsonNode value = find(name);
    return value == null ? "" : textOf(name, value, max);
  }

  private String textOf(String name, JsonNode value, int max) {
    if (!value.isString()) {
      throw wrong(name, "must be a text");
    }
    String text = value.stringValue();
    if (text.length() > max) {
      throw wrong(name, "must have at most " + max + " characters");
    }
    return text;
  }

  boolean flag(String name) {
    return flagOf(name, required(name));
  }

  boolean flagOr(String name, boolean otherwise) {
    JsonNode value = find(name);
    return value == null ? otherwise : flagOf(name, value);
  }

  Optional<Boolean> flagIfAny(String name) {
    JsonNode value = find(name);
    return value == null ? Optional.empty() : Optional.of(flagOf(name, value));
  }

  private boolean flagOf(String name, JsonNode value) {
    if (!value.isBoolean()) {
      throw wrong(name, "must be true or false");
    }
    return value.booleanValue();
  }

  /** A whole number in this range. */
  int number(String name, int min, int max) {
    JsonNode value = required(name);
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < min
        || value.intValue() > max) {
      throw wrong(name, "must be a whole number from " + min + " to " + max);
    }
    return value.intValue();
  }

  /** A UUID in its usual form. */
  UUID uuid(String name) {
    String text = text(name, 64);
    try {
      UUID id = UUID.fromString(text);
      if (id.toString().equalsIgnoreCase(text)) {
        return id;
      }
    } catch (IllegalArgumentException malformed) {
      throw wrong(name, "must be a UUID");
    }
    throw wrong(name, "must be a UUID");
  }

  /** One of these words. */
  String word(String name, List<String> words) {
    String text = textOf(name, required(name), 64);
    if (!words.contains(text)) {
      throw wrong(name, "must be one of " + String.join(", ", words));
    }
    return text;
  }

  /** 1 to {@code max} texts, each once. */
  List<String> texts(String name, int max) {
    JsonNode value = required(name);
    if (!value.isArray() || value.isEmpty() || value.size() > max) {
      throw wrong(name, "must be a list of 1 to " + max);
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      String text = textOf(name + "[" + i + "]", value.get(i), SignallingLimits.ID_CHARACTERS_MAX);
      if (text.isEmpty()) {
        throw wrong(name + "[" + i + "]", "must not be empty");
      }
      if (!texts.contains(text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** An object within this one. */
  Members object(String name) {
    JsonNode value = required(name);
    if (!value.isObject()) {
      throw wrong(name, "must be an object");
    }
    return new Members(value, path + name + ".");
  }

  Optional<Members> objectIfAny(String name) {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  /** A list of at most {@code max} objects. */
  List<Members> objects(String name, int max) {
    JsonNode value = required(name);
    if (!value.isArray() || value.size() > max) {
      throw wrong(name, "must be a list of at most " + max);
    }
    List<Members> objects = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      if (!value.get(i).isObject()) {
        throw wrong(name + "[" + i + "]", "must be an object");
      }
      objects.add(new Members(value.get(i), path + name + "[" + i + "]."));
    }
    return objects;
  }

  /** The JSON of an object within this one, of at most {@code max} characters. */
  String json(String name, int max) {
    String json = object(name).object().toString();
    if (json.length() > max) {
      throw wrong(name, "must have at most " + max + " characters");
    }
    return json;
  }

  /** Refuses a member for a rule that is not one of a single value. */
  MessageRefused refuse(String name, String rule) {
    return wrong(name, rule);
  }
}
