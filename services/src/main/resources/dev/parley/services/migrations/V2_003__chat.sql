create table chat_threads (
  resource_id varchar(36) not null,
  id varchar(100) not null,
  topic text not null,
  created_by varchar(100) not null,
  created_at bigint not null,
  metadata text not null,
  retention_days bigint,
  delete_at bigint,
  last_message_id bigint not null,
  last_sequence bigint not null,
  last_message_at bigint not null,
  primary key (resource_id, id)
);
create index chat_threads_by_deletion on chat_threads (delete_at);

create table chat_members (
  resource_id varchar(36) not null,
  thread_id varchar(100) not null,
  user_id varchar(100) not null,
  display_name text,
  visible_from bigint not null,
  metadata text not null,
  primary key (resource_id, thread_id, user_id)
);
create index chat_members_by_user on chat_members (resource_id, user_id, thread_id);

create table chat_messages (
  resource_id varchar(36) not null,
  thread_id varchar(100) not null,
  id bigint not null,
  sequence bigint not null,
  version bigint not null,
  type varchar(30) not null,
  sender_id varchar(100),
  sender_name text,
  created_at bigint not null,
  edited_at bigint,
  deleted_at bigint,
  content text,
  metadata text not null,
  primary key (resource_id, thread_id, id)
);

-- Who left a thread, so that what they wrote is found when they are erased. An index of all messages
-- by sender would touch one more page for each message.
create table chat_former_members (
  resource_id varchar(36) not null,
  user_id varchar(100) not null,
  thread_id varchar(100) not null,
  primary key (resource_id, user_id, thread_id)
);
create index chat_former_members_by_thread on chat_former_members (resource_id, thread_id);

create table chat_receipts (
  resource_id varchar(36) not null,
  thread_id varchar(100) not null,
  user_id varchar(100) not null,
  message_id bigint not null,
  read_at bigint not null,
  primary key (resource_id, thread_id, user_id)
);
