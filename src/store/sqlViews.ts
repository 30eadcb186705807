import { randomUUID } from "node:crypto";
import type { Instant } from "../domain/text/time.js";
import type { ProposalKey } from "./port.js";
import { NEVER, numberIn, type Row, type Sql, type Statements, textInRow, type Value } from "./sql.js";
import { asKept, asWritten } from "./texts.js";
import type {
  KeptEdition,
  KeptEvent,
  KeptRepository,
  KeptRoster,
  KeptSummary,
  KeptView,
  KnownRepository,
  ViewKeeper,
} from "./views.js";

/** What the pages are made from, in the SQL that SQLite and PostgreSQL both understand. */
export class SqlViews implements ViewKeeper {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async repositories(): Promise<readonly KnownRepository[]> {
    const rows = await this.#sql.rows(
      "SELECT repository, owner, name, url, is_public, halt FROM clerk_repositories ORDER BY repository",
    );
    return rows.map((row) => ({
      repository: numberIn(row, "repository"),
      owner: asWritten(textInRow(row, "owner")),
      name: asWritten(textInRow(row, "name")),
      url: asWritten(textInRow(row, "url")),
      isPublic: numberIn(row, "is_public") === 1,
      halt: asWritten(textInRow(row, "halt")),
    }));
  }

  async putRepository({ repository, owner, name, url, isPublic }: KeptRepository): Promise<null> {
    await this.#sql.change(
      `INSERT INTO clerk_repositories (repository, owner, name, url, is_public, roster_commit, roster, listed_at)
       VALUES ($1, $2, $3, $4, $5, '', '', $6)
       ON CONFLICT (repository) DO UPDATE SET owner = excluded.owner, name = excluded.name, url = excluded.url,
         is_public = excluded.is_public`,
      [repository, asKept(owner), asKept(name), asKept(url), isPublic ? 1 : 0, NEVER],
    );
    return null;
  }

  async roster(repository: number): Promise<KeptRoster | null> {
    const [row] = await this.#sql.rows(
      "SELECT roster_commit, roster FROM clerk_repositories WHERE repository = $1 AND roster <> ''",
      [repository],
    );
    if (row === undefined) return null;
    return {
      commit: asWritten(textInRow(row, "roster_commit")),
      history: asWritten(textInRow(row, "roster")),
    };
  }

  async putRoster(repository: number, { commit, history }: KeptRoster): Promise<null> {
    await this.#sql.change(
      "UPDATE clerk_repositories SET roster_commit = $2, roster = $3 WHERE repository = $1",
      [repository, asKept(commit), asKept(history)],
    );
    return null;
  }

  async listed(repository: number): Promise<Instant | null> {
    const [row] = await this.#sql.rows(
      "SELECT listed_at FROM clerk_repositories WHERE repository = $1 AND listed_at <> $2",
      [repository, NEVER],
    );
    return row === undefined ? null : numberIn(row, "listed_at");
  }

  async putListed(repository: number, at: Instant): Promise<null> {
    await this.#sql.change("UPDATE clerk_repositories SET listed_at = $2 WHERE repository = $1", [
      repository,
      at,
    ]);
    return null;
  }

  async putHalt(repository: number, halt: string): Promise<null> {
    await this.#sql.change("UPDATE clerk_repositories SET halt = $2 WHERE repository = $1", [
      repository,
      asKept(halt),
    ]);
    return null;
  }

  async editions(repository: number): Promise<readonly KeptEdition[]> {
    const rows = await this.#sql.rows(
      "SELECT pull, edition FROM clerk_views WHERE repository = $1 ORDER BY pull",
      [repository],
    );
    return rows.map((row) => ({ pull: numberIn(row, "pull"), edition: textInRow(row, "edition") }));
  }

  async summaries(repository: number, pulls: readonly number[]): Promise<readonly KeptSummary[]> {
    if (pulls.length === 0) return [];
    const rows = await this.#sql.rows(
      `SELECT pull, summary FROM clerk_views WHERE repository = $1 AND pull IN (${after(1, pulls)}) ORDER BY pull`,
      [repository, ...pulls],
    );
    return rows.map((row) => ({
      pull: numberIn(row, "pull"),
      summary: asWritten(textInRow(row, "summary")),
    }));
  }

  async view({ repository, pull }: ProposalKey): Promise<KeptView | null> {
    const [row] = await this.#sql.rows(
      "SELECT summary, detail FROM clerk_views WHERE repository = $1 AND pull = $2",
      [repository, pull],
    );
    if (row === undefined) return null;
    return { summary: asWritten(textInRow(row, "summary")), detail: asWritten(textInRow(row, "detail")) };
  }

  putView(
    { repository, pull }: ProposalKey,
    { summary, detail }: KeptView,
    events: readonly KeptEvent[],
  ): Promise<null> {
    return this.#sql.transaction(async (statements) => {
      await statements.change(
        `INSERT INTO clerk_views (repository, pull, summary, detail, edition) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (repository, pull) DO UPDATE SET summary = excluded.summary, detail = excluded.detail,
           edition = excluded.edition`,
        [repository, pull, asKept(summary), asKept(detail), randomUUID()],
      );
      const rows = await statements.rows(
        "SELECT id, words FROM clerk_events WHERE repository = $1 AND pull = $2",
        [repository, pull],
      );
      const before = new Map(rows.map((row) => [textInRow(row, "id"), textInRow(row, "words")]));
      for (const { id, at, event, words } of events)
        if (!before.has(asKept(id)))
          await statements.change(
            `INSERT INTO clerk_events (repository, pull, id, at, event, words) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT DO NOTHING`,
            [repository, pull, asKept(id), at, asKept(event), asKept(words)],
          );
      const now = new Map(events.map(({ id, words }) => [asKept(id), asKept(words)]));
      for (const [id, words] of before)
        if (words !== (now.get(id) ?? ""))
          await statements.change(
            "UPDATE clerk_events SET words = $4 WHERE repository = $1 AND pull = $2 AND id = $3",
            [repository, pull, id, now.get(id) ?? ""],
          );
      return null;
    });
  }

  async dropView({ repository, pull }: ProposalKey): Promise<null> {
    await this.#sql.change("DELETE FROM clerk_views WHERE repository = $1 AND pull = $2", [repository, pull]);
    return null;
  }

  async eventsOf({ repository, pull }: ProposalKey): Promise<readonly KeptEvent[]> {
    const rows = await this.#sql.rows(
      "SELECT id, at, event, words FROM clerk_events WHERE repository = $1 AND pull = $2 ORDER BY at, id",
      [repository, pull],
    );
    return rows.map(asEvent);
  }

  async events(
    repository: number,
    pulls: readonly number[],
  ): Promise<readonly (KeptEvent & Pick<ProposalKey, "pull">)[]> {
    if (pulls.length === 0) return [];
    const rows = await this.#sql.rows(
      `SELECT pull, id, at, event, words FROM clerk_events WHERE repository = $1 AND pull IN (${after(1, pulls)})
         ORDER BY pull, at, id`,
      [repository, ...pulls],
    );
    return rows.map((row) => ({ pull: numberIn(row, "pull"), ...asEvent(row) }));
  }
}

/** `$2, $3, …` for each of them, after so many others. */
const after = (others: number, values: readonly Value[]): string =>
  values.map((_, index) => `$${others + index + 1}`).join(", ");

const asEvent = (row: Row): KeptEvent => ({
  id: asWritten(textInRow(row, "id")),
  at: numberIn(row, "at"),
  event: asWritten(textInRow(row, "event")),
  words: asWritten(textInRow(row, "words")),
});

/** The App is not on these repositories any more: nothing of them is shown. What happened there stays. */
export async function dropViewsOf(statements: Statements, repository: number): Promise<void> {
  await statements.change("DELETE FROM clerk_repositories WHERE repository = $1", [repository]);
  await statements.change("DELETE FROM clerk_views WHERE repository = $1", [repository]);
}
