package dev.parley.media.api;

/** A track's opaque id, made by the engine; it stands in SDP as the id of the browser's track. */
public record TrackId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
