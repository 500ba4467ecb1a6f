package dev.parley.services.resources.wire;

import dev.parley.kit.http.Problem;
import dev.parley.services.resources.ResourceRefusal;

/** How the refusals of resources look on the wire. */
final class ResourceErrors {
  private ResourceErrors() {}

  static Problem problem(ResourceRefusal refusal) {
    return switch (refusal) {
      case ResourceRefusal.NameInvalid invalid ->
          new Problem(
              400,
              "InvalidResourceName",
              "A resource name has 1 to 63 letters, digits and inner hyphens.");
      case ResourceRefusal.NameTaken taken ->
          new Problem(
              409, "NameAlreadyExists", "There is a resource '" + taken.name() + "' already.");
      case ResourceRefusal.UnknownResource unknown ->
          new Problem(404, "ResourceNotFound", "There is no resource '" + unknown.name() + "'.");
      case ResourceRefusal.DefaultStays stays ->
          new Problem(409, "DefaultResource", "The default resource cannot be deleted.");
      case ResourceRefusal.TooMany many ->
          new Problem(409, "QuotaExceeded", "There are " + many.max() + " resources already.");
    };
  }
}
