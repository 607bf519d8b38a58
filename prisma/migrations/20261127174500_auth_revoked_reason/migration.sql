-- Why a session ended, as far as its own device should know: it asks when it presents its refresh token again.
ALTER TABLE auth.sessions ADD COLUMN revoked_reason text;
