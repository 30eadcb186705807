import type { IncomingHttpHeaders } from "node:http";

/** The names a page may be reached by. */
export interface OwnNames {
  /** Host names in lower case, IPv6 addresses in brackets. */
  readonly hosts: ReadonlySet<string>;
  /** `https://clerk.example.org`; null: none is known. */
  readonly publicOrigin: string | null;
}

export function ownNames(host: string, publicUrl: string | undefined): OwnNames {
  const hosts = new Set(["localhost", "127.0.0.1", "[::1]"]);
  // The address to listen on is a name too, unless it means "all of them".
  if (!["0.0.0.0", "::", ""].includes(host))
    hosts.add((host.includes(":") ? `[${host}]` : host).toLowerCase());
  const url = publicUrl === undefined ? null : new URL(publicUrl);
  if (url !== null) hosts.add(url.hostname);
  return { hosts, publicOrigin: url?.origin ?? null };
}

/**
 * Why a request cannot come from a person on this page itself; null: it may.
 *
 * Any web page can send requests to this machine's own addresses from the browser of a person who has it open. Two things tell them
 * apart, and browsers let no page choose either: the name asked for (`Host`), which is a foreign one where a page has pointed a
 * name of its own at this machine to read the answers (DNS rebinding), and where a request that changes something comes from
 * (`Origin`, `Sec-Fetch-Site`).
 */
export function whyForeign(
  headers: IncomingHttpHeaders,
  changes: boolean,
  { hosts, publicOrigin }: OwnNames,
): string | null {
  const host = headers.host?.toLowerCase() ?? "";
  const name = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/.exec(host)?.[1];
  if (name === undefined || !hosts.has(name)) {
    return "this page answers only to localhost, HOST and the host of PUBLIC_URL; set PUBLIC_URL to the address it is opened by";
  }
  if (!changes) return null;
  const { origin } = headers;
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return FROM_ELSEWHERE;
  if (origin === undefined) return site === undefined ? FROM_ELSEWHERE : null;
  const here = origin === `http://${host}` || origin === `https://${host}` || origin === publicOrigin;
  return here ? null : FROM_ELSEWHERE;
}

const FROM_ELSEWHERE = "it was not sent by this page itself";
