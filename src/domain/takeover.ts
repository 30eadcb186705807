import { parseCommands } from "./commands.js";
import { emptyRegister } from "./emptyRegister.js";
import { fold } from "./fold.js";
import { type LegacyStatus, parseLegacyStatus } from "./legacy.js";
import { decisionFor } from "./needs.js";
import { type PersonRef, personOf, sameLogin } from "./people.js";
import type { Ballot, Concern, FcpRecord, Provenance, Register } from "./register.js";
import { DISPOSITIONS, type Disposition, type Need, type Rules, teamOf } from "./rules.js";
import type { LegacyComment, Snapshot, Utterance } from "./snapshot.js";
import { compareText, labelEvents, stageNow } from "./stage.js";
import type { Instant } from "./time.js";

/**
 * takeover.legacy: the register of a motion an older bot was carrying, read once from its status comment: ticks of present
 * members, concerns, and the period its label has begun. null where nothing of it lives.
 */
export function takeOver(snapshot: Snapshot, rules: Rules): Register | null {
  if (rules.legacyBots.length === 0 || !stageNow(snapshot, rules).inScope) return null;
  const running = standsSince(snapshot, rules, rules.labels.fcp);
  const proposed = standsSince(snapshot, rules, rules.labels.proposed_fcp);
  if (running === null && proposed === null) return null;
  const found = liveStatus(snapshot);
  if (found === null) return null;
  const { comment, status } = found;
  const disposition = dispositionOf(snapshot, rules) ?? status.disposition;
  const rule = decisionFor(rules, snapshot);
  if (disposition === null || rule === null) return null;
  const from: Provenance = { via: "takeover", url: comment.url, at: comment.createdAt };
  const head = snapshot.pull.head;
  const fcp: FcpRecord | null =
    running === null
      ? null
      : {
          state: "running",
          startedAt: running,
          endsAt: running + rules.finalCommentPeriod,
          head,
          passed: rule.approval,
        };
  return {
    ...emptyRegister,
    motion: {
      number: 1,
      disposition,
      mover: moverOf(status, comment, snapshot, rules),
      from,
      head,
      needs: rule.approval,
      decision: rule.name,
      ballots: ballotsOf(status, rule.approval, rules, from, head),
      fcp,
      end: null,
    },
    concerns: concernsOf(status, comment, snapshot, rules),
  };
}

/** Since when the label stands without interruption, if it stands and an older bot added it last. */
function standsSince(snapshot: Snapshot, rules: Rules, name: string): Instant | null {
  if (!snapshot.labels.some((label) => sameLogin(label, name))) return null;
  const events = labelEvents(snapshot.events, name);
  const removed = events.findLastIndex((event) => event.kind === "unlabeled");
  const additions = events.slice(removed + 1);
  const last = additions.at(-1)?.actor ?? null;
  if (last === null || !rules.legacyBots.some((bot) => sameLogin(bot, last.login))) return null;
  return additions[0]?.at ?? null;
}

/** The newest status comment that was not cancelled: a proposal may have several. */
function liveStatus({ legacyComments }: Snapshot): { comment: LegacyComment; status: LegacyStatus } | null {
  const newest = [...legacyComments].sort((a, b) => b.createdAt - a.createdAt || compareText(b.id, a.id));
  for (const comment of newest) {
    const status = parseLegacyStatus(comment.body);
    if (status !== null && !status.cancelled) return { comment, status };
  }
  return null;
}

const dispositionOf = ({ labels }: Snapshot, rules: Rules): Disposition | null =>
  DISPOSITIONS.find((each) =>
    labels.some((label) => sameLogin(label, rules.labels[`disposition_${each}`])),
  ) ?? null;

/** The mover is a person: where the older bot named itself, the one whose command it was answering. */
function moverOf(status: LegacyStatus, comment: LegacyComment, snapshot: Snapshot, rules: Rules): PersonRef {
  const { mover } = status;
  if (mover !== null && !rules.legacyBots.some((bot) => sameLogin(bot, mover))) {
    const member = rules.teams.flatMap((team) => team.members).find((one) => sameLogin(one.login, mover));
    return { login: mover, id: member?.id ?? null };
  }
  const moved = said(snapshot, rules, "move").filter(
    ({ utterance }) => utterance.createdAt <= comment.createdAt,
  );
  const author = moved.at(-1)?.utterance.author ?? comment.author;
  return author === null ? { login: "ghost", id: null } : personOf(author);
}

function said(snapshot: Snapshot, rules: Rules, verb: "move" | "concern") {
  return [...snapshot.utterances]
    .filter((one) => !one.byClerk && one.author?.type === "User")
    .sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id))
    .flatMap((utterance: Utterance) =>
      parseCommands(utterance.revisions.at(-1)?.lines ?? [], rules.mentions)
        .filter((command) => command.verb === verb)
        .map((command) => ({ utterance, command })),
    );
}

/** Ticks of present members, each in every list of a needed team they sit in first, like any plain act. */
function ballotsOf(
  { boxes }: LegacyStatus,
  needs: readonly Need[],
  rules: Rules,
  from: Provenance,
  head: string,
): readonly Ballot[] {
  return boxes
    .filter((box) => box.ticked)
    .flatMap((box): Ballot[] => {
      for (const { team } of needs) {
        const member = teamOf(rules, team)?.members.find((one) => sameLogin(one.login, box.login));
        if (member) {
          const { login, id } = member;
          return [{ member: { login, id }, team, choice: "yes", from, head, source: "takeover" }];
        }
      }
      return [];
    });
}

function concernsOf(
  status: LegacyStatus,
  comment: LegacyComment,
  snapshot: Snapshot,
  rules: Rules,
): readonly Concern[] {
  const raised = said(snapshot, rules, "concern");
  const bot: PersonRef = comment.author === null ? { login: "ghost", id: null } : personOf(comment.author);
  return status.concerns.map(({ text, resolved, url }, index): Concern => {
    const own = raised.find(({ command }) => command.verb === "concern" && fold(command.text) === fold(text));
    const author = own?.utterance.author ?? null;
    return {
      number: index + 1,
      text,
      by: author === null ? bot : personOf(author),
      at: own?.utterance.createdAt ?? comment.createdAt,
      url: own?.utterance.url ?? url ?? comment.url,
      source: own?.utterance.id ?? `takeover:${comment.id}`,
      kind: "spoken",
      motion: 1,
      resolved: resolved ? { by: bot, at: comment.createdAt, url: comment.url } : null,
    };
  });
}
