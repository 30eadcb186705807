import type { Migration } from "./migrate.js";

/**
 * Every change of the tables, in the SQL that SQLite and PostgreSQL both understand. What stands here has been applied somewhere: it is
 * never changed, a new one is added at the end.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: "registers, their lines, what is lawful, intents",
    statements: [
      `CREATE TABLE clerk_registers (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         sequence BIGINT NOT NULL,
         record TEXT NOT NULL,
         PRIMARY KEY (repository, pull)
       )`,
      `CREATE TABLE clerk_transitions (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         sequence BIGINT NOT NULL,
         at BIGINT NOT NULL,
         what TEXT NOT NULL,
         PRIMARY KEY (repository, pull, sequence)
       )`,
      `CREATE TABLE clerk_lawful (
         repository BIGINT NOT NULL PRIMARY KEY,
         number BIGINT NOT NULL,
         print TEXT NOT NULL,
         commit_id TEXT NOT NULL,
         content TEXT NOT NULL,
         adopted_at BIGINT NOT NULL
       )`,
      `CREATE TABLE clerk_intents (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         subject_print TEXT NOT NULL,
         subject TEXT NOT NULL,
         at BIGINT NOT NULL,
         process TEXT NOT NULL,
         PRIMARY KEY (repository, pull, subject_print)
       )`,
    ],
  },
  {
    number: 2,
    name: "decisions: their records, numbered in each repository",
    statements: [
      `CREATE TABLE clerk_decisions (
         repository BIGINT NOT NULL,
         number BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         motion BIGINT NOT NULL,
         outcome TEXT NOT NULL,
         at BIGINT NOT NULL,
         hash TEXT NOT NULL,
         url TEXT NOT NULL,
         record TEXT NOT NULL,
         PRIMARY KEY (repository, number),
         UNIQUE (repository, pull, motion)
       )`,
    ],
  },
  {
    number: 3,
    name: "a row a proposal, and how far each repository was read",
    statements: [
      `CREATE TABLE clerk_proposals (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         title TEXT NOT NULL,
         author TEXT NOT NULL,
         labels TEXT NOT NULL,
         state TEXT NOT NULL,
         created_at BIGINT NOT NULL,
         updated_at BIGINT NOT NULL,
         head TEXT NOT NULL,
         next_check_at BIGINT NOT NULL,
         read_at BIGINT NOT NULL,
         settled TEXT NOT NULL,
         members BIGINT NOT NULL,
         outline TEXT NOT NULL,
         PRIMARY KEY (repository, pull)
       )`,
      `CREATE TABLE clerk_rounds (
         repository BIGINT NOT NULL PRIMARY KEY,
         up_to BIGINT NOT NULL
       )`,
    ],
  },
  {
    number: 4,
    name: "what is due, and which processes are there, where several share the store",
    statements: [
      `CREATE TABLE clerk_due (
         subject_print TEXT NOT NULL PRIMARY KEY,
         subject TEXT NOT NULL,
         installation BIGINT NOT NULL,
         news TEXT NOT NULL,
         run_at BIGINT NOT NULL,
         generation BIGINT NOT NULL
       )`,
      "CREATE INDEX clerk_due_of ON clerk_due (installation)",
      `CREATE TABLE clerk_instances (
         instance TEXT NOT NULL PRIMARY KEY,
         backend TEXT NOT NULL,
         seen_at BIGINT NOT NULL
       )`,
    ],
  },
  {
    number: 5,
    name: "what the public pages show: repositories, proposals, what happened to them",
    statements: [
      `CREATE TABLE clerk_repositories (
         repository BIGINT NOT NULL PRIMARY KEY,
         owner TEXT NOT NULL,
         name TEXT NOT NULL,
         url TEXT NOT NULL,
         is_public BIGINT NOT NULL,
         roster_commit TEXT NOT NULL,
         roster TEXT NOT NULL,
         listed_at BIGINT NOT NULL
       )`,
      `CREATE TABLE clerk_views (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         summary TEXT NOT NULL,
         detail TEXT NOT NULL,
         PRIMARY KEY (repository, pull)
       )`,
      `CREATE TABLE clerk_events (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         id TEXT NOT NULL,
         at BIGINT NOT NULL,
         event TEXT NOT NULL,
         words TEXT NOT NULL,
         PRIMARY KEY (repository, pull, id)
       )`,
    ],
  },
  {
    number: 6,
    name: "of the pages: what holds a repository, and which edition of each view is kept",
    statements: [
      "ALTER TABLE clerk_repositories ADD COLUMN halt TEXT NOT NULL DEFAULT ''",
      "ALTER TABLE clerk_views ADD COLUMN edition TEXT NOT NULL DEFAULT ''",
    ],
  },
  {
    number: 7,
    name: "what was told to a Matrix room of what happened",
    statements: [
      `CREATE TABLE clerk_notice_marks (
         repository BIGINT NOT NULL PRIMARY KEY,
         since BIGINT NOT NULL
       )`,
      `CREATE TABLE clerk_notices (
         repository BIGINT NOT NULL,
         pull BIGINT NOT NULL,
         event TEXT NOT NULL,
         at BIGINT NOT NULL,
         transaction_id TEXT NOT NULL,
         is_over BIGINT NOT NULL,
         PRIMARY KEY (repository, pull, event)
       )`,
      "CREATE INDEX clerk_events_at ON clerk_events (repository, at)",
    ],
  },
];
