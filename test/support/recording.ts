import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { FORMAT } from "../../src/runtime/server/recorder.js";
import { TAKEN_OUT, withoutSecrets } from "../../src/runtime/server/withoutSecrets.js";

/** What `RECORD` wrote down, in the order in which it began. */
export interface Recording {
  readonly api: string;
  /** The moment of the start. */
  readonly at: number;
  readonly exchanges: readonly Exchange[];
  readonly webhooks: readonly HeardWebhook[];
}

export interface Exchange {
  readonly n: number;
  readonly as: "app" | "installation" | "person" | "nobody";
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  /** Not there: no answer came. */
  readonly answer?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
  readonly failed?: string;
}

export interface HeardWebhook {
  readonly n: number;
  readonly at: number;
  readonly event: string;
  readonly delivery: string;
  readonly payload: unknown;
}

interface Line extends Partial<Exchange> {
  readonly n: number;
  readonly at: string;
  readonly webhook?: Omit<HeardWebhook, "n" | "at">;
}

/** @throws Error when the file is no recording, or was broken off in the middle of a line. */
export function readRecording(path: string): Recording {
  const [first = "", ...rest] = readFileSync(path, "utf8").trimEnd().split("\n");
  const head = JSON.parse(first) as {
    readonly format: string;
    readonly at: string;
    readonly api: string;
  };
  if (head.format !== FORMAT) throw new Error(`${path} is no recording`);
  const lines = rest.map((text) => JSON.parse(text) as Line).sort((a, b) => a.n - b.n);
  return {
    api: head.api,
    at: Date.parse(head.at),
    exchanges: lines.filter((line): line is Line & Exchange => line.request !== undefined),
    webhooks: lines.flatMap(({ n, at, webhook }) =>
      webhook === undefined ? [] : [{ ...webhook, n, at: Date.parse(at) }],
    ),
  };
}

/**
 * A stand-in for GitHub, from a recording: it gives each request the answers that this same request got, in their order, and a read that is made once
 * more the last of them. What was never asked is answered 599, and stands in `unknown`. It checks no token.
 */
export class RecordedGitHub {
  readonly #answers = new Map<string, Exchange[]>();
  readonly #recording: Recording;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly unknown: string[] = [];
  #url = "";

  constructor(recording: Recording) {
    this.#recording = recording;
    for (const exchange of recording.exchanges) {
      const { method, url, body } = exchange.request;
      const key = keyOf(method, pathOf(url), body);
      this.#answers.set(key, [...(this.#answers.get(key) ?? []), exchange]);
    }
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this.#url;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** What was recorded and not asked for. */
  get left(): readonly string[] {
    return [...this.#answers.values()].flatMap((exchanges) =>
      exchanges
        .filter((exchange) => !this.#given.has(exchange))
        .map(({ request }) => `${request.method} ${pathOf(request.url)}`),
    );
  }
  readonly #given = new Set<Exchange>();

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const text = Buffer.concat(pieces).toString();
    const method = request.method ?? "GET";
    const body: unknown = text === "" ? null : withoutSecrets([]).value(JSON.parse(text));
    const key = keyOf(method, withoutSecrets([]).text(pathOf(request.url ?? "/")), body);
    const known = this.#answers.get(key);
    const next =
      known?.find((exchange) => !this.#given.has(exchange)) ??
      (isRead(method, body) ? known?.at(-1) : undefined);
    if (next === undefined) {
      this.unknown.push(key);
      response.writeHead(599, { "content-type": "application/json" }).end('{"message":"not recorded"}');
      return;
    }
    this.#given.add(next);
    if (next.answer === undefined) return void request.socket.destroy();
    const { status, headers, body: answer } = next.answer;
    const given = answer === null ? "" : JSON.stringify(withToken(answer));
    response.writeHead(
      status,
      Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, this.#here(value)])),
    );
    response.end(given);
  }

  /** The next page is asked for here. Bodies stay as they are: what the clerk signed holds only for these very texts. */
  #here(text: string): string {
    return text.replaceAll(this.#recording.api, this.#url);
  }
}

const isRead = (method: string, body: unknown): boolean =>
  method === "GET" || (/^\{"query":"query\b/.test(JSON.stringify(body)) && method === "POST");

/** Of GitHub Enterprise Server, which has REST under `/api/v3` and GraphQL beside it, as of github.com. */
const pathOf = (url: string): string => {
  const { pathname, search } = new URL(url, "http://localhost");
  return (pathname === "/api/graphql" ? "/graphql" : pathname.replace(/^\/api\/v3(?=\/)/, "")) + search;
};

const keyOf = (method: string, path: string, body: unknown): string =>
  `${method} ${path}${body === null ? "" : ` ${sorted(body)}`}`;

/** The same value is the same text, in whatever order its fields stand. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) =>
    typeof held === "object" && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)))
      : held,
  );
}

/** The token was taken out of the answer that brings one: another is as good, for an hour of this machine's. */
function withToken(answer: unknown): unknown {
  if (typeof answer !== "object" || answer === null || !("token" in answer) || answer.token !== TAKEN_OUT)
    return answer;
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  return { ...answer, token: `ghs_${"replayed".repeat(4)}`, expires_at: expires };
}

/** Sends a recorded webhook, signed with `secret`; resolves with the status of the answer. */
export async function sendWebhook(url: string, secret: string, heard: HeardWebhook): Promise<number> {
  const body = JSON.stringify(heard.payload);
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-github-event": heard.event,
      "x-github-delivery": heard.delivery,
      "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
    },
    body,
  });
  return answer.status;
}
