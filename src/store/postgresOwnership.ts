import { randomUUID } from "node:crypto";
import pg from "pg";
import type { Clock } from "../platform/clock.js";
import type { Log } from "../platform/log.js";
import { sha256 } from "../platform/sha256.js";
import { SparingLog } from "../platform/sparingLog.js";
import type { HandedOn, Ownership, OwnershipEvents } from "./ownership.js";
import { postgresTrouble } from "./postgres.js";
import { numberIn, type Row, textInRow } from "./sql.js";
import { asKept, asWritten } from "./texts.js";

export interface PostgresOwnershipOptions<News> {
  /** `DATABASE_URL`. The connection has to be one session all along: a pooler that shares sessions out by the transaction will not do. */
  readonly url: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly encode: (news: News) => string;
  /** null: a newer clerk wrote it. */
  readonly decode: (text: string) => News | null;
  readonly merge: (earlier: News, later: News) => News;
}

/** In milliseconds. Between two turns, in each of which the process shows that it lives. */
const TURN = 1_000;
/** An answer of the database's. */
const PATIENCE = 5_000;
/** So long after the last turn that the database answered it is not certain any more that anything is ours. */
const CERTAIN_FOR = 10_000;
/** A process that has shown nothing for so long is ended from outside: its session, and with that all that was its own. */
const DEAD_AFTER = 20_000;
/** Rows of what is due that are taken in at once. */
const MOST = 500;
/** Sent in one turn: after a database was away all night, the process has to show between them that it lives. */
const MOST_SENT = 50;
const CHANNEL = "clerk_due";
/** Which session: numbers of processes are given out again. */
const SESSION = "(pid || ' ' || extract(epoch FROM backend_start))";
const NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
/** In microseconds: a row that takes the place of one that was taken away is never taken for that one. */
const FIRST_GENERATION = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";

/**
 * Each installation is guarded by an advisory lock of one session of PostgreSQL, which dies with its connection: of a process that ends, others
 * take over within a turn. One that hangs is told by its silence, and its session is ended (`pg_terminate_backend`); should it wake up, it knows by
 * the time that has passed that nothing is certainly its own, and writes nothing. In the store compare-and-swap stops it besides.
 *
 * What is heard is a row of `clerk_due`, one for each subject, and a notice to whoever listens. It goes when its owner has done it.
 */
export class PostgresOwnership<News> implements Ownership<News> {
  readonly #options: PostgresOwnershipOptions<News>;
  readonly #instance = randomUUID();
  readonly #warnings: SparingLog;
  readonly #ours = new Map<number, number>();
  readonly #known = new Set<number>();
  /** It was told what there is: from then on it has a share. Until then others would give up for it what it does not take. */
  #shares = false;
  /** Heard here, and not in the database yet. */
  readonly #unsent = new Map<string, HandedOn<News>>();
  /** Of what was handed to us, the number of its last change. */
  readonly #taken = new Map<
    string,
    { readonly print: string; readonly installation: number; readonly generation: number }
  >();
  #on: OwnershipEvents<News> | null = null;
  #client: pg.Client | null = null;
  /** The last one. Where its line broke unseen by the server it goes on there, with every lock, for hours. */
  #session = "";
  /** Locks are the whole database's: of two schemas each has its own clerk. */
  #schema = "";
  /**
   * When the last beat was asked that was answered; null: none since the session began. By the clock that goes on while a process is stopped, and by
   * the one that goes on while its machine sleeps.
   */
  #beatAt: { readonly running: number; readonly wall: number } | null = null;
  #turning: Promise<void> | null = null;
  #next: NodeJS.Timeout | null = null;
  #again = false;
  #stopped = false;

  constructor(options: PostgresOwnershipOptions<News>) {
    this.#options = options;
    this.#warnings = new SparingLog(options.log);
  }

  start(on: OwnershipEvents<News>): void {
    this.#on = on;
    this.#turnSoon();
  }

  holds(installation: number): boolean {
    return this.#ours.has(installation) && this.#isCertain();
  }

  heldSince(installation: number): number | null {
    return this.holds(installation) ? (this.#ours.get(installation) ?? null) : null;
  }

  async among(installations: readonly number[]): Promise<ReadonlySet<number>> {
    for (const installation of installations) this.#known.add(installation);
    this.#shares = true;
    await this.#turn();
    return new Set(installations.filter((installation) => this.holds(installation)));
  }

  hand(heard: HandedOn<News>): void {
    const waiting = this.#unsent.get(heard.subject);
    const { merge } = this.#options;
    this.#unsent.set(
      heard.subject,
      waiting === undefined ? heard : { ...heard, news: merge(waiting.news, heard.news) },
    );
    this.#turnSoon();
  }

