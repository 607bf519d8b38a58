-- Who wrote last has read up to there: kept in the row that every write changes anyway, and moved to the member's own
-- row when somebody else writes. `former_…` are what the last write found, for the same statement to move.
ALTER TABLE chat.conversations
  ADD COLUMN last_sender_id    uuid,
  ADD COLUMN last_sender_seq   bigint,
  ADD COLUMN former_sender_id  uuid,
  ADD COLUMN former_sender_seq bigint;
