import { Misuse, Refused } from "./misuse.js";
import { type PullName, pullNamed, type RepositoryName, repositoryNamed } from "./named.js";
import type { OptionRow } from "./options.js";
import type { Session, Wanted } from "./session.js";

/* What the commands that ask GitHub have in common. Loaded when one is called: `check` needs none of it. */

export const JSON_OPTION = {
  type: "boolean",
  does: "the same for programs, as JSON (docs/commands.md has its fields)",
} as const satisfies OptionRow;

export const APP_OPTION = {
  type: "string",
  value: "SLUG",
  does: "with a token: which App is the clerk, as at the end of github.com/apps/SLUG, where GitHub does not show it",
} as const satisfies OptionRow;

export const NEEDS_READER =
  "GITHUB_TOKEN (or GH_TOKEN), a token of anybody's who can read the repository; for a public one it needs no scope. Or the App's own APP_ID and PRIVATE_KEY (or PRIVATE_KEY_PATH). From the environment or a .env file here.";

/** GitHub's API, by the environment or a `.env` file. */
export async function baseUrl(): Promise<string> {
  const { addDotEnv } = await import("../platform/dotEnv.js");
  const { readBaseUrl } = await import("../environment/gitHubApi.js");
  const fault = addDotEnv(process.env, ".env");
  if (fault !== null) throw new Refused(fault);
  return readBaseUrl(process.env);
}

export const repositoryIn = async (word: string): Promise<RepositoryName> =>
  repositoryNamed(word, await baseUrl());

export const pullIn = async (word: string): Promise<PullName> => pullNamed(word, await baseUrl());

/** Signed in, or refused. `mayBeNone`: also where no clerk is at work yet. */
export async function signedIn(wanted: Wanted, app: string | null, mayBeNone = false): Promise<Session> {
  if (app !== null && !/^[A-Za-z0-9-]{1,100}$/.test(app))
    throw new Misuse(`"${app}" is no App's name: write it as it stands at the end of github.com/apps/SLUG.`);
  const { signIn } = await import("./signIn.js");
  const read = await signIn(wanted, app, mayBeNone);
  if (read.kind === "not") throw new Refused(read.why);
  return read.session;
}
