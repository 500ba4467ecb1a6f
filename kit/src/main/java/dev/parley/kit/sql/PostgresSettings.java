package dev.parley.kit.sql;

import dev.parley.kit.base.Secret;

/**
 * Where the database is.
 *
 * @param url for example {@code jdbc:postgresql://db.example.org:5432/parley?sslmode=verify-full}
 */
public record PostgresSettings(String url, String user, Secret<String> password) {}
