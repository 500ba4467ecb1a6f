-- The key that signs what push clients keep of their place; readable only with the master key.
create table push_keys (
  id varchar(20) not null primary key,
  sealed_key bytea not null,
  created_at bigint not null
);
