/**
 * The spine: one fact per change, appended in the transaction that makes the change, read by
 * cursor. Knows no feature; a fact's type and body are the feature's. Start at {@link
 * dev.parley.kit.journal.Journal}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.kit.journal;
