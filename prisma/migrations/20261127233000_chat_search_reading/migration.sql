-- Which reading of texts (`readingVersion`) a block of the search index is of. A block is read when `reading` is the program's and `read_docs`
-- is `docs`: a version that does not know these columns adds documents and leaves both as they are, and the block is read again, from
-- `reread_place` on.
ALTER TABLE chat.search_blocks
  ADD COLUMN reading smallint NOT NULL DEFAULT 0,
  ADD COLUMN read_docs integer NOT NULL DEFAULT 0,
  ADD COLUMN reread_place integer NOT NULL DEFAULT 0;
