package dev.parley.services.connections;

/** Whether the token that a connection came with is still to be believed. Answers from memory. */
@FunctionalInterface
public interface Standing {
  /** False when tokens were revoked since, or the user or the resource is gone. */
  boolean holds(Bearer bearer);
}
