package dev.parley.services.calling;

import dev.parley.kit.base.ResourceId;

/**
 * Who asks: a client with a proven token.
 *
 * @param user the raw id
 * @param displayName what others are shown, empty when it gave none
 * @param mayStart whether its token's scope allows to start calls ({@code voip}), not only to join
 *     ({@code voip.join})
 */
public record CallClient(
    ClientId id, ResourceId resource, String user, String displayName, boolean mayStart) {}
