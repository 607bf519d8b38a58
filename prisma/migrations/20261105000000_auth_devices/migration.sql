-- Where a user signed in from with such a device, ended sessions included: asked at every sign-in.
CREATE INDEX sessions_by_device ON auth.sessions (user_id, device, last_used_at DESC);
