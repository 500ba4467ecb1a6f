/**
 * What was acknowledged is never lost: the server is killed under load, started again, and asked.
 * Knows the wire and no SDK. Start at {@link dev.parley.conformance.durability.DurabilityIT}.
 */
@NullMarked
package dev.parley.conformance.durability;

import org.jspecify.annotations.NullMarked;
