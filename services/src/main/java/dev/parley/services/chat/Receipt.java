package dev.parley.services.chat;

import java.time.Instant;

/** Up to which message a user has read; one per user and thread. */
public record Receipt(String userId, long messageId, Instant readAt) {}
