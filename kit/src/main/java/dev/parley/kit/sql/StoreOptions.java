package dev.parley.kit.sql;

import dev.parley.kit.base.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * What every store is opened with.
 *
 * @param migrations the schema, kit's own first; see {@link #with}
 */
public record StoreOptions(
    List<Migrations> migrations, StoreLimits limits, Clock clock, StoreListener listener) {
  public StoreOptions {
    migrations = List.copyOf(migrations);
  }

  /** Default limits, nobody watching, kit's own tables and those of {@code features}. */
  public static StoreOptions with(Clock clock, Migrations... features) {
    List<Migrations> all = new ArrayList<>();
    all.add(Migrations.KIT);
    all.addAll(List.of(features));
    return new StoreOptions(all, StoreLimits.DEFAULTS, clock, StoreListener.NONE);
  }

  public StoreOptions limits(StoreLimits others) {
    return new StoreOptions(migrations, others, clock, listener);
  }

  public StoreOptions listener(StoreListener other) {
    return new StoreOptions(migrations, limits, clock, other);
  }
}
