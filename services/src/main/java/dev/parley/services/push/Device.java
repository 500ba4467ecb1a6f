package dev.parley.services.push;

import dev.parley.kit.base.ResourceId;
import java.time.Instant;
import java.util.UUID;

/**
 * One connection of one user's device, proven by a token.
 *
 * @param session the id that stays when the device reconnects
 * @param user the raw id
 * @param registration the client's own id of its registration, or empty when it gave none
 * @param tokenEpoch the epoch of revocations in which the token was issued
 * @param tokenExpires when the token ends by itself
 */
public record Device(
    UUID session,
    ResourceId resource,
    String user,
    String registration,
    long tokenEpoch,
    Instant tokenExpires) {}
