import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

/** Longer than any comment GitHub takes, so that GitHub's own refusal of it can be seen. */
const LARGEST_FORM = 4 * 1024 * 1024;

/** The fields of a form; null when it is too large. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > LARGEST_FORM) return null;
    pieces.push(piece);
  }
  return new URLSearchParams(Buffer.concat(pieces).toString("utf8"));
}

export function cookie(request: IncomingMessage, name: string): string | null {
  for (const part of (request.headers.cookie ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name && value !== undefined) return decoded(value);
  }
  return null;
}

/** null: no such text can have been meant. */
export function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** null: it is no address of this page. */
export const addressOf = ({ url = "/" }: IncomingMessage): URL | null =>
  /^\/(?!\/)/.test(url) && URL.canParse(url, "http://127.0.0.1") ? new URL(url, "http://127.0.0.1") : null;

/** Whether the page's own script asks: it waits by itself, and says that it does. */
export const byScript = ({ headers }: IncomingMessage): boolean => headers["x-live"] !== undefined;

/**
 * Another site in the same browser must neither act here nor read: the name asked for is loopback's own (a name that somebody
 * points at 127.0.0.1 is not), and what posts comes from this page.
 */
export function fromHere(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  if (host === undefined || !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) return false;
  return request.method !== "POST" || origin === undefined || origin === `http://${host}`;
}

const HEADERS = {
  "cache-control": "no-store",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

export function sendPage(
  response: ServerResponse,
  status: number,
  text: string,
  more: OutgoingHttpHeaders = {},
): void {
  response
    .writeHead(status, {
      ...HEADERS,
      ...more,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    })
    .end(text);
}

export const sendPlain = (
  response: ServerResponse,
  status: number,
  text: string,
  type = "text/plain",
): void => {
  response.writeHead(status, { ...HEADERS, "content-type": `${type}; charset=utf-8` }).end(`${text}\n`);
};

/** Only addresses of this page: `/…`, never `//elsewhere`. */
export const ownPath = (path: string | null): string =>
  path !== null && /^\/(?![/\\])[\w\-./#?=&:%]*$/.test(path) ? path : "/";

export function redirect(response: ServerResponse, to: string, cookies: readonly string[] = []): void {
  response
    .writeHead(303, {
      ...HEADERS,
      location: to,
      ...(cookies.length > 0 ? { "set-cookie": [...cookies] } : {}),
    })
    .end();
}

/** The same page, and what it is to tell. */
export function telling(path: string, told: string): string {
  const [page = "/", fragment] = path.split("#", 2);
  return `${page}${page.includes("?") ? "&" : "?"}told=${told}${fragment === undefined ? "" : `#${fragment}`}`;
}

export const setCookie = (name: string, value: string): string =>
  `${name}=${encodeURIComponent(value)}; Path=/; SameSite=Strict; HttpOnly`;

/** What only the terminal is told. */
export const tellFault = (thrown: unknown): void =>
  void process.stderr.write(
    `${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`,
  );
