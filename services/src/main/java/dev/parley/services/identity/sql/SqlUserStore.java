package dev.parley.services.identity.sql;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Row;
import dev.parley.kit.sql.Tx;
import dev.parley.services.identity.User;
import dev.parley.services.identity.UserId;
import dev.parley.services.identity.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Users in SQL; the primary key (resource_id, id) serves every query but the one by custom id. */
public final class SqlUserStore implements UserStore {
  private static final String SELECT =
      "select resource_id, id, custom_id, created_at, token_epoch, last_token_issued_at from users";

  @Override
  public Optional<User> find(Reading reading, UserId id) {
    return reading.first(
        SELECT + " where resource_id = ? and id = ?", SqlUserStore::user, id.resource(), id.user());
  }

  @Override
  public Optional<User> findByCustomId(Reading reading, ResourceId resource, String customId) {
    return reading.first(
        SELECT + " where resource_id = ? and custom_id = ?",
        SqlUserStore::user,
        resource,
        customId);
  }

  @Override
  public List<User> list(Reading reading, ResourceId resource, UUID after, int limit) {
    return reading.list(
        SELECT + " where resource_id = ? and id > ? order by id limit ?",
        SqlUserStore::user,
        resource,
        after,
        limit);
  }

  private static User user(Row row) {
    UserId id = new UserId(new ResourceId(row.uuid(1)), row.uuid(2));
    return new User(id, row.textOrNull(3), row.instant(4), row.number(5), row.instantOrNull(6));
  }

  @Override
  public void add(Tx tx, User user) {
    tx.update(
        "insert into users (resource_id, id, custom_id, created_at, token_epoch)"
            + " values (?, ?, ?, ?, ?)",
        user.id().resource(),
        user.id().user(),
        user.customId(),
        user.createdAt(),
        user.tokenEpoch());
  }

  @Override
  public void setTokenEpoch(Tx tx, UserId id, long epoch) {
    tx.update(
        "update users set token_epoch = ? where resource_id = ? and id = ?",
        epoch,
        id.resource(),
        id.user());
  }

  @Override
  public void setLastTokenIssued(Tx tx, UserId id, Instant at) {
    tx.update(
        "update users set last_token_issued_at = ? where resource_id = ? and id = ?",
        at,
        id.resource(),
        id.user());
  }

  @Override
  public void delete(Tx tx, UserId id) {
    tx.update("delete from users where resource_id = ? and id = ?", id.resource(), id.user());
  }

  @Override
  public void deleteAll(Tx tx, ResourceId resource) {
    tx.update("delete from users where resource_id = ?", resource);
  }
}
