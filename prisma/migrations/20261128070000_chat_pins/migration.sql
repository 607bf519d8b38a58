-- The pinned messages of a conversation are few: their list and their number read this index alone.
CREATE INDEX messages_pinned ON chat.messages (conversation_id, seq) WHERE pinned;
