/**
 * Sends every operation of the ledger once, without an SDK. Start at {@link
 * dev.parley.conformance.sweep.EveryOperationIT}.
 */
@NullMarked
package dev.parley.conformance.sweep;

import org.jspecify.annotations.NullMarked;
