import { wellFormed } from "../domain/text/cut.js";
import type { PageAnswer } from "./route.js";

/** What is sent: an answer of the pages, or what HTTP knows besides. */
export interface Sent extends Omit<PageAnswer, "status"> {
  readonly status: PageAnswer["status"] | 301 | 405 | 414;
}

type Headers = Readonly<Record<string, string>>;

/** Programs read these, wherever they were loaded from. */
const DATA_TYPES = /^(?:application\/(?:json|schema\+json|atom\+xml)|text\/calendar)(?:;|$)/;
const DATA_PATH = /\.(?:json|atom|ics)$/;

/** Nothing is loaded or run that this clerk does not serve itself, also where a page had a hole, or a feed is opened in a browser. */
const GUARDS: Headers = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};
/** Every script of every page may read these: they are public, and nobody is signed in here. */
const OPEN: Headers = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "etag",
  "cross-origin-resource-policy": "cross-origin",
};

/** What is asked for is data, or would be if there were any. */
export const isDataPath = (path: string): boolean => DATA_PATH.test(path);

/** The head of an answer, but for what hangs on its body. */
export function headersOf({ status, type, location }: Sent, path: string): Headers {
  const isData = DATA_TYPES.test(type) || isDataPath(path);
  return {
    ...GUARDS,
    ...(isData ? OPEN : { "cross-origin-resource-policy": "same-origin" }),
    "content-type": type,
    "cache-control": cachingOf(status, isData),
    vary: "accept-encoding",
    ...(status === 405 ? { allow: "GET, HEAD" } : {}),
    ...(status === 503 ? { "retry-after": "10" } : {}),
    ...(location === undefined ? {} : { location: headerText(location) }),
  };
}

/** Data may be a minute old. A page is asked for anew each time, and is a 304 as long as it is the same. */
function cachingOf(status: Sent["status"], isData: boolean): string {
  if (status !== 200) return "no-store";
  return isData ? "public, max-age=60" : "no-cache";
}

/** A header takes ASCII alone, and a line end in one would be the end of it: everything else is percent-encoded. */
const headerText = (text: string): string =>
  text.replace(/[^\x21-\x7e]+/g, (others) => encodeURIComponent(wellFormed(others)));
