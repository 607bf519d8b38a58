-- What arrived together is one row: a row for each message cost chat more than all else of notifications.
ALTER TABLE notifications.inbox RENAME COLUMN occurrence TO occurrences;
UPDATE notifications.inbox SET occurrences = jsonb_build_array(occurrences);
ALTER TABLE notifications.inbox ADD COLUMN count integer NOT NULL DEFAULT 1;
ALTER TABLE notifications.inbox ALTER COLUMN count DROP DEFAULT;
