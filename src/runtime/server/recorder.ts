import { createWriteStream, mkdirSync, openSync, readdirSync, statSync, type WriteStream } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import { type WithoutSecrets, withoutSecrets } from "./withoutSecrets.js";

/** The first line of a recording. */
export const FORMAT = "msc-clerk recording 1";
/** Of all recordings in one directory together: who restarts often does not fill the disk. */
const MOST_BYTES = 1024 ** 3;
/** Waiting to be written: a disk that is slower than GitHub is not waited for. */
const MOST_WAITING = 64 * 1024 ** 2;
/** In milliseconds: a disk that hangs does not keep the clerk from ending. */
const LONGEST_CLOSE = 2000;
const NAME = /^recording-.*\.jsonl$/;

/** Headers that say something of how GitHub works, and nothing of who asks. */
const REQUEST_HEADERS = ["accept", "content-type", "if-none-match", "user-agent", "x-github-api-version"];
const ANSWER_HEADERS = [
  "content-type",
  "date",
  "etag",
  "last-modified",
  "link",
  "location",
  "retry-after",
  "x-accepted-github-permissions",
  "x-github-api-version-selected",
  "x-github-enterprise-version",
  "x-github-media-type",
  "x-github-request-id",
  "x-ratelimit-limit",
  "x-ratelimit-remaining",
  "x-ratelimit-reset",
  "x-ratelimit-resource",
  "x-ratelimit-used",
];

export interface RecorderParts {
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly baseUrl: string;
  readonly version: string;
  /** What is never to be written, besides all that looks like a secret. */
  readonly secrets: readonly string[];
  /** 1 GB when left out. */
  readonly mostBytes?: number;
}

interface Asked {
  readonly n: number;
  readonly at: string;
  readonly request: Request;
}

/**
 * Writes down what the clerk asks GitHub, what it is answered and which webhooks it hears (`RECORD`), so that an hour on a real repository becomes a
 * test. One JSON value a line, in the order in which things ended; `n` counts them in the order in which they began. It keeps nobody waiting and
 * breaks nothing: when it cannot go on, it says so once in the log and is silent from then on.
 */
