-- open_locator finds the one call of a group or room that is under way; it is null for all others.
create table calls (
  resource_id varchar(36) not null,
  id varchar(36) not null,
  version bigint not null,
  kind varchar(20) not null,
  locator varchar(200),
  open_locator varchar(200),
  thread_id varchar(200) not null,
  starter varchar(100) not null,
  starter_name text,
  starter_role varchar(20) not null,
  started_at bigint not null,
  correlation varchar(36) not null,
  lobby bigint not null,
  audio bigint not null,
  video bigint not null,
  valid_until bigint,
  ringing bigint not null,
  ended_at bigint,
  end_reason varchar(40),
  ended_by varchar(100),
  primary key (resource_id, id)
);
create unique index calls_by_open_locator on calls (resource_id, open_locator);
create index calls_by_end on calls (ended_at, id);
create index calls_by_starter on calls (resource_id, starter);

-- One row for each stay of a user in a call; place is RINGING, LOBBY, PRESENT or LEFT.
create table call_participants (
  resource_id varchar(36) not null,
  call_id varchar(36) not null,
  id varchar(36) not null,
  user_id varchar(100) not null,
  display_name text,
  role varchar(20) not null,
  called bigint not null,
  place varchar(10) not null,
  leg_id varchar(36),
  client_id varchar(36),
  on_hold bigint not null,
  invited_by varchar(100),
  invited_video bigint not null,
  audio bigint not null,
  video bigint not null,
  spotlight bigint not null,
  came_at bigint not null,
  left_at bigint,
  end_reason varchar(40),
  statistics text,
  primary key (resource_id, call_id, id)
);
create index call_participants_by_user on call_participants (resource_id, user_id, call_id);

create table call_surveys (
  resource_id varchar(36) not null,
  call_id varchar(36) not null,
  id varchar(36) not null,
  user_id varchar(100) not null,
  given_at bigint not null,
  body text not null,
  primary key (resource_id, call_id, id)
);
create index call_surveys_by_user on call_surveys (resource_id, user_id);
