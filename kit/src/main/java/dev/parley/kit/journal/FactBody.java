package dev.parley.kit.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a fact: a few ids, numbers and lists of ids by name. Contents that belong to a person
 * stay in the feature's own rows, so that deleting them there is enough.
 */
public final class FactBody {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private final Map<String, Object> values;

  private FactBody(Map<String, Object> values) {
    this.values = values;
  }

  /** A body without values. */
  public static FactBody empty() {
    return new FactBody(Map.of());
  }

  public FactBody with(String name, String text) {
    return put(name, text);
  }

  public FactBody with(String name, long number) {
    return put(name, number);
  }

  public FactBody with(String name, List<String> texts) {
    return put(name, List.copyOf(texts));
  }

  private FactBody put(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new FactBody(more);
  }

  /** Reads what {@link #json} wrote. */
  public static FactBody parse(String json) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : MAPPER.readTree(json).properties()) {
      JsonNode value = field.getValue();
      if (value.isArray()) {
        List<String> texts = new ArrayList<>();
        value.forEach(one -> texts.add(one.asString()));
        values.put(field.getKey(), texts);
      } else {
        values.put(field.getKey(), value.isNumber() ? value.asLong() : value.asString());
      }
    }
    return new FactBody(values);
  }

  /** The text under this name; empty when the fact was erased or has none. */
  public Optional<String> text(String name) {
    return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The number under this name; empty when the fact was erased or has none. */
  public Optional<Long> number(String name) {
    return values.get(name) instanceof Long number ? Optional.of(number) : Optional.empty();
  }

  /** The texts under this name; empty when there are none. */
  @SuppressWarnings("unchecked")
  public List<String> texts(String name) {
    return values.get(name) instanceof List<?> texts ? (List<String>) texts : List.of();
  }

  /** The JSON that the journal keeps. */
  public String json() {
    ObjectNode object = MAPPER.createObjectNode();
    values.forEach((name, value) -> add(object, name, value));
    return object.toString();
  }

  private static void add(ObjectNode object, String name, Object value) {
    switch (value) {
      case Long number -> object.put(name, number);
      case List<?> texts -> {
        ArrayNode array = object.putArray(name);
        texts.forEach(text -> array.add(String.valueOf(text)));
      }
      case Object text -> object.put(name, text.toString());
    }
  }
}
