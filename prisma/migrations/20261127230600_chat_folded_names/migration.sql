-- As in `auth.users`: the folded form of a name, and the name it was made of.
ALTER TABLE chat.conversations ADD COLUMN name_key text COLLATE "C", ADD COLUMN name_keyed text COLLATE "C";

CREATE INDEX conversations_public_key ON chat.conversations (COALESCE(name_key, name COLLATE "C"), id)
  WHERE kind = 'channel' AND visibility = 'public';
CREATE INDEX conversations_unkeyed ON chat.conversations (id)
  WHERE kind = 'channel' AND name_keyed IS DISTINCT FROM name COLLATE "C";
