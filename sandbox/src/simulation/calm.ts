import { isDeepStrictEqual } from "node:util";
import { MINUTE } from "msc-clerk/domain/text/time.js";
import { RecordKeys } from "msc-clerk/github/record/keys.js";
import { openRecord } from "msc-clerk/github/record/seal.js";
import { registerInText } from "msc-clerk/github/record/versions.js";
import type { Store } from "msc-clerk/store/port.js";
import { RECORD_KEYS } from "../clerk.js";
import type { Sandbox } from "../sandbox.js";
import { type Amendment, hasPassed } from "./amendment.js";
import { MARKER, OF_A_RUNNING_MOTION, STATES } from "./marks.js";
import {
  type Body,
  blocking,
  isApprovedAsItIs,
  isHeld,
  mayBegin,
  mayConclude,
  openMotion,
  type Reckoned,
  rightLabels,
} from "./model.js";
import { ownComments, statusOf } from "./people.js";

/** What stands on GitHub some hours after all faults are over, to be compared as a whole. */
export interface Calm {
  readonly sandbox: Sandbox;
  readonly body: Body;
  readonly now: number;
}

const keys = RecordKeys.from({ recordKeys: RECORD_KEYS });

/** null: all of it stands as it should. */
export function faultInAmendment({ sandbox, body, now }: Calm, amendment: Amendment): string | null {
  const labels = sandbox.labelsOn(amendment.number).filter((label) => STATES.includes(label));
  if (labels.length > 0) return `the labels are ${labels.join(", ")}, and should be none`;
  if (amendment.merged !== null) return null;
  const { conclusion, status } = sandbox.checkOn(amendment.number) ?? { conclusion: null, status: "none" };
  const passed = hasPassed(amendment, body.members, now);
  return (conclusion === "success") === passed
    ? null
    : `the check shows ${conclusion ?? status}, and should ${passed ? "be green" : "wait"}`;
}

/** null: all stands as this has it. */
export function faultIn(calm: Calm, number: number, standing: Reckoned): string | null {
  const { sandbox, body, now } = calm;
  const motion = standing.motions.at(-1);
  if (mayBegin(standing, body, true)) return "a Final Comment Period is due and has not begun";
  if (mayConclude(standing, body, now - MINUTE)) return "a Final Comment Period is due to end and has not";
  const labels = sandbox.labelsOn(number);
  // Closed without a motion: how people label that is left to them, but nothing of a motion that runs stays on it.
  const isLeft = standing.closedBy !== null && standing.motions.every(({ end }) => end === "cancelled");
  const shown = labels.filter((label) => (isLeft ? OF_A_RUNNING_MOTION : STATES).includes(label)).sort();
  const wanted = [...rightLabels(standing)].sort();
  if (shown.join() !== wanted.join())
    return `the labels are ${shown.join(", ") || "none"}, and should be ${wanted.join(", ") || "none"}`;
  const over = standing.merged || standing.closedBy !== null || motion?.end === "concluded";
  const open = standing.concerns.some((concern) => concern.open);
  if (!over && labels.includes("unresolved-concerns") !== open)
    return `unresolved-concerns ${open ? "is not on" : "is on"}`;
  const left = labels.find((label) => label.startsWith("vote:"));
  if (left !== undefined && !over) return `${left} is still on`;
  return faultInCheck(calm, number, standing) ?? faultInWords(calm, number, standing);
}

function faultInCheck({ sandbox, body }: Calm, number: number, standing: Reckoned): string | null {
  const run = sandbox.checkOn(number);
  const shown = run?.conclusion ?? run?.status ?? "none";
  const motion = standing.motions.at(-1);
  const isAccepted = motion?.end === "concluded" && motion.disposition === "merge";
  if (standing.merged) return null;
  if (isAccepted && standing.closedBy === null && !isHeld(standing) && blocking(standing).length === 0) {
    if (isApprovedAsItIs(standing, body, true))
      return shown === "success" ? null : `the check shows ${shown}, and should be green`;
    return shown === "success" && !isApprovedAsItIs(standing, body, false) ? "the check is green" : null;
  }
  if (motion?.end === "concluded" && motion.disposition !== "merge")
    return shown === "failure" ? null : `the check shows ${shown}`;
  if (standing.closedBy !== null) return null;
  return shown === "in_progress" ? null : `the check shows ${shown}, and should wait`;
}

/** The status comment has who has voted; each turn of a motion was told once. */
function faultInWords(
  { sandbox, body: { members } }: Calm,
  number: number,
  standing: Reckoned,
): string | null {
  const marks = ownComments(sandbox, number).flatMap(({ body }) => MARKER.exec(body)?.[1] ?? []);
  for (const [at, { begunAt, end }] of standing.motions.entries()) {
    if (begunAt !== null && !marks.includes(`announce ${at + 1}:fcp_begun`))
      return `nobody was told that the Final Comment Period of motion ${at + 1} began`;
    if (end === "concluded" && !marks.includes(`announce ${at + 1}:concluded`))
      return `nobody was told how motion ${at + 1} was decided`;
  }
  const motion = openMotion(standing);
  if (motion === null) return null;
  const status = statusOf(sandbox, number);
  if (status === undefined) return "there is no status comment";
  if (!status.body.startsWith(`<!-- msc-clerk:status ${standing.motions.length} -->`))
    return "the status comment is of another motion";
  for (const member of members) {
    const box = new RegExp(`^- \\[([ x])\\] @${member}\\b`, "m").exec(status.body)?.[1];
    const vote = motion.votes.get(member);
    if (vote?.sure === false) continue;
    if (vote?.choice !== "abstain" && (box === "x") !== (vote?.choice === "yes"))
      return `the vote of ${member} is ${box === "x" ? "" : "not "}in the status comment`;
  }
  return null;
}

/** memory.kept: the public copy is what the store has. null: so it is. */
export async function faultInRecord({ sandbox }: Calm, store: Store, number: number): Promise<string | null> {
  const kept = await store.register({ repository: sandbox.repositoryId, pull: number });
  const binding = { repository: sandbox.repositoryId, pull: number };
  const texts = [
    ...ownComments(sandbox, number).map(({ body }) => body),
    sandbox.checkOn(number)?.text ?? "",
  ];
  const shown = texts
    .flatMap((text) => openRecord(text, keys, binding) ?? [])
    .sort((one, other) => other.seq - one.seq)[0];
  const sequence = kept.kind === "stored" ? (kept.kept?.sequence ?? 0) : -1;
  if (sequence !== (shown?.seq ?? 0))
    return `the store has record ${sequence}, GitHub shows ${shown?.seq ?? "none"}`;
  const isSame =
    shown === undefined ||
    kept.kind !== "stored" ||
    isDeepStrictEqual(shown, registerInText(kept.kept?.record ?? ""));
  return isSame ? null : `record ${sequence} says one thing in the store and another on GitHub`;
}