  done(subject: string): void {
    const taken = this.#taken.get(subject);
    if (taken === undefined) return;
    this.#taken.delete(subject);
    void this.#ask("DELETE FROM clerk_due WHERE subject_print = $1 AND generation = $2", [
      taken.print,
      taken.generation,
    ]).catch(() => {
      // It stays, and is done once more.
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#next !== null) clearTimeout(this.#next);
    await this.#turning;
    try {
      while (this.#unsent.size > 0) await this.#send();
      await this.#ask("DELETE FROM clerk_instances WHERE instance = $1", [this.#instance]);
    } catch {
      // Its silence tells.
    }
    await this.#lose();
  }

  #isCertain(): boolean {
    if (this.#beatAt === null) return false;
    const { running, wall } = this.#beatAt;
    return Math.max(performance.now() - running, this.#options.clock.now() - wall) < CERTAIN_FOR;
  }

  #turnSoon(): void {
    if (this.#stopped || this.#on === null) return;
    if (this.#turning === null) void this.#turn();
    else this.#again = true;
  }

  /** One at a time; whoever asks while one goes on gets the one after it. */
  #turn(): Promise<void> {
    if (this.#turning !== null) {
      this.#again = true;
      return this.#turning.then(() => this.#turning ?? Promise.resolve());
    }
    if (this.#next !== null) clearTimeout(this.#next);
    this.#next = null;
    this.#again = false;
    this.#turning = this.#oneTurn().finally(() => {
      this.#turning = null;
      if (this.#stopped) return;
      if (this.#again) void this.#turn();
      else this.#next = setTimeout(() => void this.#turn(), TURN);
    });
    return this.#turning;
  }

  async #oneTurn(): Promise<void> {
    try {
      if (this.#beatAt !== null && !this.#isCertain()) await this.#lapse();
      await this.#connect();
      await this.#beat();
      await this.#send();
      await this.#share();
      await this.#take();
    } catch (thrown) {
      this.#warnings.warn("Nothing can be told from the other instances now; what is heard is kept here.", {
        why: postgresTrouble(thrown),
      });
      await this.#lose();
    }
  }

  async #connect(): Promise<void> {
    if (this.#client !== null) return;
    const client = new pg.Client({
      connectionString: this.#options.url,
      application_name: "msc-clerk",
      connectionTimeoutMillis: PATIENCE,
      query_timeout: PATIENCE,
      keepAlive: true,
    });
    const gone = () => {
      if (this.#client === client) void this.#lose();
    };
    client.on("error", gone);
    client.on("end", gone);
    client.on("notification", ({ payload }) => {
      if (this.#ours.has(Number(payload))) this.#turnSoon();
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      const { rows } = await client.query<Row>(
        `SELECT current_schema()::text AS schema, ${SESSION} AS session
         FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
      );
      this.#schema = rows[0] === undefined ? "" : textInRow(rows[0], "schema");
      // A pooler may have given it to another instance since.
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${SESSION} = $1
           AND NOT EXISTS (SELECT 1 FROM clerk_instances WHERE backend = $1 AND instance <> $2)`,
        [this.#session, this.#instance],
      );
      this.#session = rows[0] === undefined ? "" : textInRow(rows[0], "session");
    } catch (thrown) {
      client.end().catch(() => {});
      throw thrown;
    }
    this.#client = client;
  }

  /** What was ours may be anybody's now. */
  async #lose(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    this.#beatAt = null;
    this.#ours.clear();
    this.#taken.clear();
    if (client === null) return;
    client.removeAllListeners("end");
    const ended = client.end().catch(() => {});
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, TURN).unref())]);
  }

  /** What fell due while nothing was certainly ours was let lie: as after a loss all of it is looked at anew, and told once more. */
  async #lapse(): Promise<void> {
    this.#warnings.warn(
      "This instance had stood still, or the database was slow: what is its own is looked at anew.",
      {},
    );
    await this.#lose();
  }

  async #ask(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    if (this.#client === null) throw new Error("there is no connection");
    return (await this.#client.query<Row>(text, [...values])).rows;
  }

  /** That this is answered shows that the session lives, and with it every lock of its own. */
  async #beat(): Promise<void> {
    const asked = { running: performance.now(), wall: this.#options.clock.now() };
    if (this.#shares)
      await this.#ask(
        `INSERT INTO clerk_instances (instance, backend, seen_at)
         SELECT $1, ${SESSION}, ${NOW} FROM pg_stat_activity WHERE pid = pg_backend_pid()
         ON CONFLICT (instance) DO UPDATE SET backend = excluded.backend, seen_at = excluded.seen_at`,
        [this.#instance],
      );
    this.#beatAt = asked;
    // In one statement: of whoever is struck off nobody would end the session later.
    const ended = await this.#ask(
      `WITH silent AS (
         DELETE FROM clerk_instances WHERE seen_at < ${NOW} - ${DEAD_AFTER} RETURNING instance, backend)
       SELECT instance, pg_terminate_backend(pid) FROM silent JOIN pg_stat_activity ON ${SESSION} = backend`,
    );
    for (const row of ended)
      this.#options.log.warn(
        "Another instance has shown nothing for a while: what was its own is taken over.",
        { instance: textInRow(row, "instance") },
      );
  }

  /** Takes its share of what is nobody's, and gives up what is beyond it. */
  async #share(): Promise<void> {
    if (!this.#shares) return;
    const due = await this.#ask("SELECT DISTINCT installation FROM clerk_due");
    const all = new Set([...this.#known, ...due.map((row) => numberIn(row, "installation"))]);
    const [counted] = await this.#ask("SELECT count(*) AS live FROM clerk_instances");
    const live = Math.max(1, counted === undefined ? 1 : numberIn(counted, "live"));
    const share = Math.ceil(all.size / live);
    if (this.#ours.size > share) {
      // One a turn: its new owner looks at everything of it.
      const [given] = [...this.#ours.keys()].slice(-1);
      if (given === undefined) return;
      this.#ours.delete(given);
      for (const [subject, { installation }] of this.#taken)
        if (installation === given) this.#taken.delete(subject);
      await this.#ask("SELECT pg_advisory_unlock($1)", [this.#lockOf(given)]);
      return;
    }
    if (this.#ours.size === share) return;
    const held = new Set(
      (
        await this.#ask(
          `SELECT ((classid::bigint << 32) | objid::bigint)::text AS key FROM pg_locks
           WHERE locktype = 'advisory' AND objsubid = 1 AND granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        )
      ).map((row) => textInRow(row, "key")),
    );
    const free = [...all].filter((each) => !this.#ours.has(each) && !held.has(this.#lockOf(each)));
    const wanted = new Map(
      free.slice(0, share - this.#ours.size).map((each) => [this.#lockOf(each), each] as const),
    );
    if (wanted.size === 0) return;
    const tried = await this.#ask(
      "SELECT key::text AS key, pg_try_advisory_lock(key) AS locked FROM unnest($1::bigint[]) AS key",
      [[...wanted.keys()]],
    );
    for (const row of tried) {
      const installation = wanted.get(textInRow(row, "key"));
      if (installation === undefined || row.locked !== true) continue;
      this.#ours.set(installation, this.#options.clock.now());
      this.#on?.gained(installation);
    }
  }

  /** A number of 64 bits, with a sign, as PostgreSQL has them. */
  #lockOf(installation: number): string {
    const print = sha256(`clerk installation ${this.#schema} ${installation}`);
    return String(BigInt.asIntN(64, BigInt(`0x${print.slice(0, 16)}`)));
  }

  /** What was heard here goes to the database: first of its subject, or together with what waits there. */
  async #send(): Promise<void> {
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
      await this.#ask("BEGIN");
      try {
        const [made] = await this.#ask(
          `INSERT INTO clerk_due (subject_print, subject, installation, news, run_at, generation)
           VALUES ($1, $2, $3, $4, $5, ${FIRST_GENERATION}) ON CONFLICT DO NOTHING RETURNING generation`,
          values,
        );
        if (made === undefined) {
          const [row] = await this.#ask("SELECT news FROM clerk_due WHERE subject_print = $1 FOR UPDATE", [
            printOf(subject),
          ]);
          const earlier = row === undefined ? null : decode(asWritten(textInRow(row, "news")));
          const both = earlier === null ? news : merge(earlier, news);
          await this.#ask(
            `INSERT INTO clerk_due (subject_print, subject, installation, news, run_at, generation)
             VALUES ($1, $2, $3, $4, $5, ${FIRST_GENERATION}) ON CONFLICT (subject_print) DO UPDATE
             SET news = excluded.news, installation = excluded.installation,
                 run_at = LEAST(clerk_due.run_at, excluded.run_at), generation = clerk_due.generation + 1`,
            [...values.slice(0, 3), asKept(encode(both)), values[4]],
          );
        }
        await this.#ask("SELECT pg_notify($1, $2)", [CHANNEL, String(installation)]);
        await this.#ask("COMMIT");
      } catch (thrown) {
        await this.#ask("ROLLBACK").catch(() => {});
        throw thrown;
      }
      // What was heard meanwhile is still to be sent.
      if (this.#unsent.get(subject) === heard) this.#unsent.delete(subject);
    }
    if (this.#unsent.size > 0) this.#again = true;
  }

  /** What is due of ours. */
  async #take(): Promise<void> {
    const ours = [...this.#ours.keys()];
    if (ours.length === 0) return;
    const taken = [...this.#taken.values()];
    // Without those that were taken: as many of them as are asked for may wait for long, for an hour of GitHub's to be over.
    const rows = await this.#ask(
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
      if (this.#taken.get(subject)?.generation === generation || !this.holds(installation)) continue;
      const news = this.#options.decode(asWritten(textInRow(row, "news")));
      this.#taken.set(subject, { print: textInRow(row, "subject_print"), installation, generation });
      // What cannot be read is found by the rounds.
      if (news === null) this.done(subject);
      else this.#on?.heard({ installation, subject, news });
    }
  }
}

/** A text of any length as a key: PostgreSQL indexes no more than 2,700 bytes. */
const printOf = (subject: string): string => sha256(asKept(subject));
