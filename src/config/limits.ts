/*
 * How much a config may hold. Anybody who opens a pull request can give the clerk a config to read, so each of these is checked
 * before anything is computed from what it bounds. They are far above what any body needs, and together they keep the reading of any
 * text, and trying it on every open motion, within a fraction of a second.
 */

/** Of the whole file, in bytes of UTF-8, checked before the YAML parser sees it. A thousand members with id and date fit. */
export const MAX_BYTES = 64 * 1024;
/** The config itself is seven deep. */
export const MAX_DEPTH = 20;
/** Keys, values, lists and mappings in all: what checking costs grows with these. */
export const MAX_NODES = 12_000;

export const MAX_TEAMS = 50;
/** Of one team. */
export const MAX_MEMBERS = 1000;
export const MAX_DECISIONS = 50;
/** In the `match` of one decision. */
export const MAX_LABELS = 50;
/** Of one kind of change. */
export const MAX_ROUTES = 20;
/** Of one member. */
export const MAX_DOMAINS = 20;
/** Each of `mentions` and `legacy_bots`. */
export const MAX_NAMES = 256;
export const MAX_RECORD_KEYS = 16;
/** Each is a line of the status comment and of the check, and each label of one too. */
export const MAX_GATES = 20;
/** Of `spec_repository`: each is looked for in every text there. */
export const MAX_WORDS = 10;

/** In the whole file: each is tried on every file of every open motion (amend.preview). */
export const MAX_GLOBS = 100;
/** In one glob, each `*` counted, so that `**` is two. */
export const MAX_STARS = 8;

/** How many faults of a file are reported; then only how many more there are. GitHub shows fewer as annotations. */
export const MAX_FAULTS = 100;
