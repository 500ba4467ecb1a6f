package dev.parley.services;

import dev.parley.kit.sql.Migrations;

/** The tables of all features, oldest script first. A new feature adds its scripts at the end. */
public final class ServicesSchema {
  public static final Migrations MIGRATIONS =
      Migrations.of(
          "dev/parley/services/migrations",
          "V2_001__resources.sql",
          "V2_002__identity.sql",
          "V2_003__chat.sql",
          "V2_004__push.sql",
          "V2_005__rooms.sql",
          "V2_006__calling.sql",
          "V2_010__audit.sql");

  private ServicesSchema() {}
}
