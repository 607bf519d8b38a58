-- Pictures of people and conversations. They are small and are read by everybody: they lie here, and not in the blob store (ADR 34).
CREATE TABLE media.avatars (
  id         uuid PRIMARY KEY,
  -- What its address names.
  token      text NOT NULL UNIQUE,
  made_by    uuid NOT NULL,
  made_at    timestamptz(3) NOT NULL DEFAULT now(),
  -- `user` or `conversation`; null until it is given to one.
  kind       text,
  subject_id uuid,
  given_at   timestamptz(3),
  -- When the subject had it for the first time; null: it may never have had it.
  set_at     timestamptz(3),
  CHECK (num_nulls(kind, subject_id, given_at) IN (0, 3))
);
CREATE INDEX avatars_subject ON media.avatars (kind, subject_id) WHERE kind IS NOT NULL;
CREATE INDEX avatars_unused ON media.avatars (made_by, made_at) WHERE kind IS NULL;

-- Squares of WebP, one for each edge.
CREATE TABLE media.avatar_squares (
  avatar_id uuid NOT NULL REFERENCES media.avatars ON DELETE CASCADE,
  edge      int NOT NULL,
  bytes     bytea NOT NULL,
  PRIMARY KEY (avatar_id, edge)
);
ALTER TABLE media.avatar_squares ALTER COLUMN bytes SET STORAGE EXTERNAL;
