package dev.parley.services.identity;

import dev.parley.kit.base.Secret;
import java.time.Instant;

/** A token as its user gets it. */
public record UserToken(Secret<String> token, Instant expiresOn) {}
