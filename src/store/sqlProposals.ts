import type { KeptRound, ProposalRow } from "./port.js";
import { NEVER, NotOurs, numberIn, type Row, type Sql, type Statements, textInRow } from "./sql.js";
import { dropNoticesOf } from "./sqlNotices.js";
import { dropViewsOf } from "./sqlViews.js";
import { asKept, asWritten } from "./texts.js";

/** The rows of proposals, in the SQL that SQLite and PostgreSQL both understand. */
const COLUMNS =
  "pull, title, author, labels, state, created_at, updated_at, head, next_check_at, read_at, settled, members, outline";

export async function proposalsIn(
  statements: Statements,
  repository: number,
): Promise<readonly ProposalRow[]> {
  const rows = await statements.rows(
    `SELECT ${COLUMNS} FROM clerk_proposals WHERE repository = $1 ORDER BY pull`,
    [repository],
  );
  return rows.map(asRow);
}

export function putProposalsIn(sql: Sql, repository: number, rows: readonly ProposalRow[]): Promise<void> {
  return sql.transaction(async (statements) => {
    for (const row of rows) {
      await statements.change(
        `INSERT INTO clerk_proposals (repository, ${COLUMNS})
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
         ON CONFLICT (repository, pull) DO UPDATE SET title = excluded.title, author = excluded.author,
           labels = excluded.labels, state = excluded.state, created_at = excluded.created_at,
           updated_at = excluded.updated_at, head = excluded.head, next_check_at = excluded.next_check_at,
           read_at = excluded.read_at, settled = excluded.settled, members = excluded.members,
           outline = excluded.outline`,
        [
          repository,
          row.pull,
          asKept(row.title),
          asKept(row.author),
          asKept(JSON.stringify(row.labels)),
          row.state,
          row.createdAt,
          row.updatedAt,
          asKept(row.head),
          row.nextCheckAt ?? NEVER,
          row.readAt,
          asKept(row.settled),
          row.members ? 1 : 0,
          asKept(row.outline),
        ],
      );
    }
  });
}

export function unsettleIn(sql: Sql, repository: number, pulls: readonly number[]): Promise<void> {
  return sql.transaction(async (statements) => {
    for (const pull of pulls)
      await statements.change(
        "UPDATE clerk_proposals SET settled = '' WHERE repository = $1 AND pull = $2 AND settled <> ''",
        [repository, pull],
      );
  });
}

export async function roundIn(statements: Statements, repository: number): Promise<KeptRound | null> {
  const [row] = await statements.rows("SELECT up_to FROM clerk_rounds WHERE repository = $1", [repository]);
  return row === undefined ? null : { upTo: numberIn(row, "up_to") };
}

export async function putRoundIn(
  statements: Statements,
  repository: number,
  { upTo }: KeptRound,
): Promise<void> {
  await statements.change(
    `INSERT INTO clerk_rounds (repository, up_to) VALUES ($1, $2)
     ON CONFLICT (repository) DO UPDATE SET up_to = excluded.up_to`,
    [repository, upTo],
  );
}

export function keepRowsIn(sql: Sql, repositories: readonly number[]): Promise<void> {
  return sql.transaction(async (statements) => {
    const kept = new Set(repositories);
    const rows = await statements.rows(
      "SELECT repository FROM clerk_proposals UNION SELECT repository FROM clerk_rounds UNION SELECT repository FROM clerk_repositories UNION SELECT repository FROM clerk_notice_marks",
    );
    for (const repository of rows.map((row) => numberIn(row, "repository"))) {
      if (kept.has(repository)) continue;
      await statements.change("DELETE FROM clerk_proposals WHERE repository = $1", [repository]);
      await statements.change("DELETE FROM clerk_rounds WHERE repository = $1", [repository]);
      await dropViewsOf(statements, repository);
      await dropNoticesOf(statements, repository);
    }
  });
}

const asRow = (row: Row): ProposalRow => {
  const next = numberIn(row, "next_check_at");
  return {
    pull: numberIn(row, "pull"),
    title: asWritten(textInRow(row, "title")),
    author: asWritten(textInRow(row, "author")),
    labels: labelsIn(row),
    state: stateIn(row),
    createdAt: numberIn(row, "created_at"),
    updatedAt: numberIn(row, "updated_at"),
    head: asWritten(textInRow(row, "head")),
    nextCheckAt: next === NEVER ? null : next,
    readAt: numberIn(row, "read_at"),
    settled: asWritten(textInRow(row, "settled")),
    members: numberIn(row, "members") === 1,
    outline: asWritten(textInRow(row, "outline")),
  };
};

function labelsIn(row: Row): readonly string[] {
  try {
    const labels: unknown = JSON.parse(asWritten(textInRow(row, "labels")));
    if (Array.isArray(labels) && labels.every((label) => typeof label === "string")) return labels;
  } catch {
    // Told below.
  }
  throw new NotOurs("labels");
}

function stateIn(row: Row): ProposalRow["state"] {
  const state = textInRow(row, "state");
  if (state === "open" || state === "closed" || state === "merged") return state;
  throw new NotOurs("state");
}
