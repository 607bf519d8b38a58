-- Conversations that moved to MongoDB: its address, for a start without MONGO_URL, and the copy that is the team's by this very row.
ALTER TABLE chat.home
  ADD COLUMN url  text,
  ADD COLUMN copy uuid;
