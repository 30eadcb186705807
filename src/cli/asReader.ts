import { withFullStop } from "../domain/messages/grammar.js";
import type { ReaderCredentials } from "../environment/credentials.js";
import { Meter } from "../github/client/meter.js";
import { connectByToken } from "../github/connectByToken.js";
import { NO_INSTALLATION } from "../github/read/whoIsTheClerk.js";
import { type Clock, gitHubClock } from "../platform/clock.js";
import { silentLog } from "../platform/log.js";
import { RequestTracker } from "../runtime/server/requestTracker.js";
import { noMemory } from "./noMemory.js";
import { type SignedIn, type Wanted, whyNot } from "./session.js";

/**
 * Signs in with a token of anybody's who can read the repository, for one question on the command line. Whoever holds it has no key of the App's: it
 * believes what the App itself wrote on GitHub (`byAuthorship`), and so has to know which App that is (`app`: as somebody said it, or null).
 * `mayBeNone`: the question makes sense where no clerk is at work yet.
 */
export async function asReader(
  wanted: Wanted,
  { token, variable, baseUrl }: ReaderCredentials,
  app: string | null,
  machine: Clock,
  mayBeNone = false,
): Promise<SignedIn> {
  const clock = gitHubClock(machine);
  const meter = new Meter();
  const Octokit = new RequestTracker(clock).octokit();
  const { owner, name, number = null } = wanted;
  const read = await connectByToken(
    {
      ...noMemory(clock),
      client: new Octokit({ auth: { token }, baseUrl }),
      clock: machine,
      gitHubClock: clock,
      log: silentLog,
      meter,
    },
    { owner, name, number, app, ...(mayBeNone ? { mayBeNone } : {}) },
  );
  const there = `${owner}/${name}`;
  switch (read.kind) {
    case "read":
      return {
        kind: "signed_in",
        session: { installation: NO_INSTALLATION, github: read.connection, clock, meter },
      };
    case "denied":
      return {
        kind: "not",
        why: withFullStop(`GitHub does not accept the token in ${variable}: ${read.why}`),
      };
    case "hidden":
      return {
        kind: "not",
        why: `The token in ${variable} cannot read ${there}, or there is no such repository.`,
      };
    case "unclear":
      return { kind: "not", why: withFullStop(`It is not clear which App is the clerk: ${read.why}`) };
    case "gone":
    case "unreadable":
      return {
        kind: "not",
        why: `${there}${number === null ? "" : `#${number}`} cannot be read: ${whyNot(read, clock.now())}.`,
      };
  }
}
