-- Whether a user signed in with a device of late: asked at every sign-in.
CREATE INDEX sessions_by_device_hash ON auth.sessions (user_id, device_hash) WHERE device_hash IS NOT NULL;
