create table users (
  resource_id varchar(36) not null,
  id varchar(36) not null,
  custom_id varchar(256),
  created_at bigint not null,
  token_epoch bigint not null,
  last_token_issued_at bigint,
  primary key (resource_id, id)
);
create unique index users_by_custom_id on users (resource_id, custom_id);

-- Keys of user tokens: the one that never retires signs, the others verify until they retire.
create table signing_keys (
  id varchar(64) not null primary key,
  public_key bytea not null,
  sealed_private_key bytea not null,
  created_at bigint not null,
  retires_at bigint
);
