/**
 * One small module per feature: it makes the feature's store, service and operation table out of
 * what {@link dev.parley.server.Foundation} gives. Adding a feature is adding one file here and one
 * line where the modules are listed.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.server.modules;
