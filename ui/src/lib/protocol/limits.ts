// How large anything may be: the limits of sotto-protocol's limits.rs that a reader needs. A test compares them with the published ones.

/** Characters of a message's text. */
export const MESSAGE_CHARS = 10_000;
/** Characters of a thread's title. */
export const TITLE_CHARS = 200;
/** Answers that a message offers as buttons. */
export const ANSWERS = 6;
/** Characters of such an answer. */
export const ANSWER_CHARS = 40;
/** Characters of any other short text. */
export const FIELD_CHARS = 120;
/** Bytes of an entry's body. */
export const BODY_BYTES = 64 * 1024 + 16;
/** Bytes of an encoded entry. */
export const ENTRY_BYTES = 96 * 1024;
/** Accounts in a thread. */
export const MEMBERS = 500;
/** Accounts an entry may alert by name. */
export const ALERTS = 32;
/** Bytes of one box. */
export const BOX_BYTES = 1_200;
/** Bytes of an encoded statement. */
export const STATEMENT_BYTES = 64 * 1024;
/** Bytes of a sealed profile. */
export const PROFILE_BYTES = 1_024;
/** Bytes of an encoded header. */
export const HEADER_BYTES = 2_048;
/** The protocol version this build speaks. */
export const PROTOCOL_VERSION = 1;
/** The lengths a padded event may have. */
export const BUCKETS: readonly number[] = [256, 512, 1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536];
/** Bytes of a file's content. */
export const FILE_BYTES = 100 * 1024 * 1024;
/** Bytes of a chunk of a file before it is sealed. */
export const FILE_CHUNK_BYTES = 1024 * 1024;
/** Bytes of a file's last chunk before it is sealed, at least. */
export const FILE_LAST_BYTES = 4_096;
