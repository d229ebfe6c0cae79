//! What the database looks like: the migrations, of which a new one is only ever added at the end.

/// Every migration, in order.
pub const MIGRATIONS: &[&str] = &[LOG, SIGN_IN, OUTLINE, FLEET];

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

/// `seen` and the counts have one row a workstation or login, `registration` and `credential` one an account. What is over is found by
/// its time. `registration` has a second factor where the account has none yet; `factor` has one row a second factor, of the
/// kinds of [`super::factor`]: what it is checked with and its counter, which only rises. `recovery_counter` is that of the proof which
/// began a recovery and may end it. `credential` keeps the large bundle last: a sign-in's start reads the record and not the bundle.
const SIGN_IN: &str = "
CREATE TABLE seen (
    workstation BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE opaque (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    setup BLOB NOT NULL
) STRICT;

CREATE TABLE registration (
    account BLOB PRIMARY KEY,
    handle BLOB NOT NULL,
    totp_secret BLOB,
    begun_at INTEGER NOT NULL
) STRICT;
CREATE INDEX registration_begun ON registration (begun_at);

CREATE TABLE credential (
    account BLOB PRIMARY KEY,
    handle BLOB NOT NULL UNIQUE,
    record BLOB NOT NULL,
    recovery_counter INTEGER,
    bundle_version INTEGER NOT NULL,
    bundle BLOB NOT NULL
) STRICT;

CREATE TABLE factor (
    id INTEGER PRIMARY KEY,
    account BLOB NOT NULL,
    kind INTEGER NOT NULL,
    secret BLOB NOT NULL,
    counter INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX factor_of ON factor (account, kind);

CREATE TABLE recovery (
    account BLOB NOT NULL,
    id BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX recovery_of ON recovery (account, id);

CREATE TABLE attempt (
    id BLOB PRIMARY KEY,
    handle BLOB NOT NULL,
    workstation BLOB NOT NULL,
    begun_at INTEGER NOT NULL,
    state BLOB NOT NULL
) STRICT;
CREATE INDEX attempt_begun ON attempt (begun_at);
CREATE INDEX attempt_at ON attempt (handle);

CREATE TABLE handle_count (
    handle BLOB PRIMARY KEY,
    count INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT;
CREATE INDEX handle_count_last ON handle_count (last_at);

CREATE TABLE workstation_count (
    workstation BLOB PRIMARY KEY,
    times BLOB NOT NULL
) STRICT;

CREATE TABLE sign_in (
    id INTEGER PRIMARY KEY,
    account BLOB NOT NULL,
    at INTEGER NOT NULL,
    workstation BLOB NOT NULL,
    recovery INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_of ON sign_in (account, id);
";

/// What a new vault needs of a thread first is found without reading its messages. Entries from before count as telling: sent, not missed.
const OUTLINE: &str = "
ALTER TABLE entry ADD COLUMN alert INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entry_telling ON entry (id) WHERE kind = 1 OR alert = 0;
";

/// One row for each command that was put on a control connection, and one for each machine that told of itself.
const FLEET: &str = "
CREATE TABLE command (
    id BLOB PRIMARY KEY,
    delivered_at INTEGER NOT NULL,
    begun_at INTEGER
) STRICT;

CREATE TABLE report (
    workstation BLOB PRIMARY KEY,
    json TEXT NOT NULL
) STRICT;
";
