//! What the database looks like: the migrations, of which a new one is only ever added at the end.

/// Every migration, in order.
pub const MIGRATIONS: &[&str] = &[LOG];

/// An entry's id is `thread row << 40 | seq`: a thread's log lies together, in its order, with no index of its own. The columns that
/// a search reads stand before the bytes, so that pages which hold only bytes are not touched.
const LOG: &str = "
CREATE TABLE meta (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    position INTEGER NOT NULL,
    root BLOB
) STRICT;
INSERT INTO meta (id, position) VALUES (1, 0);

CREATE TABLE statement (
    seq INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE share (
    device BLOB PRIMARY KEY,
    share BLOB NOT NULL
) STRICT;

CREATE TABLE thread (
    row INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    class INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    last_position INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    chain BLOB NOT NULL
) STRICT;
CREATE INDEX thread_recent ON thread (last_position);

CREATE TABLE roster (
    thread INTEGER PRIMARY KEY,
    members BLOB NOT NULL
) STRICT;

CREATE TABLE membership (
    id INTEGER PRIMARY KEY,
    account BLOB NOT NULL,
    thread INTEGER NOT NULL,
    from_seq INTEGER NOT NULL,
    to_seq INTEGER,
    to_position INTEGER NOT NULL DEFAULT 9223372036854775807
) STRICT;
CREATE INDEX membership_of_account ON membership (account, to_position, thread, from_seq, to_seq);
CREATE INDEX membership_in_thread ON membership (account, thread, to_position, from_seq, to_seq);

CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    entry BLOB NOT NULL,
    chain BLOB NOT NULL,
    bytes BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_once ON entry (id >> 40, entry);

CREATE TABLE key_box (
    id INTEGER PRIMARY KEY,
    entry INTEGER NOT NULL,
    account BLOB NOT NULL,
    box BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX key_box_of ON key_box (entry, account);
";
