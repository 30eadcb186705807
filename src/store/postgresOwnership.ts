import { randomUUID } from "node:crypto";
import pg from "pg";
import type { Log } from "../platform/log.js";
import { sha256 } from "../platform/sha256.js";
import { SparingLog } from "../platform/sparingLog.js";
import { type Ask, CHANNEL, Due, type DueOptions } from "./due.js";
import type { HandedOn, Ownership, OwnershipEvents } from "./ownership.js";
import { postgresTrouble } from "./postgres.js";
import { numberIn, type Row, textInRow } from "./sql.js";

export interface PostgresOwnershipOptions<News> extends DueOptions<News> {
  /** `DATABASE_URL`. The connection has to be one session all along: a pooler that shares sessions out by the transaction will not do. */
  readonly url: string;
  readonly log: Log;
}

/** In milliseconds. Between two turns, in each of which the process shows that it lives. */
const TURN = 1_000;
/** An answer of the database's. */
const PATIENCE = 5_000;
/** So long after the last turn that the database answered it is not certain any more that anything is ours. */
const CERTAIN_FOR = 10_000;
/** A process that has shown nothing for so long is ended from outside: its session, and with that all that was its own. */
const DEAD_AFTER = 20_000;
/** Which session: numbers of processes are given out again. */
const SESSION = "(pid || ' ' || extract(epoch FROM backend_start))";
const NOW = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint";
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
  readonly #due: Due<News>;
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
    this.#due = new Due(options);
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
    this.#due.hand(heard);
    this.#turnSoon();
  }

  done(subject: string): void {
    void this.#due.done(this.#ask, subject);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#next !== null) clearTimeout(this.#next);
    await this.#turning;
    try {
      while (this.#due.unsent > 0) await this.#due.send(this.#ask);
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
      await this.#due.send(this.#ask);
      if (this.#due.unsent > 0) this.#again = true;
      await this.#share();
      const due = await this.#due.take(this.#ask, [...this.#ours.keys()], (each) => this.holds(each));
      for (const heard of due) this.#on?.heard(heard);
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
    this.#due.forget(null);
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

  readonly #ask: Ask = async (text, values = []) => {
    if (this.#client === null) throw new Error("there is no connection");
    return (await this.#client.query<Row>(text, [...values])).rows;
  };

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
      this.#due.forget(given);
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
}
