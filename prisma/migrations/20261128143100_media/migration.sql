CREATE SCHEMA IF NOT EXISTS media;

-- Bytes by their content: a file that is uploaded twice is stored once. What is derived from the bytes belongs here too.
CREATE TABLE media.blobs (
  sha256     text PRIMARY KEY,
  -- Its name in the blob store: random, never made of a user's words.
  key        text NOT NULL UNIQUE,
  size       bigint NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

-- What a person uploaded, under the name they gave it.
CREATE TABLE media.files (
  id         uuid PRIMARY KEY,
  owner_id   uuid NOT NULL,
  sha256     text NOT NULL REFERENCES media.blobs,
  name       text NOT NULL,
  mime_type  text NOT NULL,
  size       bigint NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX files_of_owner ON media.files (owner_id) INCLUDE (size);
CREATE INDEX files_of_blob ON media.files (sha256);
