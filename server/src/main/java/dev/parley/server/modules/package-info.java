/**
 * One small module per feature: it makes the feature's store, service and operation table out of
 * what {@link dev.parley.server.Foundation} gives. ARCHITECTURE.md lists every file that a new
 * feature touches.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.server.modules;
