-- The folded form of a name, made by the program (`src/text/folded.ts`): nothing depends on the database's locale. `name_keyed` is the name it
-- was made of; where that is another one, a version that does not know these columns has written the name, and the form is made anew.
-- A change of the folding empties `name_keyed`.
ALTER TABLE auth.users ADD COLUMN name_key text COLLATE "C", ADD COLUMN name_keyed text COLLATE "C";

CREATE INDEX users_by_name_key ON auth.users (COALESCE(name_key, display_name COLLATE "C"), id);
CREATE INDEX users_unkeyed ON auth.users (id) WHERE name_keyed IS DISTINCT FROM display_name COLLATE "C";
