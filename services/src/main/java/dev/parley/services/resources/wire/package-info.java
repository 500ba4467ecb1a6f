/**
 * Resources in the management API {@code /manage/v1}; the ARM API comes with a later issue and uses
 * the same service. Start at {@link dev.parley.services.resources.wire.ResourceRoutes}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.resources.wire;
