import { checkpointSigner, readCheckpoint } from "../../decisions/checkpoint.js";
import { readRegisterPage, registerIssues, wholeRegister } from "../../decisions/registerText.js";
import type { SigningKeys } from "../../decisions/signingKeys.js";
import type { DutyConnection } from "../../github/issues.js";
import type { RepositoryRef } from "../../github/ports.js";
import type { Recovered } from "./decisions.js";

interface Parts {
  readonly issues: Pick<DutyConnection, "issues">;
  /** `slug[bot]`, once it is known. */
  readonly login: () => string | null;
  readonly keys: SigningKeys;
}

/**
 * The register of decisions as GitHub shows it, for a store that was lost. Anybody who can write there can change an issue's text, so it is
 * believed as far as the checkpoint below it, signed with one of this clerk's own keys, says. A clerk without keys has nothing to hold it against.
 */
export const recoverRegister =
  ({ issues, login, keys }: Parts) =>
  async (ref: RepositoryRef): Promise<Recovered> => {
    const me = login();
    if (me === null) return unavailable("GitHub does not say yet who the clerk is");
    const listed = await issues.issues(ref, me);
    if (listed.kind === "unreadable")
      return unavailable(`the register of decisions cannot be read: ${listed.why}`);
    // Where Issues are off there is no register either.
    if (listed.kind === "gone") return { kind: "lines", lines: [] };
    const pages = registerIssues(listed.issues);
    if (pages.length === 0) return { kind: "lines", lines: [] };
    const read = pages.map(({ body }) => readRegisterPage(body));
    const lines = wholeRegister(read.map((page) => page.lines));
    const newest = lines?.at(-1);
    if (lines === null || newest === undefined) return unavailable(CHANGED);
    if (keys.publicKeys.length === 0) return { kind: "lines", lines };
    const proven = read.some(({ checkpoint }) => {
      if (checkpoint === null || checkpointSigner(checkpoint, keys.publicKeys) === null) return false;
      const at = readCheckpoint(checkpoint);
      return at?.size === newest.number && at.hash === newest.hash;
    });
    return proven ? { kind: "lines", lines } : unavailable(CHANGED);
  };

const CHANGED =
  "the store knows of no decision, and the register of decisions on GitHub is not as the clerk left it: bring the store back, or the text of that issue from its edit history";

const unavailable = (why: string): Recovered => ({ kind: "unavailable", why });
