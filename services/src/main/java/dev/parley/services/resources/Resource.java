package dev.parley.services.resources;

import dev.parley.kit.base.ResourceId;
import java.time.Instant;

/**
 * A resource.
 *
 * @param id immutable; part of every user id and token
 * @param name unique in the installation, also its host label {@code <name>.<base host>}
 * @param isDefault whether it answers where neither host, key nor token names one
 */
public record Resource(ResourceId id, String name, Instant createdAt, boolean isDefault) {}
