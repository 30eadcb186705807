import { hashOf } from "../../decisions/canonical.js";
import { checkpointSigner, readCheckpoint } from "../../decisions/checkpoint.js";
import { recordInComment } from "../../decisions/inComment.js";
import { readRegisterPage, registerIssues, wholeRegister } from "../../decisions/registerText.js";
import { readRecord } from "../../decisions/shape.js";
import { isSignedBy, type SigningKeys } from "../../decisions/signingKeys.js";
import { DAY, type Instant } from "../../domain/text/time.js";
import type { DutyConnection } from "../../github/issues.js";
import type { RepositoryRef } from "../../github/ports.js";
import type { Clock } from "../../platform/clock.js";
import type { DecisionLine } from "../../store/port.js";
import type { Recovered } from "./decisions.js";

interface Parts {
  readonly issues: Pick<DutyConnection, "issues" | "comments">;
  /** `slug[bot]`, once it is known. */
  readonly login: () => string | null;
  readonly keys: SigningKeys;
  /** GitHub's time. */
  readonly clock: Clock;
}

/**
 * The register of decisions as GitHub shows it, for a store that was lost. Anybody who can write there can change an issue's text, so it is
 * believed as far as the checkpoint below it, signed with one of this clerk's own keys, says. A clerk without keys has nothing to hold it against.
 *
 * A decision is announced before its line is written, and whatever ends the clerk in between leaves it out: so what was announced since the last line
 * is asked for too, and counts where it is signed and goes on from there.
 */
export const recoverRegister =
  (parts: Parts) =>
  async (ref: RepositoryRef, repository: number): Promise<Recovered> => {
    const me = parts.login();
    if (me === null) return unavailable("GitHub does not say yet who the clerk is");
    const listed = await listedLines(parts, ref, me);
    if (listed.kind === "unavailable") return listed;
    const announced = await announcedLines(parts, ref, me, repository, listed.lines);
    if (announced.kind === "unavailable") return announced;
    return { kind: "lines", lines: [...listed.lines, ...announced.lines] };
  };

async function listedLines({ issues, keys }: Parts, ref: RepositoryRef, me: string): Promise<Recovered> {
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
}

/** Further back nothing is looked for: the next start, or the next run, has written the line. */
const LOOKS_BACK = 60 * DAY;

/** Without keys nothing that stands in a comment is proven. */
async function announcedLines(
  { issues, keys, clock }: Parts,
  ref: RepositoryRef,
  me: string,
  repository: number,
  listed: readonly DecisionLine[],
): Promise<Recovered> {
  if (keys.publicKeys.length === 0) return { kind: "lines", lines: [] };
  const since = Math.max(listed.at(-1)?.at ?? 0, clock.now() - LOOKS_BACK);
  const read = await issues.comments(ref, me, since);
  if (read.kind === "unreadable")
    return unavailable(
      `what was announced since the last decision in the register cannot be read: ${read.why}`,
    );
  const found = read.kind === "gone" ? [] : read.comments.flatMap((one) => signedLine(one, keys, repository));
  const lines: DecisionLine[] = [];
  for (;;) {
    const last = lines.at(-1) ?? listed.at(-1);
    const next = found.find(
      ({ line, previous }) => line.number === (last?.number ?? 0) + 1 && previous === (last?.hash ?? null),
    );
    if (next === undefined) return { kind: "lines", lines };
    lines.push(next.line);
  }
}

function signedLine(
  { body, url }: { readonly body: string; readonly url: string },
  keys: SigningKeys,
  repository: number,
): readonly { readonly line: DecisionLine; readonly previous: string | null }[] {
  const found = recordInComment(body);
  if (found === null || found.signature === null) return [];
  const { key, value } = found.signature;
  if (!keys.publicKeys.includes(key) || !isSignedBy(found.json, key, value)) return [];
  const read = readRecord(found.json);
  if (read.kind === "not" || read.record.repository.id !== repository) return [];
  const { number, proposal, motion, outcome, previous } = read.record;
  const at: Instant = Date.parse(read.record.at);
  const line = {
    number,
    pull: proposal.number,
    motion: motion.number,
    outcome,
    at,
    hash: hashOf(found.json),
    url,
  };
  return [{ line, previous }];
}

const CHANGED =
  "the store knows of no decision, and the register of decisions on GitHub is not as the clerk left it: bring the store back, or the text of that issue from its edit history";

const unavailable = (why: string): Recovered => ({ kind: "unavailable", why });
