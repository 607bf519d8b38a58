-- What happened and is not decided yet. A row goes in the transaction that decides it.
CREATE TABLE notifications.inbox (
  -- Of a new message its id; of anything else the id of its event.
  id         uuid PRIMARY KEY,
  occurrence jsonb NOT NULL,
  attempts   integer NOT NULL DEFAULT 0,
  -- When it may be decided; while somebody decides it, when their lease ends.
  due_at     timestamptz(3) NOT NULL,
  lease      uuid,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX inbox_due ON notifications.inbox (due_at, id);

-- What was decided, and who was not notified for which reason. What follows from the default of a kind is not in it.
CREATE TABLE notifications.events (
  -- Of a message its id.
  id              uuid PRIMARY KEY,
  kind            text NOT NULL,
  conversation_id uuid,
  seq             bigint,
  actor_id        uuid,
  -- Reason → ids of people.
  held            jsonb NOT NULL,
  created_at      timestamptz(3) NOT NULL,
  decided_at      timestamptz(3) NOT NULL
);
CREATE INDEX events_decided ON notifications.events (decided_at);

-- The centre: one entry per event and person.
CREATE TABLE notifications.entries (
  id              uuid PRIMARY KEY,
  event_id        uuid NOT NULL,
  user_id         uuid NOT NULL,
  cause           text NOT NULL,
  conversation_id uuid,
  message_id      uuid,
  seq             bigint,
  actor_id        uuid,
  title           text NOT NULL,
  text            text NOT NULL,
  created_at      timestamptz(3) NOT NULL,
  read_at         timestamptz(3),
  UNIQUE (event_id, user_id)
);
CREATE INDEX entries_of_user ON notifications.entries (user_id, id);
CREATE INDEX entries_unread ON notifications.entries (user_id, conversation_id, seq) WHERE read_at IS NULL;
CREATE INDEX entries_created ON notifications.entries (created_at);

-- Browsers and apps that get pushes.
CREATE TABLE notifications.subscriptions (
  id               uuid PRIMARY KEY,
  user_id          uuid NOT NULL,
  session_id       uuid NOT NULL,
  kind             text NOT NULL,
  -- The endpoint, or the token of FCM. It belongs to a browser or an app: whoever signed in there last has it.
  address          text NOT NULL UNIQUE,
  p256dh           text,
  auth             text,
  platform         text,
  device           text NOT NULL,
  language         text,
  created_at       timestamptz(3) NOT NULL,
  confirmed_at     timestamptz(3) NOT NULL,
  last_accepted_at timestamptz(3),
  last_shown_at    timestamptz(3),
  last_error       text
);
CREATE INDEX subscriptions_of_user ON notifications.subscriptions (user_id);
CREATE INDEX subscriptions_of_session ON notifications.subscriptions (session_id);

-- One row per event and device: the queue, the lease and the trace of what is sent (ADR 35).
CREATE TABLE notifications.deliveries (
  event_id        uuid NOT NULL,
  -- Of a push the subscription, of a mail the person.
  device_id       uuid NOT NULL,
  channel         text NOT NULL,
  user_id         uuid NOT NULL,
  conversation_id uuid,
  seq             bigint,
  device          text NOT NULL,
  -- `waiting`, `accepted`, `shown`, `cancelled`, `refused`, `gone` or `dead`.
  state           text NOT NULL,
  -- While somebody sends it, when their lease ends.
  due_at          timestamptz(3) NOT NULL,
  expires_at      timestamptz(3) NOT NULL,
  attempts        integer NOT NULL DEFAULT 0,
  lease           uuid,
  detail          text,
  steps           jsonb NOT NULL,
  created_at      timestamptz(3) NOT NULL,
  changed_at      timestamptz(3) NOT NULL,
  PRIMARY KEY (event_id, device_id)
);
CREATE INDEX deliveries_due ON notifications.deliveries (channel, due_at) WHERE state = 'waiting';
CREATE INDEX deliveries_waiting ON notifications.deliveries (user_id, conversation_id) WHERE state = 'waiting';
CREATE INDEX deliveries_failed ON notifications.deliveries (changed_at) WHERE state IN ('refused', 'dead');
CREATE INDEX deliveries_created ON notifications.deliveries (created_at);

-- When a person got the last mail about messages they missed.
CREATE TABLE notifications.mails (
  user_id uuid PRIMARY KEY,
  sent_at timestamptz(3) NOT NULL
);
