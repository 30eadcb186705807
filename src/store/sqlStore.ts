import type { Keeper, Put } from "./guard.js";
import type {
  DecisionLine,
  Intent,
  KeptDecision,
  KeptLawful,
  KeptRegister,
  KeptRound,
  ProposalKey,
  ProposalRow,
  Transition,
} from "./port.js";
import { numberIn, type Row, type Sql, type Statements, textInRow } from "./sql.js";
import { SqlNotices } from "./sqlNotices.js";
import { keepRowsIn, proposalsIn, putProposalsIn, putRoundIn, roundIn, unsettleIn } from "./sqlProposals.js";
import { SqlViews } from "./sqlViews.js";
import { asKept, asWritten, printOf } from "./texts.js";

/**
 * The store in SQL that SQLite and PostgreSQL both understand. Compare-and-swap is one INSERT or UPDATE that changes a row only where the
 * expected one is kept; the line of the change is written in the same transaction.
 */
export class SqlStore implements Keeper {
  readonly #sql: Sql;

  readonly views: SqlViews;
  readonly notices: SqlNotices;

  constructor(sql: Sql) {
    this.#sql = sql;
    this.views = new SqlViews(sql);
    this.notices = new SqlNotices(sql);
  }

  register(of: ProposalKey): Promise<KeptRegister | null> {
    return registerIn(this.#sql, of);
  }

  putRegister(
    of: ProposalKey,
    next: KeptRegister,
    expected: number | null,
    line: Transition,
  ): Promise<Put<KeptRegister>> {
    const { repository, pull } = of;
    const values = [repository, pull, next.sequence, asKept(next.record)];
    return this.#sql.transaction(async (statements) => {
      const changed =
        expected === null
          ? await statements.change(
              `INSERT INTO clerk_registers (repository, pull, sequence, record) VALUES ($1, $2, $3, $4)
               ON CONFLICT DO NOTHING`,
              values,
            )
          : await statements.change(
              `UPDATE clerk_registers SET sequence = $3, record = $4
               WHERE repository = $1 AND pull = $2 AND sequence = $5`,
              [...values, expected],
            );
      if (changed === 0) return { kind: "conflict", kept: await registerIn(statements, of) };
      await statements.change(
        "INSERT INTO clerk_transitions (repository, pull, sequence, at, what) VALUES ($1, $2, $3, $4, $5)",
        [repository, pull, line.sequence, line.at, asKept(line.what)],
      );
      return { kind: "stored" };
    });
  }

  async transitions({ repository, pull }: ProposalKey): Promise<readonly Transition[]> {
    const rows = await this.#sql.rows(
      `SELECT sequence, at, what FROM clerk_transitions WHERE repository = $1 AND pull = $2
       ORDER BY sequence`,
      [repository, pull],
    );
    return rows.map((row) => ({
      sequence: numberIn(row, "sequence"),
      at: numberIn(row, "at"),
      what: asWritten(textInRow(row, "what")),
    }));
  }

  lawful(repository: number): Promise<KeptLawful | null> {
    return lawfulIn(this.#sql, repository);
  }

  putLawful(repository: number, next: KeptLawful, expected: number | null): Promise<Put<KeptLawful>> {
    const values = [
      repository,
      next.number,
      asKept(next.fingerprint),
      asKept(next.commit),
      asKept(next.text),
      next.adoptedAt,
    ];
    return this.#sql.transaction(async (statements) => {
      const changed =
        expected === null
          ? await statements.change(
              `INSERT INTO clerk_lawful (repository, number, print, commit_id, content, adopted_at)
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
              values,
            )
          : await statements.change(
              `UPDATE clerk_lawful SET number = $2, print = $3, commit_id = $4, content = $5, adopted_at = $6
               WHERE repository = $1 AND number = $7`,
              [...values, expected],
            );
      return changed === 0
        ? { kind: "conflict", kept: await lawfulIn(statements, repository) }
        : { kind: "stored" };
    });
  }

  async intend({ repository, pull }: ProposalKey, { subject, at, by }: Intent): Promise<void> {
    await this.#sql.change(
      `INSERT INTO clerk_intents (repository, pull, subject_print, subject, at, process)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (repository, pull, subject_print) DO UPDATE SET at = excluded.at, process = excluded.process`,
      [repository, pull, printOf(subject), asKept(subject), at, asKept(by)],
    );
  }

  async settle({ repository, pull }: ProposalKey, subject: string): Promise<void> {
    await this.#sql.change(
      "DELETE FROM clerk_intents WHERE repository = $1 AND pull = $2 AND subject_print = $3",
      [repository, pull, printOf(subject)],
    );
  }

  async intents({ repository, pull }: ProposalKey): Promise<readonly Intent[]> {
    const rows = await this.#sql.rows(
      `SELECT subject, at, process FROM clerk_intents WHERE repository = $1 AND pull = $2
       ORDER BY at, subject_print`,
      [repository, pull],
    );
    return rows.map((row) => ({
      subject: asWritten(textInRow(row, "subject")),
      at: numberIn(row, "at"),
      by: asWritten(textInRow(row, "process")),
    }));
  }

  async decisionsOf({ repository, pull }: ProposalKey): Promise<readonly KeptDecision[]> {
    const rows = await this.#sql.rows(
      `SELECT ${LINE}, record FROM clerk_decisions WHERE repository = $1 AND pull = $2 ORDER BY number`,
      [repository, pull],
    );
    return rows.map((row) => ({
      ...asLine(row),
      record: asWritten(textInRow(row, "record")),
    }));
  }

  newestDecision(repository: number): Promise<DecisionLine | null> {
    return newestIn(this.#sql, repository);
  }

  async decisions(repository: number): Promise<readonly DecisionLine[]> {
    const rows = await this.#sql.rows(
      `SELECT ${LINE} FROM clerk_decisions WHERE repository = $1 ORDER BY number`,
      [repository],
    );
    return rows.map(asLine);
  }

  putDecision(repository: number, next: KeptDecision, expected: number | null): Promise<Put<DecisionLine>> {
    return this.#sql.transaction(async (statements) => {
      const newest = await newestIn(statements, repository);
      if ((newest?.number ?? null) !== expected) return { kind: "conflict", kept: newest };
      // Two that come at once have the same number or the same motion, and the table takes either but once.
      const changed = await statements.change(
        `INSERT INTO clerk_decisions (repository, number, pull, motion, outcome, at, hash, url, record)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
        [
          repository,
          next.number,
          next.pull,
          next.motion,
          asKept(next.outcome),
          next.at,
          asKept(next.hash),
          asKept(next.url),
          asKept(next.record),
        ],
      );
      return changed === 0
        ? { kind: "conflict", kept: await newestIn(statements, repository) }
        : { kind: "stored" };
    });
  }

  async linkDecision(repository: number, number: number, url: string): Promise<void> {
    await this.#sql.change("UPDATE clerk_decisions SET url = $3 WHERE repository = $1 AND number = $2", [
      repository,
      number,
      asKept(url),
    ]);
  }

  proposals(repository: number): Promise<readonly ProposalRow[]> {
    return proposalsIn(this.#sql, repository);
  }

  putProposals(repository: number, rows: readonly ProposalRow[]): Promise<void> {
    return putProposalsIn(this.#sql, repository, rows);
  }

  unsettle(repository: number, pulls: readonly number[]): Promise<void> {
    return unsettleIn(this.#sql, repository, pulls);
  }

  round(repository: number): Promise<KeptRound | null> {
    return roundIn(this.#sql, repository);
  }

  putRound(repository: number, round: KeptRound): Promise<void> {
    return putRoundIn(this.#sql, repository, round);
  }

  keepRowsOf(repositories: readonly number[]): Promise<void> {
    return keepRowsIn(this.#sql, repositories);
  }

  close(): Promise<void> {
    return this.#sql.close();
  }
}

async function registerIn(statements: Statements, { repository, pull }: ProposalKey) {
  const [row] = await statements.rows(
    "SELECT sequence, record FROM clerk_registers WHERE repository = $1 AND pull = $2",
    [repository, pull],
  );
  if (row === undefined) return null;
  return { sequence: numberIn(row, "sequence"), record: asWritten(textInRow(row, "record")) };
}

async function lawfulIn(statements: Statements, repository: number): Promise<KeptLawful | null> {
  const [row] = await statements.rows(
    "SELECT number, print, commit_id, content, adopted_at FROM clerk_lawful WHERE repository = $1",
    [repository],
  );
  return row === undefined ? null : asLawful(row);
}

/** The columns of a line: all but the record. */
const LINE = "number, pull, motion, outcome, at, hash, url";

async function newestIn(statements: Statements, repository: number): Promise<DecisionLine | null> {
  const [row] = await statements.rows(
    `SELECT ${LINE} FROM clerk_decisions WHERE repository = $1 ORDER BY number DESC LIMIT 1`,
    [repository],
  );
  return row === undefined ? null : asLine(row);
}

const asLine = (row: Row): DecisionLine => ({
  number: numberIn(row, "number"),
  pull: numberIn(row, "pull"),
  motion: numberIn(row, "motion"),
  outcome: asWritten(textInRow(row, "outcome")),
  at: numberIn(row, "at"),
  hash: asWritten(textInRow(row, "hash")),
  url: asWritten(textInRow(row, "url")),
});

const asLawful = (row: Row): KeptLawful => ({
  number: numberIn(row, "number"),
  fingerprint: asWritten(textInRow(row, "print")),
  commit: asWritten(textInRow(row, "commit_id")),
  text: asWritten(textInRow(row, "content")),
  adoptedAt: numberIn(row, "adopted_at"),
});
