-- The search index: numbered documents in blocks of 32,768, and for each block and term the documents that hold it. It is
-- derived from `chat.messages` by a worker in the background; `index_marks` and `message_terms` stay for version N.

-- Where the worker is. `version` grows with every step; who writes a step names the one it began from.
CREATE TABLE chat.search_state (
  is_only      boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  version      integer NOT NULL DEFAULT 0,
  owner        text,
  leased_until timestamptz(3),
  -- Numbers of the next new message, of the next older one and of the next one out of order.
  next_doc     bigint NOT NULL,
  back_doc     bigint NOT NULL,
  late_doc     bigint NOT NULL,
  -- New messages up to this id are indexed.
  last_id      uuid NOT NULL,
  -- Of what was there before the index, messages from this id on are indexed; null once all are.
  back_id      uuid
) WITH (fillfactor = 50);

-- Changes of a conversation up to `indexed_rev` have been looked at: edits, and messages that came out of order.
CREATE TABLE chat.search_marks (
  conversation_id uuid PRIMARY KEY,
  indexed_rev     bigint NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE chat.search_blocks (
  block    integer PRIMARY KEY,
  first_id uuid NOT NULL,
  last_id  uuid NOT NULL,
  first_at timestamptz(3) NOT NULL,
  last_at  timestamptz(3) NOT NULL,
  docs     integer NOT NULL,
  -- Parts written since the block was last merged.
  parts    integer NOT NULL,
  merged   boolean NOT NULL DEFAULT false
) WITH (fillfactor = 50);

CREATE TABLE chat.search_docs (
  doc        bigint PRIMARY KEY,
  message_id uuid NOT NULL
);

CREATE INDEX search_docs_message ON chat.search_docs (message_id);

-- `docs`: places within the block, two bytes each.
CREATE TABLE chat.search_postings (
  block integer NOT NULL,
  term  text COLLATE "C" NOT NULL,
  part  integer NOT NULL,
  docs  bytea NOT NULL,
  PRIMARY KEY (block, term, part)
) WITH (autovacuum_vacuum_scale_factor = 0.05);

-- Messages that could not be indexed: passed over, so that the others are.
CREATE TABLE chat.search_passed (
  message_id      uuid PRIMARY KEY,
  conversation_id uuid NOT NULL,
  reason          text NOT NULL,
  passed_at       timestamptz(3) NOT NULL
);
