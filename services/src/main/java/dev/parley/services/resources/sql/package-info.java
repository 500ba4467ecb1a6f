/** Resources and their sealed keys in tables {@code resources} and {@code access_keys}. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.resources.sql;
