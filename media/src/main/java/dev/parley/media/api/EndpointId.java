package dev.parley.media.api;

/**
 * An endpoint's opaque id: 1 to 128 characters that may stand in SDP as they are.
 *
 * @param value letters, digits and {@code - _ . : +}
 */
public record EndpointId(String value) {
  public EndpointId {
    if (!value.matches("[A-Za-z0-9_.:+-]{1,128}")) {
      throw new IllegalArgumentException("an endpoint id has 1 to 128 plain characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
