import { isGitHubsCloud } from "../platform/gitHubAddress.js";
import { ClerkOctokit } from "./connect.js";

/** The first that has `fullDatabaseId`, by which comments and reviews are told apart: no query of the clerk's works without. */
const OLDEST_SERVER = "3.13";

export type ServerVersion =
  /** GitHub runs it itself (or a proxy stands before one that GitHub runs), and it has no version. */
  | { readonly kind: "none" }
  | { readonly kind: "known"; readonly version: string; readonly tooOld: boolean }
  | { readonly kind: "unknown"; readonly why: string };

const PATIENCE = 5_000;

/**
 * Which GitHub Enterprise Server this is. It says so to anybody, also where it refuses everything else to who is not signed in.
 * https://docs.github.com/en/enterprise-server@3.13/rest/meta/meta#get-github-enterprise-server-meta-information
 */
export async function serverVersion(baseUrl: string): Promise<ServerVersion> {
  if (isGitHubsCloud(baseUrl)) return { kind: "none" };
  const { answered, headers, data } = await meta(baseUrl);
  if (!answered) return { kind: "unknown", why: "it does not answer" };
  const installed = typeof data === "object" && data !== null && "installed_version" in data;
  // `enterprise-server@3.13.0` in the header
  const said = `${installed ? data.installed_version : (headers["x-github-enterprise-version"] ?? "")}`;
  const [version, major, minor] = /(\d{1,4})\.(\d{1,4})(?:\.\d{1,6})?/.exec(said) ?? [];
  if (version === undefined)
    return /\/api\/v3\/?$/.test(baseUrl) ? { kind: "unknown", why: "it does not say" } : { kind: "none" };
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_SERVER.split(".").map(Number);
  const tooOld =
    Number(major) < oldestMajor || (Number(major) === oldestMajor && Number(minor) < oldestMinor);
  return { kind: "known", version, tooOld };
}

interface Meta {
  readonly answered: boolean;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

async function meta(baseUrl: string): Promise<Meta> {
  const asked = { request: { signal: AbortSignal.timeout(PATIENCE) } };
  try {
    const { headers, data } = await new ClerkOctokit({ baseUrl }).request("GET /meta", asked);
    return { answered: true, headers, data };
  } catch (thrown) {
    const { response } = thrown as { readonly response?: Omit<Meta, "answered"> };
    return response === undefined
      ? { answered: false, headers: {}, data: null }
      : { answered: true, headers: response.headers, data: null };
  }
}

export const tooOldSentence = (version: string): string =>
  `This is GitHub Enterprise Server ${version}, and the clerk needs ${OLDEST_SERVER} or newer: an older one cannot tell it the ids of comments and reviews. Update the server.`;

export const unknownVersionSentence = (baseUrl: string, why: string): string =>
  `Which version of GitHub Enterprise Server is at ${baseUrl} is not known: ${why}. The clerk needs ${OLDEST_SERVER} or newer, and reads nothing on an older one.`;
