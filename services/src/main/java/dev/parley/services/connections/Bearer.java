package dev.parley.services.connections;

import dev.parley.kit.base.ResourceId;
import java.time.Instant;

/**
 * Who holds a connection, proven by a token.
 *
 * @param user the raw id
 * @param tokenEpoch the epoch of revocations in which the token was issued
 * @param tokenExpires when the token ends by itself
 */
public record Bearer(ResourceId resource, String user, long tokenEpoch, Instant tokenExpires) {}
