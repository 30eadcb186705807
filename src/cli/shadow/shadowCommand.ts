import { DAY, type Instant } from "../../domain/text/time.js";
import { hasNothingToSignInWith } from "../../environment/credentials.js";
import { systemClock } from "../../platform/systemClock.js";
import { signedIn } from "../asking.js";
import { readDraft } from "../draft/draftFile.js";
import { Misuse, Refused } from "../misuse.js";
import type { RepositoryName } from "../named.js";
import { note, print, printJson, progress } from "../terminal.js";
import { type Outlet, shadow } from "./shadow.js";

/** What is looked at besides the open pull requests, where nobody says it. */
const SPAN = 90 * DAY;

export interface ShadowOptions {
  readonly since: string | null;
  readonly config: string | null;
  readonly follow: boolean;
  readonly json: boolean;
  readonly app: string | null;
}

/** `msc-clerk shadow …`: resolves with the exit code. */
export async function shadowCommand(
  wanted: RepositoryName,
  { since: day, config, follow, json, app }: ShadowOptions,
): Promise<number> {
  const since = day === null ? systemClock.now() - SPAN : dayIn(day);
  const given = config === null ? null : readDraft(config);
  if (hasNothingToSignInWith(process.env)) throw new Refused(NO_TOKEN);
  const session = await signedIn(wanted, app, true);
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  // Whoever read it has gone, as `head` does: there is nobody left to tell.
  process.stdout.on("error", stop);
  try {
    return await shadow({ wanted, since, given, signal: stopped.signal }, follow, session, outlet(json));
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** https://docs.github.com/en/graphql/guides/forming-calls-with-graphql#authenticating-with-graphql */
const NO_TOKEN =
  "There is nothing to sign in with. Who ticked which box GitHub tells nobody without a token: set GITHUB_TOKEN (or GH_TOKEN). For a public repository one without any scope is enough.";

const outlet = (json: boolean): Outlet => ({
  tell: print,
  json: json ? (line) => void printJson(line, false) : null,
  progress,
  note,
});

/** The beginning of that day, in UTC. */
function dayIn(text: string): Instant {
  const at = Date.parse(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at) || !new Date(at).toISOString().startsWith(text))
    throw new Misuse(`"${text}" is no day: write it as 2027-03-03.`);
  return at;
}
