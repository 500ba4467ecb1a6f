package dev.parley.services.push;

/** Whether the token that a device came with is still to be believed. Answers from memory. */
@FunctionalInterface
public interface Standing {
  /** False when tokens were revoked since, or the user or the resource is gone. */
  boolean holds(Device device);
}
