/**
 * Fixtures that the tests of every module share: a clock that stands still, seeded ids, a throwaway
 * PostgreSQL server. Knows no feature. Start at {@link dev.parley.kit.test.FakeClock}.
 */
@org.jspecify.annotations.NullMarked
package dev.parley.kit.test;
