-- Answers that a repeated request gets again.
create table repeatability (
  scope varchar(200) not null,
  request_id varchar(128) not null,
  request_hash varchar(64) not null,
  answer text,
  expires_at bigint not null,
  primary key (scope, request_id)
);
create index repeatability_by_expiry on repeatability (expires_at);

-- Operations that answered 202.
create table long_running (
  resource_id varchar(36) not null,
  id varchar(128) not null,
  kind varchar(100) not null,
  status varchar(20) not null,
  created_at bigint not null,
  changed_at bigint not null,
  result_location varchar(2000),
  error_code varchar(100),
  error_message varchar(2000),
  primary key (resource_id, id)
);
create index long_running_by_change on long_running (changed_at);
