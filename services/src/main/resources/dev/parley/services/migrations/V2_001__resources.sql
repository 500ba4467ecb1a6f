create table resources (
  id varchar(36) not null primary key,
  name varchar(63) not null,
  name_key varchar(63) not null unique,
  created_at bigint not null,
  is_default bigint not null
);

-- sealed_key is readable only with the master key, which lives outside the store.
create table access_keys (
  resource_id varchar(36) not null,
  slot varchar(10) not null,
  sealed_key bytea not null,
  created_at bigint not null,
  last_used_at bigint,
  primary key (resource_id, slot)
);

create table audit_log (
  resource_id varchar(36) not null,
  at_ms bigint not null,
  id varchar(36) not null,
  actor varchar(200) not null,
  action varchar(100) not null,
  subject varchar(1000) not null,
  primary key (resource_id, at_ms, id)
);
