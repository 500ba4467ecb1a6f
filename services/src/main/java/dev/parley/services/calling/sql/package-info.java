/** Calls in tables {@code calls}, {@code call_participants} and {@code call_surveys}. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.calling.sql;
