package dev.parley.kit.sql;

import org.jspecify.annotations.Nullable;

/** The bounded reader connections of a store. */
interface Readers {
  <T extends @Nullable Object> T read(String name, Database.ReadWork<T> work);

  void close();
}
