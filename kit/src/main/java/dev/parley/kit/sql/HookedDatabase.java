package dev.parley.kit.sql;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the pipeline take part in the first transaction of a request: what {@link #with} is given
 * runs at the end of that transaction, so that "this request took effect" and the effect itself are
 * one.
 */
public final class HookedDatabase implements Database {
  private static final ScopedValue<Hook> HOOK = ScopedValue.newInstance();
  private final Database inner;

  public HookedDatabase(Database inner) {
    this.inner = inner;
  }

  private record Hook(Consumer<Tx> effect, AtomicBoolean done) {}

  /** Runs {@code body}; the first {@code write} of this thread in it ends with {@code effect}. */
  public static <T> T with(Consumer<Tx> effect, Callable<T> body) throws Exception {
    return ScopedValue.where(HOOK, new Hook(effect, new AtomicBoolean())).call(body::call);
  }

  @Override
  public <T extends @Nullable Object> T write(String name, TxWork<T> work) {
    if (!HOOK.isBound() || HOOK.get().done.get()) {
      return inner.write(name, work);
    }
    Hook hook = HOOK.get();
    return inner.write(
        name,
        tx -> {
          T result = work.run(tx);
          hook.effect.accept(tx);
          tx.afterCommit(() -> hook.done.set(true));
          return result;
        });
  }

  @Override
  public <T extends @Nullable Object> T read(String name, ReadWork<T> work) {
    return inner.read(name, work);
  }

  @Override
  public Health health() {
    return inner.health();
  }

  @Override
  public void backup(java.nio.file.Path target) {
    inner.backup(target);
  }

  @Override
  public void close() {
    inner.close();
  }
}
