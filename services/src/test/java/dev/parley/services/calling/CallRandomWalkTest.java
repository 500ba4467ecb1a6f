package dev.parley.services.calling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.services.calling.sql.SqlCallStore;
import dev.parley.services.stores.TestStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand calls of random users with several devices, kills at and between commits, and time
 * that passes. A walk that fails names its seed; {@code -Dcalls.seed=N} runs that one alone.
 */
class CallRandomWalkTest {
  private static final int CALLS = 10_000;
  private static final int STEPS = 40;
  private static final long FIRST_SEED = 20_270_101;

  private static int walk(long seed) {
    CallWalk walk =
        new CallWalk(seed, new MemoryDatabase(), new MemoryCallStore(), new MemoryJournal());
    return run(seed, walk);
  }

  private static int run(long seed, CallWalk walk) {
    try {
      return walk.run(STEPS);
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError(
          "rerun with -Dcalls.seed=" + seed + " after\n" + String.join("\n", walk.log), failure);
    }
  }

  @Test
  void tenThousandCallsBehaveAsTheModelSays() {
    Long only = Long.getLong("calls.seed");
    if (only != null) {
      walk(only);
      return;
    }
    int calls = 0;
    int walks = 0;
    while (calls < CALLS) {
      calls += walk(FIRST_SEED + walks);
      walks++;
    }
    System.out.println(calls + " calls in " + walks + " walks from seed " + FIRST_SEED);
    assertThat(calls).isGreaterThanOrEqualTo(CALLS);
  }

  @Test
  void someOfThemOnADatabase(@TempDir Path folder) {
    try (TestStore test = TestStore.sqlite(folder)) {
      for (long seed = FIRST_SEED; seed < FIRST_SEED + 5; seed++) {
        run(seed, new CallWalk(seed, test.database, new SqlCallStore(), test.journal));
      }
    }
  }
}
