import { ClerkOctokit } from "msc-clerk/github/connect.js";
import type { Clock } from "msc-clerk/platform/clock.js";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import { newSandbox, newSecrets, type Secrets } from "../clerk.js";
import type { Sandbox } from "../sandbox.js";
import { asking } from "./octokit.js";
import type { Place } from "./place.js";

export const SCRATCH = { owner: "kit-org", repo: "scratch" };
export const SECOND = "kit-second";
const LARGE = 5;

export interface SandboxPlace {
  readonly place: Place;
  readonly sandbox: Sandbox;
  readonly close: () => Promise<void>;
}

/** A scratch repository as the kit asks for one: empty, with the App on it, and an admin with a fork. */
export function scratchSandbox(
  secrets: Secrets,
  options: { readonly clock: Clock; readonly forkLagSeconds?: number },
): Sandbox {
  const sandbox = newSandbox(secrets, {
    ...options,
    owner: SCRATCH.owner,
    repository: { name: SCRATCH.repo },
  });
  sandbox.addUser(SECOND, { level: "admin" }).fork();
  return sandbox;
}

/** Of all that are made: making a key takes longer than a probe. */
let secrets: Secrets | null = null;

/** What the sandbox does is found out like what GitHub does: over HTTP, by the same probes. */
export async function sandboxPlace(hands: boolean): Promise<SandboxPlace> {
  secrets ??= newSecrets();
  const clock = new MovableClock(Date.UTC(2026, 2, 2, 9, 0, 0));
  const sandbox = scratchSandbox(secrets, { clock });
  const baseUrl = await sandbox.listen();
  const { privateKey } = secrets;
  let large: Place["largePulls"] | null = null;
  const { id: appId, slug, installationId } = sandbox.app;
  return {
    sandbox,
    close: () => sandbox.close(),
    place: {
      flavour: "sandbox",
      scratch: SCRATCH,
      appId,
      slug,
      page: `${baseUrl}/${SCRATCH.owner}/${SCRATCH.repo}`,
      app: asking(new ClerkOctokit({ baseUrl, auth: { appId, privateKey, installationId } })),
      second: asking(new ClerkOctokit({ baseUrl, auth: { token: sandbox.tokenFor(SECOND) } })),
      // Made when they are asked for: most probes do not.
      get largePulls() {
        large ??= largePulls(sandbox);
        return large;
      },
      wait: (milliseconds) => clock.advance(milliseconds),
      now: () => clock.now(),
      byHand: async (_what, _link, there) => {
        if (hands) there(sandbox);
        return hands;
      },
    },
  };
}

/** Some that have all that the large ones on GitHub have. */
function largePulls(sandbox: Sandbox) {
  const second = sandbox.as(SECOND);
  second.createLabel("large");
  return Array.from({ length: LARGE }, (_, index) => {
    const { number } = second.openPull({
      title: `Large ${index}`,
      files: { [`large-${index}.md`]: "Large.\n" },
    });
    for (let count = 0; count < 60; count += 1) {
      const { id } = second.comment(number, `Comment ${count}`);
      if (count % 10 === 0) second.editComment(id, `Comment ${count}, edited`);
    }
    second.inlineComment(number, `large-${index}.md`, 1, "Why?");
    for (let count = 0; count < 60; count += 1) {
      second.label(number, "large");
      second.unlabel(number, "large");
    }
    return { ...SCRATCH, number };
  });
}
