/**
 * What tests of features stand on: {@link dev.parley.services.stores.TestStore} with a clock that
 * stands still. A store contract extends a class here and runs on SQLite and PostgreSQL.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.services.stores;
