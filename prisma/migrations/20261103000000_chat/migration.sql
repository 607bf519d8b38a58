-- Chat: conversations, members, messages. No relation leaves this schema: people live in `auth`.
CREATE SCHEMA IF NOT EXISTS chat;

-- The counters are bumped by every write, so nothing indexed may change with them (HOT updates) and pages keep room.
CREATE TABLE chat.conversations (
  id              uuid PRIMARY KEY,
  kind            text NOT NULL CHECK (kind IN ('direct', 'group', 'channel')),
  name            text,
  topic           text,
  avatar_url      text,
  visibility      text NOT NULL CHECK (visibility IN ('public', 'private')),
  -- 'lesser id:greater id' of a direct conversation: one row per pair.
  direct_key      text UNIQUE,
  -- Names a conversation the house itself looks for: 'general'.
  slot            text UNIQUE,
  last_seq        bigint NOT NULL DEFAULT 0,
  rev             bigint NOT NULL DEFAULT 0,
  -- Grows whenever somebody loses a right; a send names the one it was authorised under.
  members_rev     bigint NOT NULL DEFAULT 1,
  member_count    integer NOT NULL DEFAULT 0,
  last_message_at timestamptz(3),
  created_by      uuid NOT NULL,
  created_at      timestamptz(3) NOT NULL
) WITH (fillfactor = 50);

CREATE INDEX conversations_public ON chat.conversations (lower(name), id) WHERE kind = 'channel' AND visibility = 'public';

CREATE TABLE chat.members (
  conversation_id uuid NOT NULL REFERENCES chat.conversations (id) ON DELETE CASCADE,
  user_id         uuid NOT NULL,
  role            text NOT NULL CHECK (role IN ('owner', 'moderator', 'member', 'guest')),
  joined_at       timestamptz(3) NOT NULL,
  last_read_seq   bigint NOT NULL DEFAULT 0,
  muted           boolean NOT NULL DEFAULT false,
  PRIMARY KEY (conversation_id, user_id)
) WITH (fillfactor = 70);

CREATE INDEX members_user ON chat.members (user_id);

-- No foreign key to the conversation: its row is locked by every insert, and the check would cost more than the insert.
CREATE TABLE chat.messages (
  id                uuid PRIMARY KEY,
  conversation_id   uuid NOT NULL,
  seq               bigint NOT NULL,
  rev               bigint NOT NULL,
  sender_id         uuid NOT NULL,
  client_message_id uuid NOT NULL,
  kind              text NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'system', 'call')),
  text              text NOT NULL,
  reply_to          uuid,
  thread_root_id    uuid,
  thread_count      integer NOT NULL DEFAULT 0,
  mentions          uuid[],
  reactions         jsonb,
  pinned            boolean NOT NULL DEFAULT false,
  edited_at         timestamptz(3),
  deleted_at        timestamptz(3),
  created_at        timestamptz(3) NOT NULL,
  CONSTRAINT messages_seq UNIQUE (conversation_id, seq),
  CONSTRAINT messages_sent_once UNIQUE (conversation_id, sender_id, client_message_id)
);

-- What `sync` reads: everything after a rev, in order.
CREATE INDEX messages_rev ON chat.messages (conversation_id, rev);

-- Replies of a thread are counted; plain messages pay nothing for it.
CREATE INDEX messages_thread ON chat.messages (thread_root_id) WHERE thread_root_id IS NOT NULL;

CREATE TABLE chat.message_edits (
  message_id uuid NOT NULL,
  rev        bigint NOT NULL,
  text       text NOT NULL,
  ended_at   timestamptz(3) NOT NULL,
  PRIMARY KEY (message_id, rev)
);

-- Who is mentioned where; unread mentions are those above the read mark.
CREATE TABLE chat.mentions (
  user_id         uuid NOT NULL,
  conversation_id uuid NOT NULL,
  seq             bigint NOT NULL,
  PRIMARY KEY (user_id, conversation_id, seq)
);

CREATE INDEX mentions_message ON chat.mentions (conversation_id, seq);

-- The search index trails the log: a conversation is indexed up to `indexed_rev`.
CREATE TABLE chat.index_marks (
  conversation_id uuid PRIMARY KEY,
  indexed_rev     bigint NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE chat.message_terms (
  message_id      uuid PRIMARY KEY,
  conversation_id uuid NOT NULL,
  rev             bigint NOT NULL,
  terms           tsvector NOT NULL
);

CREATE INDEX message_terms_terms ON chat.message_terms USING gin (terms);
