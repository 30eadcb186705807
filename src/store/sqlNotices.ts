import {
  type NoticeAttempt,
  type NoticeKeeper,
  type NoticeMark,
  OF_THE_REPOSITORY,
  type UntoldEvent,
} from "./notices.js";
import type { ProposalKey } from "./port.js";
import { numberIn, type Row, type Sql, type Statements, textInRow } from "./sql.js";
import { asKept, asWritten } from "./texts.js";
import type { KeptEvent } from "./views.js";

/** What was told to a Matrix room, in the SQL that SQLite and PostgreSQL both understand. */
export class SqlNotices implements NoticeKeeper {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async marks(): Promise<readonly NoticeMark[]> {
    const rows = await this.#sql.rows("SELECT repository, since FROM clerk_notice_marks ORDER BY repository");
    return rows.map((row) => ({ repository: numberIn(row, "repository"), since: numberIn(row, "since") }));
  }

  putMark({ repository, since }: NoticeMark): Promise<null> {
    return this.#sql.transaction(async (statements) => {
      const moved = await statements.change(
        `INSERT INTO clerk_notice_marks (repository, since) VALUES ($1, $2)
         ON CONFLICT (repository) DO UPDATE SET since = excluded.since WHERE clerk_notice_marks.since < excluded.since`,
        [repository, since],
      );
      if (moved > 0)
        await statements.change("DELETE FROM clerk_notices WHERE repository = $1 AND at < $2", [
          repository,
          since,
        ]);
      return null;
    });
  }

  async add(repository: number, { id, at, event }: Pick<KeptEvent, "id" | "at" | "event">): Promise<null> {
    await this.#sql.change(
      `INSERT INTO clerk_events (repository, pull, id, at, event, words) VALUES ($1, $2, $3, $4, $5, '')
       ON CONFLICT DO NOTHING`,
      [repository, OF_THE_REPOSITORY, asKept(id), at, asKept(event)],
    );
    return null;
  }

  async untold(repository: number): Promise<readonly UntoldEvent[]> {
    const rows = await this.#sql.rows(
      `SELECT e.pull, e.id, e.at, e.event, e.words, n.transaction_id
       FROM clerk_notice_marks m
       JOIN clerk_events e ON e.repository = m.repository AND e.at >= m.since
       LEFT JOIN clerk_views v ON v.repository = e.repository AND v.pull = e.pull
       LEFT JOIN clerk_notices n ON n.repository = e.repository AND n.pull = e.pull AND n.event = e.id
       WHERE m.repository = $1 AND (v.pull IS NOT NULL OR e.pull = $2) AND (n.is_over IS NULL OR n.is_over = 0)
       ORDER BY e.at, e.pull, e.id`,
      [repository, OF_THE_REPOSITORY],
    );
    return rows.map(asUntold);
  }

  async begin({ repository, pull }: ProposalKey, { event, at, transaction }: NoticeAttempt): Promise<null> {
    await this.#sql.change(
      `INSERT INTO clerk_notices (repository, pull, event, at, transaction_id, is_over)
       VALUES ($1, $2, $3, $4, $5, 0) ON CONFLICT DO NOTHING`,
      [repository, pull, asKept(event), at, asKept(transaction)],
    );
    return null;
  }

  async end({ repository, pull }: ProposalKey, event: string): Promise<null> {
    await this.#sql.change(
      "UPDATE clerk_notices SET is_over = 1 WHERE repository = $1 AND pull = $2 AND event = $3",
      [repository, pull, asKept(event)],
    );
    return null;
  }
}

const asUntold = (row: Row): UntoldEvent => ({
  pull: numberIn(row, "pull"),
  id: asWritten(textInRow(row, "id")),
  at: numberIn(row, "at"),
  event: asWritten(textInRow(row, "event")),
  words: asWritten(textInRow(row, "words")),
  transaction: row.transaction_id === null ? null : asWritten(textInRow(row, "transaction_id")),
});

/** The App is not on it any more: should it come back, what happened meanwhile is no news. */
export async function dropNoticesOf(statements: Statements, repository: number): Promise<void> {
  await statements.change("DELETE FROM clerk_notice_marks WHERE repository = $1", [repository]);
  await statements.change("DELETE FROM clerk_notices WHERE repository = $1", [repository]);
}
