package dev.parley.services.resources;

import dev.parley.kit.base.Refusal;

/** Why a request about resources is refused. */
public sealed interface ResourceRefusal extends Refusal {
  /** The name breaks a rule of {@link ResourceLimits}. */
  record NameInvalid(String name) implements ResourceRefusal {}

  /** Another resource has the name. */
  record NameTaken(String name) implements ResourceRefusal {}

  /** There is no such resource. */
  record UnknownResource(String name) implements ResourceRefusal {}

  /** The default resource stays as long as the installation. */
  record DefaultStays(String name) implements ResourceRefusal {}

  /** There are as many as there may be. */
  record TooMany(int max) implements ResourceRefusal {}
}
