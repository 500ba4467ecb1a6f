/**
 * Rules of the repository that protect it from packages it must never contain. Start at {@link
 * dev.parley.conformance.rules.NodePackagesTest}.
 */
@NullMarked
package dev.parley.conformance.rules;

import org.jspecify.annotations.NullMarked;
