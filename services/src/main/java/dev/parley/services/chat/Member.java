package dev.parley.services.chat;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's membership of a thread.
 *
 * @param userId raw id
 * @param visibleFrom messages made before are not theirs to read
 */
public record Member(
    String userId,
    @Nullable String displayName,
    Instant visibleFrom,
    Map<String, String> metadata) {}
