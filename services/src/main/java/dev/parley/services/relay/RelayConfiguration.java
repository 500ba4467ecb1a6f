package dev.parley.services.relay;

import java.time.Instant;
import java.util.List;

/**
 * What a client needs to use the relay.
 *
 * @param expiresOn when the credential ends, to the second
 * @param urls the servers, all with the one credential
 */
public record RelayConfiguration(Instant expiresOn, List<String> urls, TurnCredential credential) {}
