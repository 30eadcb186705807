import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { HOUR, type Instant } from "../../domain/text/time.js";
import type { Clock } from "../../platform/clock.js";
import type { Log } from "../../platform/log.js";
import { SparingLog } from "../../platform/sparingLog.js";
import { Bodies, LARGEST_BODY } from "./bodies.js";
import { type Handler, pathOf, refuse } from "./http.js";

/** Where the App's settings send webhooks. */
export const WEBHOOK_PATH = "/api/github/webhooks";

export interface WebhookParts {
  /** The newest first: any of them will do. */
  readonly secrets: readonly [string, ...string[]];
  /**
   * Called with signed webhooks only. It must be quick: GitHub gives up after ten seconds, so what a webhook asks for is
   * enqueued, never done while GitHub waits for the answer.
   */
  readonly onWebhook: (name: string, payload: unknown, delivery: string) => void;
  /** Told how each webhook was answered (a status), and whether an older secret had signed it. */
  readonly onAnswer: (status: number, bySecret: "newest" | "older" | "none") => void;
  readonly stopping: () => boolean;
  readonly log: Log;
  readonly clock: Clock;
}

/** While a secret is being replaced: how often it is told that the older one is still in use. */
const TOLD_EVERY = HOUR;

/**
 * Takes signed webhooks. A request whose head shows that it is none is refused before its body is read. Of the others the body is read
 * within bounds (`bodies.ts`), its signature is computed as it comes, and it becomes text only when the signature is right.
 *
 * This is the one place that verifies. The bytes as they came are what GitHub signed; a library that verifies text would first make
 * text of up to 25 MB for anybody who sends something of a signature's form.
 */
export function webhookHandler(parts: WebhookParts): Handler {
  const { secrets, onWebhook, onAnswer, stopping, log, clock } = parts;
  const [newest, ...older] = secrets;
  const bodies = new Bodies();
  let olderToldAt: Instant | null = null;
  const tellOlder = (delivery: string): void => {
    if (olderToldAt !== null && clock.now() < olderToldAt + TOLD_EVERY) return;
    olderToldAt = clock.now();
    log.info(
      "A webhook was signed by an older secret of WEBHOOK_SECRET: leave that there until this is not said any more for as long as GitHub may send again, three days.",
      { delivery },
    );
  };
  const refusals = new SparingLog(log);
  const no = (request: IncomingMessage, response: ServerResponse, { status, why }: Refusal): void => {
    refusals.warn(`A webhook was refused: ${why}.`, { status, from: request.socket.remoteAddress ?? null });
    onAnswer(status, "none");
    refuse(response, status, `Refused: ${why}.`, status === 503 ? { "retry-after": "10" } : {});
  };
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const head = requestHeadOf(request.headers);
    if ("why" in head) return no(request, response, head);
    if (request.headers.expect !== undefined) response.writeContinue();
    const hmac = createHmac("sha256", newest);
    const body = await bodies.read(request, head.length, (piece) => hmac.update(piece));
    if (body.kind === "gone") return;
    if (body.kind === "refused") {
      // It may have been GitHub's, which sends nothing twice: the next resync, within ten minutes, finds what it was about.
      const lost =
        body.status === 503 ? "; if it was GitHub's, the next resync finds what it would have told" : "";
      return no(request, response, { status: body.status, why: body.why + lost });
    }
    try {
      const isNewest = timingSafeEqual(hmac.digest(), head.signature);
      if (!isNewest && !older.some((secret) => isSigned(body.bytes, secret, head.signature))) {
        return no(request, response, { status: 400, why: "its signature is not one by WEBHOOK_SECRET" });
      }
      const payload = objectIn(body.bytes);
      if (payload === null) {
        return no(request, response, { status: 400, why: "it is signed, and no JSON object" });
      }
      log.debug("A webhook was heard.", { event: head.event, delivery: head.delivery });
      if (!isNewest) tellOlder(head.delivery);
      onAnswer(200, isNewest ? "newest" : "older");
      onWebhook(head.event, payload, head.delivery);
    } finally {
      body.release();
    }
    response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
  };
  return async (request, response) => {
    if (request.method !== "POST") return false;
    // An App made by an older set-up page without PUBLIC_URL sends its webhooks to the root.
    if (!["/", WEBHOOK_PATH].includes(pathOf(request))) return false;
    if (stopping()) {
      onAnswer(503, "none");
      refuse(response, 503, "Stopping; the next start looks at everything.");
    } else await take(request, response);
    return true;
  };
}

const isSigned = (bytes: Buffer, secret: string, signature: Buffer): boolean =>
  timingSafeEqual(createHmac("sha256", secret).update(bytes).digest(), signature);

interface Refusal {
  readonly status: number;
  readonly why: string;
}

interface Head {
  readonly length: number;
  readonly event: string;
  readonly delivery: string;
  /** 32 bytes. */
  readonly signature: Buffer;
}

/** What the head of a webhook says, or why it cannot be one of GitHub's. https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers */
export function requestHeadOf(headers: IncomingHttpHeaders): Head | Refusal {
  const signature = /^sha256=([0-9a-f]{64})$/.exec(text(headers["x-hub-signature-256"]))?.[1];
  if (signature === undefined) {
    return headers["x-hub-signature-256"] === undefined
      ? {
          status: 400,
          why: "it has no signature (X-Hub-Signature-256); set a secret in the App's settings",
        }
      : { status: 400, why: "its signature does not have the form of one" };
  }
  const event = text(headers["x-github-event"]);
  if (!/^[A-Za-z0-9_]{1,64}$/.test(event)) return { status: 400, why: "it names no event (X-GitHub-Event)" };
  const delivery = text(headers["x-github-delivery"]);
  if (!/^[A-Za-z0-9-]{1,64}$/.test(delivery)) {
    return { status: 400, why: "it has no number (X-GitHub-Delivery)" };
  }
  if (!/^application\/json\s*(;|$)/i.test(text(headers["content-type"]))) {
    return { status: 415, why: "it is not application/json; set that as content type in the App's settings" };
  }
  if (!/^(identity)?$/i.test(text(headers["content-encoding"]))) {
    return { status: 415, why: "its body is compressed, as GitHub's never is" };
  }
  const length = text(headers["content-length"]);
  if (headers["transfer-encoding"] !== undefined || !/^\d{1,15}$/.test(length)) {
    return { status: 411, why: "it does not say how long it is, as GitHub's do" };
  }
  if (Number(length) > LARGEST_BODY) return { status: 413, why: "it is longer than GitHub's ever are" };
  if (Number(length) === 0) return { status: 400, why: "it is empty" };
  return { length: Number(length), event, delivery, signature: Buffer.from(signature, "hex") };
}

const text = (header: string | readonly string[] | undefined): string =>
  typeof header === "string" ? header : "";

/** null: it is not UTF-8, no JSON, or JSON of another kind. */
function objectIn(bytes: Buffer): object | null {
  try {
    const parsed: unknown = JSON.parse(
      new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes),
    );
    return typeof parsed === "object" && !Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}
