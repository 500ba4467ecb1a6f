package dev.parley.kit.sql;

import java.util.List;

/**
 * One module's forward migrations: a class path folder and the scripts in it, oldest first. The
 * list is written out, not scanned for, so that a start on a current schema costs one query. A
 * script is named {@code V<module>_<number>__<what>.sql}; the module's number keeps versions of two
 * modules apart (kit has 1). Scripts use the SQL common to both dialects with the types {@code
 * varchar(n)}, {@code text}, {@code bigint} and {@code bytea}, and are never edited after release.
 *
 * @param folder for example {@code dev/parley/kit/migrations}, without slashes at its ends
 */
public record Migrations(String folder, List<String> scripts) {
  /** Kit's own tables: the writers' lock row, the journal and its cursors. */
  public static final Migrations KIT =
      new Migrations(
          "dev/parley/kit/migrations",
          List.of("V1_001__journal.sql", "V1_002__requests.sql", "V1_003__journal_trimmed.sql"));

  public Migrations {
    scripts = List.copyOf(scripts);
  }

  public static Migrations of(String folder, String... scripts) {
    return new Migrations(folder, List.of(scripts));
  }
}
