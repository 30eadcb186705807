import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { LRUCache } from "lru-cache";
import { answerTo, type PagesOptions, refusal } from "./answering.js";
import { conditional, etagOf, packedTag, takesGzip } from "./conditional.js";
import { headersOf, type Sent } from "./headers.js";
import { Share } from "./share.js";

/** Addresses of the pages are far shorter; what patterns are tried on is bounded by this. */
const LONGEST_URL = 2_048;
/** Strangers together take no more of the clerk than this many answers at a time. */
export const MOST_AT_ONCE = 50;
/** How long one may take, in milliseconds. */
const PATIENCE = 10_000;
/** What fits one packet is not worth packing. */
const WORTH_PACKING = 1_024;
const MOST_PACKED_BYTES = 8 * 1_024 * 1_024;

const gzipped = promisify(gzip);

/**
 * The pages over HTTP: `/OWNER/REPOSITORY/…` by the routes, and `/`, where they begin. It answers all it is asked, so it comes last. Nothing is
 * written here, and nothing that a stranger sends makes it throw: whatever is no GET or HEAD is refused, and what is too much is put off.
 */
export function pagesHandler(
  options: PagesOptions & { readonly patience?: number },
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const { patience = PATIENCE } = options;
  const pack = packing();
  const share = new Share();
  let working = 0;

  const replyTo = async (request: IncomingMessage, path: string, query: string): Promise<Sent> => {
    if (request.method !== "GET" && request.method !== "HEAD")
      return refusal(405, "Only GET and HEAD are answered here.");
    if (path.length + query.length > LONGEST_URL) return refusal(414, "This address is too long.");
    if (working >= MOST_AT_ONCE) return refusal(503, "Too many are asking at once.");
    working += 1;
    // What takes too long is told of, and keeps its place until it ends: who asks again and again must not pile it up.
    const late = refusal(503, "This takes too long just now.");
    let isLate = false;
    const work = share
      .take(async () => (isLate ? late : answerTo(path, query, options)))
      .finally(() => {
        working -= 1;
      });
    const reply = await within(patience, work, late);
    isLate = reply === late;
    return reply;
  };

  return async (request, response) => {
    const { path, query } = partsOf(request.url ?? "/");
    const reply = await replyTo(request, path, query);
    const headers = headersOf(reply, path);
    const etag = etagOf(reply.body);
    if (reply.status === 200 && conditional(request.headers, etag)) {
      const { "content-type": _, ...rest } = headers;
      finish(response, 304, { ...rest, etag }, null);
      return true;
    }
    const body = Buffer.from(reply.body);
    const small =
      body.length >= WORTH_PACKING && takesGzip(request.headers) ? await pack(reply.body, etag) : null;
    finish(
      response,
      reply.status,
      {
        ...headers,
        ...(reply.status === 200 ? { etag: small === null ? etag : packedTag(etag) } : {}),
        ...(small === null ? {} : { "content-encoding": "gzip" }),
        "content-length": String((small ?? body).length),
      },
      request.method === "HEAD" ? null : (small ?? body),
    );
    return true;
  };
}

/** Packing costs more than all the rest, so what was packed is kept by its tag. */
function packing(): (body: string, etag: string) => Promise<Buffer> {
  const kept = new LRUCache<string, Buffer>({
    maxSize: MOST_PACKED_BYTES,
    sizeCalculation: ({ length }) => length + 1,
  });
  return async (body, etag) => {
    const known = kept.get(etag);
    if (known !== undefined) return known;
    const packed = await gzipped(body);
    kept.set(etag, packed);
    return packed;
  };
}

/** Path and what stands behind the question mark; of a whole address, as proxies are sent it, what comes after the host. */
function partsOf(url: string): { readonly path: string; readonly query: string } {
  const at = url.indexOf("?");
  const address = at < 0 ? url : url.slice(0, at);
  return {
    path: address.replace(/^https?:\/\/[^/]*/i, "") || "/",
    query: at < 0 ? "" : url.slice(at + 1),
  };
}

async function within<T>(patience: number, work: Promise<T>, late: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const alarm = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), patience);
  });
  try {
    return await Promise.race([work, alarm]);
  } finally {
    clearTimeout(timer);
    // Where the alarm was first, nobody waits for the work any more, and nobody would hear it fail.
    work.catch(() => {});
  }
}

/** A client that is gone meanwhile is not answered. */
function finish(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer | null,
): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, headers);
  if (body === null) response.end();
  else response.end(body);
}
