import { cutTo } from "../domain/text/cut.js";
import type { Clock } from "../platform/clock.js";
import { silentLog } from "../platform/log.js";
import { Caller } from "./client/call.js";
import { ask } from "./client/graphql.js";
import { Meter } from "./client/meter.js";
import { readOne } from "./client/rest.js";
import { type AppName, type Client, requestsThrough } from "./connect.js";
import type { RepositoryRef } from "./ports.js";
import { VIEWER } from "./read/queries/generated.js";
import type { Read, Unreadable } from "./readResult.js";

/** `refused`: it is not one that a clerk may work with; one plain sentence or more. */
export type AppOfToken =
  | Read<{ app: AppName }>
  | { readonly kind: "refused"; readonly why: string }
  | Unreadable;

/** The account of GITHUB_TOKEN: https://docs.github.com/en/actions/concepts/security/github_token */
const EVERYBODYS = "github-actions";

const GIVE =
  "Give the token of the body's own App, as actions/create-github-app-token makes it from a key that only the default branch can reach (docs/actions.md).";

/**
 * Which App an installation's token speaks as. GitHub Actions' own is refused: every workflow of everybody who can write to the repository speaks as
 * it, so what it has said, signed or approved proves nothing. A person's is too: the clerk is nobody on the roster.
 */
export async function appOfToken(
  client: Client,
  { installation }: Pick<RepositoryRef, "installation">,
  clock: Clock,
): Promise<AppOfToken> {
  const caller = new Caller({
    requestFor: requestsThrough(async () => client),
    ...{ clock, gitHubClock: clock, log: silentLog, meter: new Meter(), jitter: Math.random },
  });
  const asked = await ask(caller, installation, VIEWER, {});
  if (asked.kind === "gone") return { kind: "refused", why: notTaken(asked.why) };
  if (asked.kind === "unreadable")
    return /credentials/i.test(asked.why) ? { kind: "refused", why: notTaken(asked.why) } : asked;
  const { login } = asked.data.viewer;
  const [, slug] = /^(.+)\[bot\]$/.exec(login) ?? [];
  if (slug === undefined)
    return {
      kind: "refused",
      why: `The token is a person's (${cutTo(login, 100)}), and what the clerk writes must be nobody's on the roster. ${GIVE}`,
    };
  if (slug === EVERYBODYS)
    return {
      kind: "refused",
      why: `The token is that of github-actions[bot], and it may never be the clerk: every workflow of everybody who can write to this repository speaks as it, so whatever it says, signs or approves proves nothing. ${GIVE}`,
    };
  // With an installation's token it answers for an App that is not public too: https://docs.github.com/en/rest/apps/apps#get-an-app
  const read = await readOne(caller, installation, "GET /apps/{app_slug}", { app_slug: slug });
  if (read.kind === "unreadable") return read;
  if (read.kind === "gone" || read.data === null)
    return { kind: "refused", why: `GitHub shows no App ${slug}, whose token this should be.` };
  return { kind: "read", app: { id: Number(read.data.id), slug } };
}

const notTaken = (why: string): string =>
  `GitHub does not take the token: ${why.replace(/\.+$/, "")}. An App's runs out after an hour, and with its job.`;
