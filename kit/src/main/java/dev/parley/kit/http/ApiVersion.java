package dev.parley.kit.http;

/**
 * The {@code api-version} parameter: required, {@code YYYY-MM-DD} with an optional suffix. Any
 * well-formed version is taken (compat §0: the SDKs' own enums do not say what they send).
 *
 * <p>Following a next link, the rooms client for Python writes the name of its enum's constant
 * instead of the version, since Python 3.11 formats it so: {@code ApiVersion.V2025_03_13}. It is
 * taken for what it means.
 */
final class ApiVersion {
  private static final String PYTHON_ENUM = "ApiVersion.V";

  private ApiVersion() {}

  static void require(QueryString query) {
    String version = query.get("api-version");
    if (version == null || version.isEmpty()) {
      String message = "The api-version query parameter is required.";
      throw new Problem(400, "MissingApiVersionParameter", message)
          .withTarget("api-version")
          .exception();
    }
    if (!isWellFormed(meant(version))) {
      String message = "The api-version must have the form YYYY-MM-DD or YYYY-MM-DD-preview.";
      throw new Problem(400, "InvalidApiVersionParameter", message)
          .withTarget("api-version")
          .exception();
    }
  }

  private static String meant(String version) {
    return version.startsWith(PYTHON_ENUM)
        ? version.substring(PYTHON_ENUM.length()).replace('_', '-')
        : version;
  }

  private static boolean isWellFormed(String version) {
    if (version.length() < 10 || version.length() > 32) {
      return false;
    }
    for (int at = 0; at < 10; at++) {
      char c = version.charAt(at);
      boolean dash = at == 4 || at == 7;
      if (dash ? c != '-' : c < '0' || c > '9') {
        return false;
      }
    }
    return version.length() == 10 || isSuffix(version.substring(10));
  }

  private static boolean isSuffix(String suffix) {
    if (suffix.charAt(0) != '-' || suffix.length() < 2) {
      return false;
    }
    return suffix.substring(1).chars().allMatch(c -> c == '-' || c == '.' || isWord(c));
  }

  private static boolean isWord(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
