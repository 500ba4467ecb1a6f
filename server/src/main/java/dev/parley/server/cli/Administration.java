package dev.parley.server.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the local commands ask for, of a running server or of the services themselves. */
public interface Administration extends AutoCloseable {
  /** Makes a token, and its user unless {@code request} names one. */
  IssuedToken issueToken(TokenRequest request);

  /** Every resource. */
  List<ResourceView> resources();

  /** Makes a resource with two keys. */
  ResourceView createResource(String name);

  /** Deletes a resource and everything in it. */
  void deleteResource(String name);

  /** The two keys of a resource, primary first. Empty name: the default resource. */
  List<KeyView> keys(String resource);

  /** Makes a key anew; {@code key} is {@code primary} or {@code secondary}. */
  KeyView rotateKey(String resource, String key);

  /** Writes a consistent copy of all data into a file that is not there yet. */
  void backup(Path file);

  @Override
  void close();

  /**
   * A wish for a token.
   *
   * @param resource its name; empty for the default resource
   * @param user the id of a user that is there, or nothing for a new one
   * @param scopes such as {@code chat} and {@code voip}
   * @param minutes 60 to 1440
   */
  record TokenRequest(String resource, Optional<String> user, List<String> scopes, int minutes) {}

  /** A token as a person gets it; {@code expiresOn} in RFC 3339. */
  record IssuedToken(String userId, String token, String expiresOn) {}

  /** A resource as a person sees it. */
  record ResourceView(String name, String id, String endpoint, boolean isDefault) {}

  /** A key as a person sees it; times in RFC 3339, {@code lastUsedOn} empty when never. */
  record KeyView(
      String name, String connectionString, String createdOn, Optional<String> lastUsedOn) {}
}
