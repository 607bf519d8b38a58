-- Files that come in several requests (tus). A row goes when its upload has become a file, or was given up.
CREATE TABLE media.uploads (
  -- Of the file, too, that it becomes.
  id            uuid PRIMARY KEY,
  owner_id      uuid NOT NULL,
  name          text NOT NULL,
  declared_type text NOT NULL,
  size          bigint NOT NULL,
  received      bigint NOT NULL DEFAULT 0 CHECK (received <= size),
  created_at    timestamptz(3) NOT NULL DEFAULT now(),
  changed_at    timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX uploads_of_owner ON media.uploads (owner_id) INCLUDE (size);
CREATE INDEX uploads_unchanged ON media.uploads (changed_at);

-- Their bytes, each part by itself in the blob store.
CREATE TABLE media.upload_parts (
  upload_id uuid NOT NULL REFERENCES media.uploads ON DELETE CASCADE,
  start     bigint NOT NULL,
  size      bigint NOT NULL,
  key       text NOT NULL UNIQUE,
  PRIMARY KEY (upload_id, start)
);
