package dev.parley.services.identity;

import dev.parley.kit.base.ResourceId;
import dev.parley.kit.sql.Reading;
import dev.parley.kit.sql.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Loads and saves users. */
public interface UserStore {
  Optional<User> find(Reading reading, UserId id);

  Optional<User> findByCustomId(Reading reading, ResourceId resource, String customId);

  /** Users after {@code after} in the order of their ids, at most {@code limit}. */
  List<User> list(Reading reading, ResourceId resource, UUID after, int limit);

  void add(Tx tx, User user);

  void setTokenEpoch(Tx tx, UserId id, long epoch);

  void setLastTokenIssued(Tx tx, UserId id, Instant at);

  void delete(Tx tx, UserId id);

  /** Deletes all users of a resource that is being deleted. */
  void deleteAll(Tx tx, ResourceId resource);
}
