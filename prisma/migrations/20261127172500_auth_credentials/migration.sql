-- Raised by every change of password, role or state and by every forced sign-out. Whoever verified a password (or another
-- right) names the number that was read then; the transaction that opens a session or sets a hash refuses another one.
ALTER TABLE auth.users ADD COLUMN credentials_rev integer NOT NULL DEFAULT 0;

-- A link is worth what its maker may still do, for an account of the same role. Null: made on the command line, or before this.
ALTER TABLE auth.password_resets
  ADD COLUMN made_by      uuid REFERENCES auth.users (id) ON DELETE CASCADE,
  ADD COLUMN subject_role text;

-- The hash of the device's own token, and the last time that a used refresh token was presented once more.
ALTER TABLE auth.sessions
  ADD COLUMN device_hash      text,
  ADD COLUMN replayed_at      timestamptz(3),
  ADD COLUMN replayed_address text,
  ADD COLUMN replayed_device  text;
-- Where and with which devices a user signed in of late, ended sessions included: asked at every sign-in.
CREATE INDEX sessions_by_last_use ON auth.sessions (user_id, last_used_at DESC);
