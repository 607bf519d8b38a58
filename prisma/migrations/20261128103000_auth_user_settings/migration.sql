-- Which settings there are, and what they may be, is declared in src/contracts. A key that this version does not know stays.
CREATE TABLE auth.user_settings (
  user_id    uuid NOT NULL REFERENCES auth.users (id) ON DELETE CASCADE,
  key        text NOT NULL,
  value      jsonb NOT NULL,
  changed_at timestamptz(3) NOT NULL,
  PRIMARY KEY (user_id, key)
);

-- Rises with each change of a person's settings, which also makes the changes of one person wait for each other.
ALTER TABLE auth.users ADD COLUMN settings_rev integer NOT NULL DEFAULT 0;
