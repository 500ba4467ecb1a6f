/** Push in SQL: the key that signs what clients keep, sealed. Must not know rules of push. */
@org.jspecify.annotations.NullMarked
package dev.parley.services.push.sql;
