-- What the bytes are found to be: width and height, whether there is a preview; null as long as nobody has looked.
ALTER TABLE media.blobs ADD COLUMN properties jsonb;

-- Pictures made of the bytes. They lie in the blob store as the bytes do.
CREATE TABLE media.previews (
  sha256    text NOT NULL REFERENCES media.blobs ON DELETE CASCADE,
  -- `small` or `large`.
  name      text NOT NULL,
  key       text NOT NULL UNIQUE,
  mime_type text NOT NULL,
  size      bigint NOT NULL,
  PRIMARY KEY (sha256, name)
);
