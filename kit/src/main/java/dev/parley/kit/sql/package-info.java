/**
 * Transactions on one SQL in two dialects (SQLite embedded, PostgreSQL in a cluster), and forward
 * migrations. Knows no table of a feature. Start at {@link dev.parley.kit.sql.Database}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.kit.sql;
