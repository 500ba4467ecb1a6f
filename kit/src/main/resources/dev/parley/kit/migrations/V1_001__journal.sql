-- Writers of all processes are ordered by a lock on this row (PostgreSQL; SQLite locks the file).
create table store_lock (
  name varchar(20) not null primary key
);
insert into store_lock (name) values ('writer');

-- A store that failed is tried again by writing here.
create table store_probe (
  id bigint not null primary key,
  filling bytea not null
);

create table journal_head (
  stream varchar(20) not null primary key,
  position bigint not null
);
insert into journal_head (stream, position) values ('main', 0);

create table journal (
  position bigint not null primary key,
  resource_id varchar(36) not null,
  type varchar(200) not null,
  subject varchar(1000) not null,
  happened_at bigint not null,
  body text not null
);
create index journal_by_subject on journal (resource_id, subject);

create table journal_cursor (
  reader varchar(200) not null primary key,
  position bigint not null,
  seen_at bigint not null
);
