-- Files of a message as they travel; null where it has none.
ALTER TABLE chat.messages ADD COLUMN attachments jsonb;

-- Every uploaded file, whatever store keeps the messages: whose it is, and the one send it was given to.
CREATE TABLE chat.attachments (
  id                uuid PRIMARY KEY,
  owner_id          uuid NOT NULL,
  attachment        jsonb NOT NULL,
  conversation_id   uuid,
  client_message_id uuid,
  given_at          timestamptz(3),
  created_at        timestamptz(3) NOT NULL DEFAULT now(),
  CHECK (num_nulls(conversation_id, client_message_id, given_at) IN (0, 3))
);
