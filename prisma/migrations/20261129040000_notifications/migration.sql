CREATE SCHEMA IF NOT EXISTS notifications;

-- What people chose for single conversations; their defaults are settings, which auth keeps.
CREATE TABLE notifications.rules (
  conversation_id uuid NOT NULL,
  user_id         uuid NOT NULL,
  -- `all`, `mentions` or `nothing`; null: the person's default.
  level           text,
  muted_until     timestamptz(3),
  PRIMARY KEY (conversation_id, user_id)
);
CREATE INDEX rules_of_user ON notifications.rules (user_id);
