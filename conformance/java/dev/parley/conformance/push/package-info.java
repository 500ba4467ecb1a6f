/**
 * Real-time push without any SDK: users of chat and the device of one, as a program of anyone's own
 * would speak the protocol. Start at {@link dev.parley.conformance.push.PushDevice}.
 */
@NullMarked
package dev.parley.conformance.push;

import org.jspecify.annotations.NullMarked;
