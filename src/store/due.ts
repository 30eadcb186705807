import type { Clock } from "../platform/clock.js";
import type { HandedOn } from "./ownership.js";
import { numberIn, type Row, textInRow } from "./sql.js";
import { asKept, asWritten, printOf } from "./texts.js";

export interface DueOptions<News> {
  readonly clock: Clock;
  readonly encode: (news: News) => string;
  /** null: a newer clerk wrote it. */
  readonly decode: (text: string) => News | null;
  readonly merge: (earlier: News, later: News) => News;
}

/** By the one session of this process; rejects where there is none. */
export type Ask = (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/** Rows of what is due that are taken in at once. */
const MOST = 500;
/** Sent in one turn: after a database was away all night, the process has to show between them that it lives. */
const MOST_SENT = 50;
/** Whoever has sent something tells the others on it, by the installation's number. */
export const CHANNEL = "clerk_due";
/** In microseconds: a row that takes the place of one that was taken away is never taken for that one. */
const FIRST_GENERATION = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

/** What was heard of, as rows of `clerk_due`: one for each subject, which goes when its owner has done it. */
export class Due<News> {
  readonly #options: DueOptions<News>;
  /** Heard here, and not in the database yet. */
  readonly #unsent = new Map<string, HandedOn<News>>();
  /** Of what was handed to us, the number of its last change. */
  readonly #taken = new Map<
    string,
    { readonly print: string; readonly installation: number; readonly generation: number }
  >();

  constructor(options: DueOptions<News>) {
    this.#options = options;
  }

  /** How many subjects are still to be sent. */
  get unsent(): number {
    return this.#unsent.size;
  }

  hand(heard: HandedOn<News>): void {
    const waiting = this.#unsent.get(heard.subject);
    const { merge } = this.#options;
    this.#unsent.set(
      heard.subject,
      waiting === undefined ? heard : { ...heard, news: merge(waiting.news, heard.news) },
    );
  }

  async done(ask: Ask, subject: string): Promise<void> {
    const taken = this.#taken.get(subject);
    if (taken === undefined) return;
    this.#taken.delete(subject);
    try {
      await ask("DELETE FROM clerk_due WHERE subject_print = $1 AND generation = $2", [
        taken.print,
        taken.generation,
      ]);
    } catch {
      // It stays, and is done once more.
    }
  }

  /** What was taken of it is somebody else's to do now; null: of all. */
  forget(installation: number | null): void {
    for (const [subject, taken] of this.#taken)
      if (installation === null || taken.installation === installation) this.#taken.delete(subject);
  }

  /** What was heard here goes to the database: first of its subject, or together with what waits there. */
  async send(ask: Ask): Promise<void> {
    const { encode, decode, merge, clock } = this.#options;
    for (const [subject, heard] of [...this.#unsent].slice(0, MOST_SENT)) {
      const { installation, news } = heard;
      const values = [
        printOf(subject),
        asKept(subject),
        installation,
        asKept(encode(news)),
        Math.floor(clock.now()),
      ];
      await ask("BEGIN");
      try {
        const [made] = await ask(
          `INSERT INTO clerk_due (subject_print, subject, installation, news, run_at, generation)
           VALUES ($1, $2, $3, $4, $5, ${FIRST_GENERATION}) ON CONFLICT DO NOTHING RETURNING generation`,
          values,
        );
        if (made === undefined) {
          const [row] = await ask("SELECT news FROM clerk_due WHERE subject_print = $1 FOR UPDATE", [
            printOf(subject),
          ]);
          const earlier = row === undefined ? null : decode(asWritten(textInRow(row, "news")));
          const both = earlier === null ? news : merge(earlier, news);
          await ask(
            `INSERT INTO clerk_due (subject_print, subject, installation, news, run_at, generation)
             VALUES ($1, $2, $3, $4, $5, ${FIRST_GENERATION}) ON CONFLICT (subject_print) DO UPDATE
             SET news = excluded.news, installation = excluded.installation,
                 run_at = LEAST(clerk_due.run_at, excluded.run_at), generation = clerk_due.generation + 1`,
            [...values.slice(0, 3), asKept(encode(both)), values[4]],
          );
        }
        await ask("SELECT pg_notify($1, $2)", [CHANNEL, String(installation)]);
        await ask("COMMIT");
      } catch (thrown) {
        await ask("ROLLBACK").catch(() => {});
        throw thrown;
      }
      // What was heard meanwhile is still to be sent.
      if (this.#unsent.get(subject) === heard) this.#unsent.delete(subject);
    }
  }

  /** What is due of these and was not told yet. */
  async take(
    ask: Ask,
    ours: readonly number[],
    holds: (installation: number) => boolean,
  ): Promise<readonly HandedOn<News>[]> {
    if (ours.length === 0) return [];
    const told: HandedOn<News>[] = [];
    const taken = [...this.#taken.values()];
    // Without those that were taken: as many of them as are asked for may wait for long, for an hour of GitHub's to be over.
    const rows = await ask(
      `SELECT subject_print, subject, installation, news, generation FROM clerk_due AS due
       WHERE installation = ANY($1::bigint[]) AND NOT EXISTS (
         SELECT 1 FROM unnest($2::text[], $3::bigint[]) AS taken (print, generation)
         WHERE taken.print = due.subject_print AND taken.generation = due.generation)
       ORDER BY run_at, subject_print LIMIT ${MOST}`,
      [ours, taken.map(({ print }) => print), taken.map(({ generation }) => generation)],
    );
    for (const row of rows) {
      const subject = asWritten(textInRow(row, "subject"));
      const installation = numberIn(row, "installation");
      const generation = numberIn(row, "generation");
      if (this.#taken.get(subject)?.generation === generation || !holds(installation)) continue;
      const news = this.#options.decode(asWritten(textInRow(row, "news")));
      this.#taken.set(subject, { print: textInRow(row, "subject_print"), installation, generation });
      // What cannot be read is found by the rounds.
      if (news === null) await this.done(ask, subject);
      else told.push({ installation, subject, news });
    }
    return told;
  }
}
