/**
 * Starts and stops one Parley as a user would, and speaks raw signed HTTPS to it. Must not know any
 * SDK. Start at {@link dev.parley.conformance.server.ParleyProcess}.
 */
@NullMarked
package dev.parley.conformance.server;

import org.jspecify.annotations.NullMarked;
