package dev.parley.kit.journal;

import dev.parley.kit.base.ResourceId;
import java.time.Instant;

/**
 * Something that happened and stays true.
 *
 * @param resource the tenant it belongs to
 * @param type the fact's kind, named by its feature, for example {@code identity.userDeleted}
 * @param subject what it is about: a user, a thread, a call; the key by which it can be erased
 * @param at when it happened, by the server's clock
 * @param body the feature's own JSON, at most 1 MiB
 */
public record Fact(ResourceId resource, String type, String subject, Instant at, String body) {}