export class Recorder {
  readonly #parts: RecorderParts;
  readonly #without: WithoutSecrets;
  readonly #recording = new WeakSet<typeof fetch>();
  #stream: WriteStream | null = null;
  #room = 0;
  #begun = 0;
  #failed = false;
  readonly #telling = new Set<Promise<void>>();

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.#without = withoutSecrets(parts.secrets);
    this.#guarded(() => this.#open());
  }

  /** A way out that is written down. Asked again for what it made itself, it gives that back. */
  fetching(out: typeof fetch): typeof fetch {
    if (this.#recording.has(out)) return out;
    const recorded: typeof fetch = async (input, init) => {
      const asked = this.#asked(input, init);
      if (asked === null) return out(input, init);
      try {
        const answer = await out(input, init);
        this.#tell(this.#exchange(asked, answer));
        return answer;
      } catch (thrown) {
        this.#tell(this.#exchange(asked, thrown));
        throw thrown;
      }
    };
    this.#recording.add(recorded);
    return recorded;
  }

  /** A signed webhook, as it was taken. */
  webhook(event: string, delivery: string, payload: unknown): void {
    if (this.#stream === null) return;
    this.#guarded(() =>
      this.#write({
        n: ++this.#begun,
        at: this.#now(),
        webhook: { event, delivery, payload: this.#without.value(payload) },
      }),
    );
  }

  /** Resolves when what was heard so far is written, or after two seconds. */
  async close(): Promise<void> {
    const late = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_CLOSE).unref());
    await Promise.race([late, Promise.all(this.#telling)]);
    const stream = this.#stream;
    this.#stream = null;
    if (stream === null) return;
    const closed = new Promise<void>((resolve) => stream.once("close", () => resolve()));
    stream.end();
    await Promise.race([late, closed]);
  }

  #open(): void {
    const { directory, log, baseUrl, version, mostBytes = MOST_BYTES } = this.#parts;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const kept = readdirSync(directory).filter((name) => NAME.test(name));
    this.#room = mostBytes - kept.reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
    if (this.#room <= 0) {
      log.warn(`Nothing is recorded: the recordings in ${directory} take all the room there is for them.`, {
        roomMB: Math.round(mostBytes / 1024 ** 2),
      });
      return;
    }
    const path = join(directory, fileName(this.#now(), kept));
    // A new file of one's own: what somebody put there in its place is not written to.
    const descriptor = openSync(path, "wx", 0o600);
    this.#stream = createWriteStream(path, { fd: descriptor });
    this.#stream.on("error", (error) => this.#end(`(${codeOf(error)})`));
    this.#write({ format: FORMAT, at: this.#now(), version, api: baseUrl });
    log.warn(
      `Recording: every request to GitHub, every answer and every webhook is kept in ${path}, without secrets and e-mail addresses, but with what people wrote.`,
    );
  }

  /** A copy of the request, as what is sent can be read once only. null: nothing is recorded. */
  #asked(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): Asked | null {
    if (this.#stream === null) return null;
    try {
      const request =
        input instanceof Request ? input.clone() : new Request(input, { ...init, signal: null });
      return { n: ++this.#begun, at: this.#now(), request };
    } catch {
      return null;
    }
  }

  /** `came`: GitHub's answer, or what was thrown in its place. */
  async #exchange({ n, at, request }: Asked, came: unknown): Promise<object> {
    const answeredAt = this.#now();
    const copy = came instanceof Response ? came.clone() : null;
    const asked = {
      n,
      at,
      as: whoAsks(request.headers.get("authorization")),
      request: {
        method: request.method,
        url: this.#without.text(request.url),
        headers: this.#headers(request.headers, REQUEST_HEADERS),
        body: this.#body(await request.text()),
      },
    };
    if (copy === null) return { ...asked, answeredAt, failed: codeOf(came) };
    const headers = this.#headers(copy.headers, ANSWER_HEADERS);
    // Where it is cut off on the way, its head was heard, and that is what is told.
    const body = await copy.text().then(
      (text) => this.#body(text),
      () => null,
    );
    return { ...asked, answeredAt, answer: { status: copy.status, headers, body } };
  }

  #headers(headers: Headers, known: readonly string[]): Record<string, string> {
    return Object.fromEntries(
      known.flatMap((name) => {
        const value = headers.get(name);
        return value === null ? [] : [[name, this.#without.text(value)]];
      }),
    );
  }

  #body(text: string): unknown {
    if (text === "") return null;
    try {
      return this.#without.value(JSON.parse(text));
    } catch {
      return this.#without.text(text);
    }
  }

  #write(line: object): void {
    const stream = this.#stream;
    if (stream === null) return;
    const text = `${JSON.stringify(line)}\n`;
    const bytes = Buffer.byteLength(text);
    if (bytes > this.#room) this.#end("(there is no more room for recordings in the directory)");
    else if (stream.writableLength > MOST_WAITING) this.#end("(the disk is too slow)");
    else {
      this.#room -= bytes;
      stream.write(text);
    }
  }

  #end(why: string): void {
    if (this.#stream === null) return;
    this.#stream.end();
    this.#stream = null;
    this.#parts.log.warn(`Recording has ended ${why}. The clerk goes on as before.`);
  }

  #tell(line: Promise<object>): void {
    const told = line.then(
      (one) => this.#guarded(() => this.#write(one)),
      (thrown: unknown) => this.#fail(thrown),
    );
    this.#telling.add(told);
    void told.then(() => this.#telling.delete(told));
  }

  /** Whatever happens in here is no fault of the clerk's work. */
  #guarded(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    this.#stream?.end();
    this.#stream = null;
    if (!this.#failed)
      this.#parts.log.warn(`Nothing is recorded any more (${codeOf(thrown)}). The clerk goes on as before.`, {
        directory: this.#parts.directory,
      });
    this.#failed = true;
  }

  #now(): string {
    return new Date(this.#parts.clock.now()).toISOString();
  }
}

/** By the moment of the start; two starts in one second are told apart. */
function fileName(at: string, kept: readonly string[]): string {
  const moment = at.replace(/[:.]/g, "-");
  for (let count = 1; ; count += 1) {
    const name = `recording-${moment}${count === 1 ? "" : `-${count}`}.jsonl`;
    if (!kept.includes(name)) return name;
  }
}

/** As whom something is asked, which a test needs to know, and nothing of what it was proven with. */
function whoAsks(authorization: string | null): "app" | "installation" | "person" | "nobody" {
  if (authorization === null) return "nobody";
  const credential = authorization.replace(/^\S+\s+/, "");
  if (credential.startsWith("ey")) return "app";
  return /^(?:ghs_|v1\.)/.test(credential) ? "installation" : "person";
}

/** The system's word for it: messages of errors can hold addresses. */
function codeOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return "unknown";
  const cause = "cause" in thrown ? thrown.cause : undefined;
  for (const one of [thrown, cause])
    if (typeof one === "object" && one !== null && "code" in one && typeof one.code === "string")
      return one.code;
  return thrown instanceof Error ? thrown.name : "unknown";
}
