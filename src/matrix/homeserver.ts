/** Where notices go, and as whom. Holds a secret: never log it. */
export interface MatrixSettings {
  /** Base URL of the homeserver's client-server API, without a slash at the end. */
  readonly homeserver: string;
  /** Access token of the clerk's account there. */
  readonly token: string;
  /** Id (`!…`) or alias (`#…:…`). */
  readonly room: string;
}

export type HomeserverAnswer =
  | { readonly kind: "ok"; readonly body: unknown }
  /** An error of the homeserver's own (https://spec.matrix.org/latest/client-server-api/#standard-error-response). */
  | { readonly kind: "error"; readonly status: number; readonly code: string }
  /** `wait`: in milliseconds. */
  | { readonly kind: "limited"; readonly wait: number }
  /** In words that hold nothing of the request, nor of what answered. */
  | { readonly kind: "unreachable"; readonly why: string };

export interface HomeserverRequest {
  readonly method: "GET" | "PUT" | "POST";
  /** From `/_matrix` on. */
  readonly path: string;
  readonly body?: object;
}

const TIMEOUT_MS = 30_000;
/** A page of a room's messages is the longest answer; each may have 64 KiB. */
const MOST_BYTES = 8 * 1024 * 1024;
/** Where a limit does not say how long it lasts, and what it may say. */
const UNSAID = 5_000;
const LONGEST = 24 * 3_600_000;

/** Requests to a homeserver, each answered in plain data: nothing is thrown, and the token goes to that one address. */
export class Homeserver {
  readonly #settings: MatrixSettings;
  readonly #end = new AbortController();
  #inFlight = 0;

  constructor(settings: MatrixSettings) {
    this.#settings = settings;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** From now on no request leaves, and no answer comes back to its caller, as if the machine had lost its power. */
  close(): void {
    this.#end.abort();
  }

  async ask(request: HomeserverRequest): Promise<HomeserverAnswer> {
    if (this.#end.signal.aborted) return never();
    this.#inFlight += 1;
    const answer = await this.#asked(request).catch(
      (thrown: unknown): HomeserverAnswer => ({
        kind: "unreachable",
        why: whyOf(thrown),
      }),
    );
    this.#inFlight -= 1;
    return this.#end.signal.aborted ? never() : answer;
  }

  async #asked({ method, path, body }: HomeserverRequest): Promise<HomeserverAnswer> {
    const { homeserver, token } = this.#settings;
    const answer = await fetch(`${homeserver}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        "user-agent": "msc-clerk",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // Followed, it could take the token to another host.
      redirect: "manual",
      signal: AbortSignal.any([this.#end.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const { status } = answer;
    const read = parsed(await boundedText(answer));
    if (status >= 200 && status < 300 && isObject(read)) return { kind: "ok", body: read };
    if (status === 429)
      return {
        kind: "limited",
        wait: waitOf(answer.headers.get("retry-after"), fieldOf(read, "retry_after_ms")),
      };
    if (status >= 300 && status < 400)
      return {
        kind: "unreachable",
        why: "it sends the clerk on to another address, where the token does not go",
      };
    const code = fieldOf(read, "errcode");
    if (status >= 500 || status === 408)
      return { kind: "unreachable", why: `it answers with status ${status}` };
    return typeof code === "string"
      ? { kind: "error", status, code: /^\w[\w.]{0,99}$/.test(code) ? code : "an unknown code" }
      : { kind: "unreachable", why: `what answers there, with status ${status}, is no homeserver` };
  }
}

/** A field of an answer; undefined: it has none. */
export const fieldOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The header is in whole seconds, or a date; the field, which older homeservers send, in milliseconds. The longer of the two.
 * https://spec.matrix.org/latest/client-server-api/#rate-limiting
 */
function waitOf(header: string | null, field: unknown): number {
  const seconds = /^\d{1,9}$/.test(header ?? "") ? Number(header) * 1_000 : 0;
  const until = header === null || seconds > 0 ? Number.NaN : Date.parse(header) - Date.now();
  const told = [seconds, until, typeof field === "number" ? field : 0].filter((one) => one > 0);
  return Math.min(Math.ceil(told.length === 0 ? UNSAID : Math.max(...told)), LONGEST);
}

async function boundedText(answer: Response): Promise<string> {
  if (answer.body === null) return "";
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of answer.body) {
    size += piece.byteLength;
    if (size > MOST_BYTES) throw new TooLong();
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}

class TooLong extends Error {}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Node tells in `cause` what became of the connection; its message may hold the address, and nothing of it is repeated. */
function whyOf(thrown: unknown): string {
  if (thrown instanceof TooLong) return "its answer is longer than any of a homeserver's";
  const [name, code] = [fieldOf(thrown, "name"), fieldOf(fieldOf(thrown, "cause"), "code")];
  if (thrown instanceof Error && thrown.name === "TimeoutError")
    return "it does not answer within 30 seconds";
  if (typeof code === "string" && /^[A-Z0-9_]{1,60}$/.test(code)) return `the connection fails (${code})`;
  return name === "AbortError" ? "the clerk is stopping" : "the connection fails";
}

const never = (): Promise<never> => new Promise(() => {});
