package dev.parley.conformance.identity;

import com.azure.core.credential.AccessToken;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The claims of a user token, read as any JWT reader would; the signature is not checked here. */
record TokenClaims(JsonNode json) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Reads the payload of a token. */
  static TokenClaims of(AccessToken token) {
    String payload = token.getToken().split("\\.")[1];
    return new TokenClaims(JSON.readTree(Base64.getUrlDecoder().decode(payload)));
  }

  /** The scopes, sorted by name. */
  List<String> scopes() {
    return List.of(json.required("acsScope").asString().split(",")).stream().sorted().toList();
  }

  /** The user's id as the SDKs write it: the claim has it without {@code 8:}. */
  String userId() {
    return "8:" + json.required("skypeid").asString();
  }

  /** When the token ends, in seconds since 1970. */
  long expiry() {
    return json.required("exp").asLong();
  }

  /** How long the token was meant to live. */
  long lifeSeconds() {
    return expiry() - json.required("iat").asLong();
  }
}
