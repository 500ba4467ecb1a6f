package dev.parley.services.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A user of a resource.
 *
 * @param customId the application's own id for the user, unique in the resource, or null
 * @param tokenEpoch counts revocations: only tokens of the current epoch are believed
 * @param lastTokenIssuedAt to the second at best, or null for never
 */
public record User(
    UserId id,
    @Nullable String customId,
    Instant createdAt,
    long tokenEpoch,
    @Nullable Instant lastTokenIssuedAt) {}
