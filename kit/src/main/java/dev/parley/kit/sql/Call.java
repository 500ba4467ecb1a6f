package dev.parley.kit.sql;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One caller's work, waiting for its turn or under way. */
final class Call<T extends @Nullable Object> {
  private final String name;
  private final Database.TxWork<T> work;
  private final long queuedAt;
  private final CompletableFuture<T> answer = new CompletableFuture<>();
  private @Nullable T result;
  private List<Runnable> effects = List.of();
  private long changes;

  Call(String name, Database.TxWork<T> work, long queuedAt) {
    this.name = name;
    this.work = work;
    this.queuedAt = queuedAt;
  }

  String name() {
    return name;
  }

  long queuedAt() {
    return queuedAt;
  }

  /** Runs the work; again when a neighbour took the transaction with it. */
  void run(SqlTx tx) {
    result = work.run(tx);
    tx.flush();
    effects = tx.effects();
    changes = tx.changes();
  }

  List<Runnable> effects() {
    return effects;
  }

  long changes() {
    return changes;
  }

  @SuppressWarnings("NullAway") // T may be nullable, and then null is a result.
  void succeed() {
    answer.complete(result);
  }

  void fail(Throwable failure) {
    answer.completeExceptionally(failure);
  }

  /** Waits for the outcome; it always comes, because waiting and running are both bounded. */
  T await() {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw asUnchecked(failed.getCause());
    }
  }

  private static RuntimeException asUnchecked(@Nullable Throwable failure) {
    return switch (failure) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(failure);
    };
  }
}
