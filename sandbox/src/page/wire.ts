import type { IncomingMessage, ServerResponse } from "node:http";
import type { Notice } from "./frame.js";

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
    if (key === name && value !== undefined) return decodeURIComponent(value);
  }
  return null;
}

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

export function sendPage(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, {
      ...HEADERS,
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

export const setCookie = (name: string, value: string): string =>
  `${name}=${encodeURIComponent(value)}; Path=/; SameSite=Strict; HttpOnly`;

/** What is told on the next page and never again. */
export class Notices {
  readonly #waiting = new Map<string, Notice>();
  #count = 0;

  add(notice: Notice): string {
    this.#count += 1;
    const key = String(this.#count);
    this.#waiting.set(key, notice);
    if (this.#waiting.size > 100) this.#waiting.delete(this.#waiting.keys().next().value ?? "");
    return key;
  }

  take(key: string | null): Notice | null {
    const notice = key === null ? undefined : this.#waiting.get(key);
    if (key !== null) this.#waiting.delete(key);
    return notice ?? null;
  }
}
