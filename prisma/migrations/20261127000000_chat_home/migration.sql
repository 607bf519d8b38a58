-- Where the conversations of this team live: here or in MongoDB. One row, written by the first start.
CREATE TABLE chat.home (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  store   text NOT NULL CHECK (store IN ('postgresql', 'mongodb'))
);

INSERT INTO chat.home (store) SELECT 'postgresql' WHERE EXISTS (SELECT FROM chat.conversations);
