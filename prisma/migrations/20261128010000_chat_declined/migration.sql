-- Who left a conversation and does not want to be added to it again by its members, whatever store keeps the conversations.
CREATE TABLE chat.declined (
  conversation_id uuid NOT NULL,
  user_id         uuid NOT NULL,
  declined_at     timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (conversation_id, user_id)
);
