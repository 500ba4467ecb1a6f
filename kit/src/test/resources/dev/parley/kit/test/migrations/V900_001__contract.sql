-- Tables that only the store's contract uses; a semicolon; in a comment ends nothing.
create table note (
  id bigint not null primary key,
  words varchar(100) not null default 'it''s; fine',
  big text
);
create table reply (
  id bigint not null primary key,
  note bigint not null references note (id) deferrable initially deferred
);
create table every_type (
  a_text varchar(100),
  a_number bigint,
  a_flag bigint,
  some_bytes bytea,
  an_id varchar(36),
  an_instant bigint
);
