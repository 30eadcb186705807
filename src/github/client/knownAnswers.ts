import { LRUCache } from "lru-cache";
import { HOUR } from "../../domain/text/time.js";
import { sha256 } from "../../platform/sha256.js";

/** An answer to a GET that GitHub need not send again as long as it is the same. */
interface Known {
  readonly etag: string;
  /** An ETag is good for the token it was given to: with another one GitHub never says “not modified”. https://github.com/github/docs/issues/34689 */
  readonly credential: string;
  readonly text: string;
  /** Those that belong to the answer, and not to the request that brought it. */
  readonly headers: readonly (readonly [string, string])[];
}

/** Of the answers' texts, in letters: a resync over three hundred open proposals reads less than five million. */
const ROOM = 24_000_000;
const OF_THE_ANSWER = ["content-type", "etag", "link"];

/**
 * Reads again what was read before without cost: GitHub is told which answer is known, and where nothing has changed it says so (304), which is
 * not counted against the hour's limit. Whoever asked gets the very text of before. An answer is kept whole, or not at all.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests
 */
export class KnownAnswers {
  readonly #known = new LRUCache<string, Known>({
    maxSize: ROOM,
    sizeCalculation: ({ text }) => text.length + 500,
    // Tokens of an App's installation are good for as long.
    ttl: HOUR,
  });

  /** For Octokit to send the GETs of one installation by. */
  asking(installation: number): typeof fetch {
    return async (url, init) => {
      const headers = new Headers(init?.headers);
      const key = `${installation} ${headers.get("accept")} ${String(url)}`;
      const credential = sha256(headers.get("authorization") ?? "");
      const found = this.#known.get(key);
      const known = found?.credential === credential ? found : undefined;
      if (known !== undefined) headers.set("if-none-match", known.etag);
      const answer = await fetch(url, { ...init, headers: Object.fromEntries(headers) });
      if (answer.status === 304 && known !== undefined) return asBefore(known, answer);
      this.#known.delete(key);
      const etag = answer.headers.get("etag");
      if (answer.status !== 200 || etag === null) return answer;
      // Fails where the body is cut off, as a line that breaks does.
      const text = await answer.text();
      if (isWhole(text) && !mayGoOn(text, answer.headers)) {
        const own = [...answer.headers].filter(([name]) => OF_THE_ANSWER.includes(name));
        this.#known.set(key, { etag, credential, text, headers: own });
      }
      return new Response(text, { status: 200, headers: answer.headers });
    };
  }
}

/** The limits and the time are those of now. */
function asBefore({ text, headers }: Known, { headers: now }: Response): Response {
  const all = new Headers(now);
  for (const name of OF_THE_ANSWER) all.delete(name);
  for (const [name, value] of headers) all.set(name, value);
  return new Response(text, { status: 200, headers: all });
}

/**
 * The last page of a list, as full as a page can be. Should the list grow by one, this page stays the same to the letter, and so does its ETag;
 * only its `link` would lead on, which the tag does not cover (https://github.com/app-sre/github-mirror/issues/113).
 */
function mayGoOn(text: string, headers: Headers): boolean {
  if (headers.get("link")?.includes('rel="next"') === true) return false;
  const data: unknown = JSON.parse(text);
  const lists = Array.isArray(data)
    ? [data]
    : Object.values(typeof data === "object" && data !== null ? data : {});
  return lists.some((list) => Array.isArray(list) && list.length > 0 && list.length % FULL_PAGE === 0);
}

/** The clerk asks for pages of a hundred. */
const FULL_PAGE = 100;

/** A proxy can cut an answer off and say that it is whole. */
function isWhole(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
