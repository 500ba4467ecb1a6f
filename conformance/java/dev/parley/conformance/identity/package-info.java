/**
 * Identity through Microsoft's SDK for Java. Start at {@link
 * dev.parley.conformance.identity.JavaIdentityIT}.
 */
@NullMarked
package dev.parley.conformance.identity;

import org.jspecify.annotations.NullMarked;
