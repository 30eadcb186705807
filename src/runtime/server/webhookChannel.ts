import { errorMessage, type Log } from "../../platform/log.js";
import { SparingLog } from "../../platform/sparingLog.js";

/** Where smee.io gives out a new channel: it redirects to its address. https://github.com/probot/smee.io/blob/main/lib/server.js */
export const NEW_CHANNEL = "https://smee.io/new";

/** Of one event, in characters: smee.io itself takes bodies of up to 1 MB, and writes them a little longer. */
const MOST_TEXT = 4 * 1024 * 1024;
/** smee.io says something every 30 seconds; who hears nothing for so long, in milliseconds, is no longer connected. */
const SILENCE = 100_000;
const SHORTEST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;
/** All that the clerk reads of a webhook's head, besides its kind and its length. */
const HEADERS = ["x-github-event", "x-github-delivery", "x-hub-signature-256"];

export interface WebhookChannelParts {
  /** The channel's address: `WEBHOOK_PROXY_URL`. */
  readonly from: string;
  /** Where the clerk itself takes webhooks. */
  readonly to: string;
  readonly log: Log;
}

/**
 * For a trial where GitHub cannot reach the clerk: what GitHub sends to a channel of smee.io's is fetched from there and sent to the clerk's own
 * address, by the same door as any webhook. So everything is checked as ever, the signature first: a channel can be written to by everybody who knows it.
 *
 * smee.io reads the JSON and writes it anew. GitHub writes it as JSON.stringify does, so that the bytes are the same again; where they are not, the
 * signature is wrong, the webhook is refused, and a resync finds what it was about.
 */
export class WebhookChannel {
  readonly #parts: WebhookChannelParts;
  readonly #refusals: SparingLog;
  readonly #end = new AbortController();
  #wait = SHORTEST_WAIT;
  #lost = false;

  constructor(parts: WebhookChannelParts) {
    this.#parts = parts;
    this.#refusals = new SparingLog(parts.log);
  }

  /** Listens until `stop`; a connection that is lost is made anew. Resolves when it has stopped, and never rejects. */
  async start(): Promise<void> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      const why = await this.#listen().catch(errorMessage);
      if (signal.aborted) return;
      if (!this.#lost)
        this.#parts.log.warn(
          "The channel at WEBHOOK_PROXY_URL cannot be heard; the clerk tries again, and until then acts every ten minutes only.",
          { why },
        );
      this.#lost = true;
      await pause(this.#wait, signal);
      this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT);
    }
  }

  stop(): void {
    this.#end.abort();
  }

  /** Resolves with why it ended. */
  async #listen(): Promise<string> {
    const { from, log } = this.#parts;
    const silent = new AbortController();
    const watch = setTimeout(() => silent.abort(new Error("it is silent")), SILENCE);
    try {
      const answer = await fetch(from, {
        headers: { accept: "text/event-stream" },
        redirect: "error",
        signal: AbortSignal.any([this.#end.signal, silent.signal]),
      });
      if (!answer.ok || answer.body === null) return `it answers with ${answer.status}`;
      if (!/^text\/event-stream\b/i.test(answer.headers.get("content-type") ?? ""))
        return "it is no channel of smee.io's";
      log.info("The channel at WEBHOOK_PROXY_URL is heard.");
      [this.#wait, this.#lost] = [SHORTEST_WAIT, false];
      for await (const { event, data } of serverEventsIn(answer.body.pipeThrough(new TextDecoderStream()))) {
        watch.refresh();
        if (event === "message") await this.#handOn(data);
      }
      return "it ended";
    } finally {
      clearTimeout(watch);
    }
  }

  async #handOn(data: string): Promise<void> {
    const webhook = webhookIn(data);
    if (webhook === null) return;
    const { status } = await fetch(this.#parts.to, {
      method: "POST",
      headers: webhook.headers,
      body: webhook.body,
      signal: this.#end.signal,
    });
    if (status === 400)
      this.#refusals.warn(
        "What came through WEBHOOK_PROXY_URL was refused. If it was GitHub's and WEBHOOK_SECRET is the App's, smee.io has written it in other bytes than GitHub signed; the next resync finds what it would have told.",
        { status },
      );
  }
}

/**
 * Server-sent events, as far as smee.io uses them. An event that is longer than any of GitHub's ends it by an error.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export async function* serverEventsIn(
  pieces: AsyncIterable<string>,
): AsyncGenerator<{ readonly event: string; readonly data: string }> {
  let rest = "";
  let [event, data]: [string, string[]] = ["message", []];
  for await (const piece of pieces) {
    // Of a line end that is cut in two the second half would make an empty line.
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    if (rest.length + data.join().length > MOST_TEXT) throw new Error("an event of it is too long");
    for (const line of lines) {
      const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
      if (field === "event") event = value;
      else if (field === "data") data.push(value);
      if (line !== "") continue;
      if (data.length > 0) yield { event, data: data.join("\n") };
      [event, data] = ["message", []];
    }
  }
}

/** What smee.io makes of a request: its headers and its body as members of one object. null: it is none of GitHub's webhooks. */
export function webhookIn(
  data: string,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } | null {
  let told: unknown;
  try {
    told = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof told !== "object" || told === null) return null;
  const members = new Map<string, unknown>(Object.entries(told));
  const body = members.get("body");
  if (typeof body !== "object" || body === null) return null;
  const headers: [string, string][] = [["content-type", "application/json"]];
  for (const name of HEADERS) {
    const value = members.get(name);
    // What cannot stand in a header would be an error of `fetch`, not a refusal of the clerk's.
    if (typeof value !== "string" || !/^[\x21-\x7e]{1,200}$/.test(value)) return null;
    headers.push([name, value]);
  }
  return { headers: Object.fromEntries(headers), body: JSON.stringify(body) };
}

/** A new channel's address; null: none could be had. `at`: {@link NEW_CHANNEL}. */
export async function newChannel(at: string): Promise<string | null> {
  try {
    const answer = await fetch(at, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(10_000),
    });
    const channel = new URL(answer.headers.get("location") ?? "", at);
    const right = channel.origin === new URL(at).origin && /^\/[\w-]{1,128}$/.test(channel.pathname);
    return right && answer.status >= 300 && answer.status < 400 ? channel.href : null;
  } catch {
    return null;
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
