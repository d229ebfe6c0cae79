//! Which migrations bring a vault to the schema of this build. The list only grows.

/// In order; `PRAGMA user_version` counts them.
pub const MIGRATIONS: &[&str] = &[V1, V2, FILES, RECEIPTS, OLDEST, UNREAD, SEARCH];

/// Ids are 16 bytes, times milliseconds since 1970, enumerations small integers (`column.rs`), nested values CBOR.
const V1: &str = "
CREATE TABLE meta(key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE identity(
    id INTEGER PRIMARY KEY CHECK (id = 1),
    account BLOB NOT NULL, generation INTEGER NOT NULL, device BLOB NOT NULL, workstation BLOB NOT NULL, org BLOB NOT NULL,
    root BLOB NOT NULL, signing_seed BLOB NOT NULL, sealing_suite INTEGER NOT NULL, sealing_private BLOB NOT NULL,
    directory_key BLOB NOT NULL, admin_grant BLOB, admin_seed BLOB, root_seed BLOB
) STRICT;

CREATE TABLE statement(seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;

CREATE TABLE thread(
    row INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, class INTEGER NOT NULL,
    title TEXT, patient BLOB, reason TEXT,
    joined INTEGER NOT NULL, epoch INTEGER NOT NULL, last_seq INTEGER NOT NULL, chain BLOB NOT NULL, last_position INTEGER NOT NULL,
    last_at INTEGER NOT NULL, preview TEXT NOT NULL, preview_author BLOB, preview_seq INTEGER NOT NULL, priority INTEGER NOT NULL,
    read_seq INTEGER NOT NULL, unread INTEGER NOT NULL, first_seq INTEGER NOT NULL, joined_seq INTEGER NOT NULL,
    warnings INTEGER NOT NULL, created_at INTEGER NOT NULL,
    about INTEGER NOT NULL CHECK (about = (patient IS NOT NULL))
) STRICT;
CREATE INDEX thread_mine ON thread(joined, last_at, row);
CREATE INDEX thread_unread ON thread(last_at, row, joined, unread) WHERE joined = 1 AND unread > 0;
CREATE INDEX thread_about ON thread(joined, about, last_at, row);

CREATE TABLE member(
    thread_row INTEGER NOT NULL REFERENCES thread(row), account BLOB NOT NULL, generation INTEGER NOT NULL, from_epoch INTEGER NOT NULL,
    PRIMARY KEY (thread_row, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_account ON member(account, thread_row);

CREATE TABLE epoch(
    thread_row INTEGER NOT NULL REFERENCES thread(row), epoch INTEGER NOT NULL, key BLOB, members BLOB NOT NULL,
    author BLOB NOT NULL, started_at INTEGER NOT NULL, events INTEGER NOT NULL, PRIMARY KEY (thread_row, epoch)
) STRICT;

CREATE TABLE entry(
    id INTEGER PRIMARY KEY, thread_row INTEGER NOT NULL GENERATED ALWAYS AS (id >> 40) VIRTUAL, entry BLOB NOT NULL,
    position INTEGER NOT NULL, kind INTEGER NOT NULL, epoch INTEGER NOT NULL, author BLOB NOT NULL, device BLOB NOT NULL,
    received_at INTEGER NOT NULL, chain BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_once ON entry(thread_row, entry);

CREATE TABLE message(
    id INTEGER PRIMARY KEY, position INTEGER NOT NULL, entry BLOB NOT NULL, author BLOB NOT NULL, at INTEGER NOT NULL,
    kind INTEGER NOT NULL, priority INTEGER NOT NULL, text TEXT NOT NULL, detail INTEGER NOT NULL, mine INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX message_position ON message(position);
CREATE INDEX message_theirs ON message(id) WHERE kind = 0 AND mine = 0;

CREATE TABLE outbox(
    id INTEGER PRIMARY KEY AUTOINCREMENT, thread BLOB NOT NULL, entry BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL,
    content BLOB NOT NULL, sealed BLOB, boxes BLOB, key BLOB, epoch INTEGER, state INTEGER NOT NULL, code INTEGER,
    created_at INTEGER NOT NULL, client_ref TEXT UNIQUE
) STRICT;
CREATE INDEX outbox_open ON outbox(id) WHERE state < 2;
CREATE INDEX outbox_thread ON outbox(thread, id);
CREATE TABLE sent_ref(client_ref TEXT PRIMARY KEY, entry BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE draft(thread BLOB PRIMARY KEY, text TEXT NOT NULL, priority INTEGER NOT NULL, updated_at INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE message_words USING fts5(
    words, content = '', columnsize = 0, detail = none, tokenize = 'ascii', prefix = '3 5 8');
-- Reading a list from its newest end unpacks one whole page of it per segment: small pages (bytes) make that cheap.
INSERT INTO message_words(message_words, rank) VALUES ('pgsz', 512);
CREATE VIRTUAL TABLE thread_words USING fts5(
    words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '3 5 8');
";

/// Signing in anywhere: whose login it is, and a vault that is filled from its newest end.
const V2: &str = "
ALTER TABLE identity ADD COLUMN login TEXT NOT NULL DEFAULT '';
-- The factor that is not confirmed yet, so that the person who is interrupted sees the same one again.
ALTER TABLE identity ADD COLUMN totp_secret BLOB;
CREATE TABLE login(account BLOB PRIMARY KEY, login TEXT NOT NULL) STRICT, WITHOUT ROWID;

ALTER TABLE thread ADD COLUMN described_seq INTEGER NOT NULL DEFAULT 0;
CREATE INDEX thread_unfilled ON thread(last_at, row) WHERE joined = 1 AND first_seq > 1;
ALTER TABLE epoch ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
-- What the person said of their later devices: 1 theirs, 0 not.
CREATE TABLE own_device(device BLOB PRIMARY KEY, mine INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE awaited(id INTEGER NOT NULL, chain BLOB NOT NULL, PRIMARY KEY (id, chain)) STRICT, WITHOUT ROWID;
";

/// Files: one row each, whether it is being sent or a line refers to it (`message` is the line's id); the content is sealed chunks.
const FILES: &str = "
CREATE TABLE file(
    row INTEGER PRIMARY KEY, thread BLOB NOT NULL, message INTEGER UNIQUE, id BLOB NOT NULL, key BLOB NOT NULL, bytes INTEGER NOT NULL,
    hash BLOB NOT NULL, media_type TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, priority INTEGER NOT NULL,
    state INTEGER NOT NULL, code INTEGER
) STRICT;
CREATE INDEX file_outgoing ON file(thread, row) WHERE message IS NULL;
CREATE INDEX file_of_id ON file(id);
CREATE TABLE file_chunk(id INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
";

/// Who has what, saw what and answered what; what this device has to say of itself; entries of the outbox that nobody is to see.
const RECEIPTS: &str = "
CREATE TABLE reached(
    thread_row INTEGER NOT NULL, account BLOB NOT NULL, device BLOB NOT NULL, stored INTEGER NOT NULL, displayed INTEGER NOT NULL,
    PRIMARY KEY (thread_row, account, device)
) STRICT, WITHOUT ROWID;
CREATE TABLE reached_at(
    thread_row INTEGER NOT NULL, account BLOB NOT NULL, device BLOB NOT NULL, mark INTEGER NOT NULL, upto INTEGER NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (thread_row, account, device, mark, upto)
) STRICT, WITHOUT ROWID;
CREATE TABLE own_mark(
    thread_row INTEGER PRIMARY KEY, stored INTEGER NOT NULL, displayed INTEGER NOT NULL, said_stored INTEGER NOT NULL,
    said_displayed INTEGER NOT NULL
) STRICT;
CREATE INDEX own_mark_due ON own_mark(thread_row) WHERE stored > said_stored OR displayed > said_displayed;
CREATE TABLE ask(id INTEGER PRIMARY KEY, answers BLOB NOT NULL) STRICT;
CREATE TABLE acknowledgement(
    thread_row INTEGER NOT NULL, message BLOB NOT NULL, account BLOB NOT NULL, answer BLOB, at INTEGER NOT NULL, seq INTEGER NOT NULL,
    PRIMARY KEY (thread_row, message, account)
) STRICT, WITHOUT ROWID;
-- What waits to be sent and is shown and counted nowhere: 1 a receipt, 2 a read mark.
ALTER TABLE outbox ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
-- The last line that left the vault by a rule.
ALTER TABLE thread ADD COLUMN dropped_seq INTEGER NOT NULL DEFAULT 0;
";

/// The oldest line of each thread that is here, and by its age the threads that were read that far: what retention looks for.
const OLDEST: &str = "
ALTER TABLE thread ADD COLUMN oldest_seq INTEGER;
ALTER TABLE thread ADD COLUMN oldest_at INTEGER;
UPDATE thread SET (oldest_seq, oldest_at) =
    (SELECT id & ((1 << 40) - 1), at FROM message WHERE id >= thread.row << 40 AND id < (thread.row + 1) << 40 ORDER BY id LIMIT 1);
CREATE INDEX thread_oldest ON thread(oldest_at) WHERE unread = 0 OR read_seq >= oldest_seq;
";

/// What counts as read at every workstation of the person.
const UNREAD: &str = "
-- How often the person marked as unread: with read_seq it is the read mark, of which the greater one holds.
ALTER TABLE thread ADD COLUMN read_turn INTEGER NOT NULL DEFAULT 0;
";

/// The index of a new vault is made by this build; an older one's is made anew (`search/check.rs`).
const SEARCH: &str = "
INSERT INTO meta(key, value) SELECT 'search_version', 1 WHERE NOT EXISTS (SELECT 1 FROM message);
";
