create table rooms (
  resource_id varchar(36) not null,
  id varchar(20) not null,
  created_at bigint not null,
  valid_from bigint not null,
  valid_until bigint not null,
  pstn_dial_out bigint not null,
  primary key (resource_id, id)
);
create index rooms_by_creation on rooms (resource_id, created_at, id);

create table room_participants (
  resource_id varchar(36) not null,
  room_id varchar(20) not null,
  user_id varchar(100) not null,
  role varchar(20) not null,
  primary key (resource_id, room_id, user_id)
);
create index room_participants_by_user on room_participants (resource_id, user_id, room_id);
