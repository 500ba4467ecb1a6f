package dev.parley.kit.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON of the wire: unknown fields are ignored (newer clients send them), wrong types are refused,
 * never coerced, and nulls are left out of what is written.
 */
public final class Json {
  private static final int DEPTH_MAX = 64;
  private static final byte[] NUL = {'u', '0', '0', '0', '0'};
  private static final JsonMapper MAPPER = mapper();

  private Json() {}

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();
    return JsonMapper.builder(factory)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .changeDefaultPropertyInclusion(value ->
            value.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .build();
  }

  /**
   * Whether the character NUL is in it: no text of ours has one, and PostgreSQL cannot store it. In
   * well-formed JSON it can only be an escape; as a byte it shows an encoding that is not UTF-8,
   * which RFC 8259 §8.1 asks for.
   */
  private static boolean holdsNul(byte[] json) {
    for (int at = 0; at < json.length; at++) {
      if (json[at] == 0) {
        return true;
      }
      if (json[at] == '\\') {
        at++;
        if (startsWith(json, at, NUL)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean startsWith(byte[] json, int from, byte[] text) {
    return from + text.length <= json.length
        && Arrays.equals(json, from, from + text.length, text, 0, text.length);
  }

  private static byte[] withoutNul(byte[] json) {
    if (holdsNul(json)) {
      throw Problem.badRequest("The request body must not hold the character NUL.", null)
          .exception();
    }
    return json;
  }

  /**
   * Reads a wire record. An empty body reads as {@code {}}.
   *
   * @throws ProblemException 400 for malformed JSON, a wrong type or a broken rule, naming the
   *     field
   */
  public static <T> T read(byte[] body, Class<T> type) {
    try {
      byte[] json = body.length == 0 ? new byte[] {'{', '}'} : body;
      T value = MAPPER.readValue(withoutNul(json), type);
      if (value == null) {
        throw Problem.badRequest("The request body must be a JSON object.", null).exception();
      }
      return value;
    } catch (JacksonException broken) {
      throw problem(broken).exception();
    }
  }

  /** Reads a tree, for merge patches; the body must be an object. */
  public static JsonNode readObject(byte[] body) {
    try {
      JsonNode tree = MAPPER.readTree(withoutNul(body));
      if (tree == null || !tree.isObject()) {
        throw Problem.badRequest("The request body must be a JSON object.", null).exception();
      }
      return tree;
    } catch (JacksonException broken) {
      throw problem(broken).exception();
    }
  }

  /** Reads stored JSON of our own; a fault there is ours. */
  public static <T> T stored(String json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }

  /** Writes a value; for stored JSON and text frames. */
  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** Writes a value in UTF-8. */
  public static byte[] bytes(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  private static Problem problem(JacksonException broken) {
    for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidBody invalid) {
        return Problem.badRequest(String.valueOf(invalid.getMessage()), invalid.field());
      }
    }
    String field = field(broken);
    return broken instanceof DatabindException || broken instanceof InputCoercionException
        ? Problem.badRequest("The request body has a value of the wrong type.", field)
        : Problem.badRequest("The request body is not well-formed JSON.", field);
  }

  private static @Nullable String field(JacksonException broken) {
    if (broken.getPath() == null || broken.getPath().isEmpty()) {
      return null;
    }
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : broken.getPath()) {
      if (step.getPropertyName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      } else {
        path.append('[').append(step.getIndex()).append(']');
      }
    }
    return path.toString();
  }
}
