import type { NotTakenOver } from "../model/decision.js";
import { emptyRegister } from "../model/emptyRegister.js";
import {
  type Account,
  canAct,
  isLegacyBot,
  isLegacyName,
  type PersonRef,
  personOf,
  sameAccount,
  sameLogin,
} from "../model/people.js";
import type { Ballot, Concern, FcpRecord, Provenance, Register } from "../model/register.js";
import { DISPOSITIONS, type Disposition, type Need, type Rules, teamOf } from "../model/rules.js";
import type { LegacyComment, LegacyRevision, Snapshot, Utterance } from "../model/snapshot.js";
import { fold } from "../text/fold.js";
import type { Instant } from "../text/time.js";
import { type LegacyStatus, parseLegacyStatus } from "./legacy.js";
import { decisionFor, isOnRoster } from "./needs.js";
import { parseCommands } from "./parseCommands.js";
import { labelsAt } from "./ratchet.js";
import { stageNow, stages } from "./stage.js";
import { compareText, labelEvents } from "./timelineIndex.js";

export type Takeover =
  | { readonly kind: "taken"; readonly register: Register }
  /** `url`: the comment; null where there is none. */
  | { readonly kind: "refused"; readonly why: NotTakenOver; readonly url: string | null }
  /** An older bot left nothing under way here. */
  | { readonly kind: "nothing" };

const NOTHING: Takeover = { kind: "nothing" };

/**
 * takeover.legacy: the register of a motion an older bot was carrying, read once from its status comment: ticks of present members,
 * concerns, and the period its label has begun. The clerk believes what that bot's own account did before adoption, and nothing else:
 * labels it put on itself, the last revision of its comment it saved itself.
 */
export function takeOver(snapshot: Snapshot, rules: Rules): Takeover {
  const { adoptedAt, pull } = snapshot;
  if (rules.legacyBots.length === 0) return NOTHING;
  // A label that was off for a second must not hide what was under way.
  if (!stageNow(snapshot, rules).inScope && !stages(snapshot, rules)(adoptedAt - 1).inScope) return NOTHING;
  const running = standsSince(snapshot, rules, rules.labels.fcp);
  const proposed = standsSince(snapshot, rules, rules.labels.proposed_fcp);
  if (running === "another" || proposed === "another") return seeming(snapshot, rules, "label_by_another");
  if (running === null && proposed === null) return NOTHING;
  const found = liveStatus(snapshot, rules);
  if (typeof found === "string") return seeming(snapshot, rules, found);
  const { comment, status } = found;
  const disposition = dispositionOf(snapshot, rules) ?? status.disposition;
  const labels = labelsAt(snapshot, adoptedAt - 1);
  const rule = decisionFor(rules, { ...snapshot, labels });
  if (disposition === null || rule === null) return seeming(snapshot, rules, "no_motion");
  const from: Provenance = { via: "takeover", url: comment.url, at: comment.createdAt };
  const { head } = pull;
  const fcp: FcpRecord | null =
    running === null
      ? null
      : {
          state: "running",
          startedAt: running,
          endsAt: running + (rule.finalCommentPeriod ?? rules.finalCommentPeriod),
          head,
          passed: rule.approval,
          decided: null,
        };
  const motion = {
    number: 1,
    disposition,
    mover: moverOf(status, comment, snapshot, rules),
    from,
    head,
    needs: rule.approval,
    decision: rule.name,
    labels,
    ballots: ballotsOf(status, rule.approval, rules, from, head),
    fcp,
    end: null,
  };
  const concerns = concernsOf(status, comment, snapshot, rules);
  return { kind: "taken", register: { ...emptyRegister, motion, concerns } };
}

/** Refused, where a comment looks like a status comment of an older bot; else there is nothing to take over. */
function seeming({ legacyComments }: Snapshot, rules: Rules, why: NotTakenOver): Takeover {
  const comment = [...legacyComments].sort(newestFirst).find(({ body }) => parseLegacyStatus(body) !== null);
  if (comment === undefined)
    return why === "deleted" || why === "unreadable" ? { kind: "refused", why, url: null } : NOTHING;
  const namesake = !byLegacyBot(comment.author, rules);
  return { kind: "refused", why: namesake ? "namesake" : why, url: comment.url };
}

const byLegacyBot = (actor: Account | null, rules: Rules): boolean =>
  actor !== null && isLegacyBot(actor, rules);

/**
 * Since when the label had been on at adoption, if an older bot had put it on last; `another`: somebody else had. Taking it off later
 * counts only from that bot or from somebody on the roster.
 */
function standsSince(snapshot: Snapshot, rules: Rules, name: string): Instant | "another" | null {
  const events = labelEvents(snapshot.events, name);
  const before = events.filter(({ at }) => at < snapshot.adoptedAt);
  const last = before.at(-1);
  if (last?.kind !== "labeled") return null;
  const ended = events.some(
    ({ kind, at, actor }) =>
      kind === "unlabeled" &&
      at >= snapshot.adoptedAt &&
      (byLegacyBot(actor, rules) || (canAct(actor) && isOnRoster(rules, personOf(actor)))),
  );
  if (ended) return null;
  if (!byLegacyBot(last.actor, rules)) return "another";
  const removed = before.findLastIndex((event) => event.kind === "unlabeled");
  return before.slice(removed + 1).find(({ actor }) => byLegacyBot(actor, rules))?.at ?? null;
}

const newestFirst = (a: LegacyComment, b: LegacyComment): number =>
  b.createdAt - a.createdAt || compareText(b.id, a.id);

/** The newest status comment that was not cancelled: a proposal may have several. */
function liveStatus(
  { legacyComments, adoptedAt, events }: Snapshot,
  rules: Rules,
): { comment: LegacyComment; status: LegacyStatus } | NotTakenOver {
  const newest = legacyComments
    .filter(({ author, createdAt }) => byLegacyBot(author, rules) && createdAt < adoptedAt)
    .sort(newestFirst);
  for (const comment of newest) {
    const own = ownRevisions(comment);
    const body = own.filter(({ at }) => at < adoptedAt).at(-1)?.body ?? null;
    if (body === null) return "unreadable";
    const status = parseLegacyStatus(body);
    if (status === null || status.cancelled) continue;
    // What the bot itself has taken back since is not taken over.
    if (
      own.some(
        (one) => one.body !== null && parseLegacyStatus(one.body)?.cancelled === true && one.at >= adoptedAt,
      )
    )
      continue;
    const lost = events.some(
      (event) =>
        event.kind === "comment_deleted" &&
        event.at >= comment.createdAt &&
        byLegacyBot(event.author, rules) &&
        !byLegacyBot(event.actor, rules),
    );
    return lost ? "deleted" : { comment, status };
  }
  return "no_motion";
}

/** The revisions that the comment's own account saved. */
const ownRevisions = ({ author, revisions }: LegacyComment): readonly LegacyRevision[] =>
  revisions.filter(({ editor }) => editor !== null && author !== null && sameAccount(editor, author));

/** By the label that this bot put on, the newest of several. A label by anybody else proves nothing. */
function dispositionOf(snapshot: Snapshot, rules: Rules): Disposition | null {
  const standing = DISPOSITIONS.flatMap((disposition) => {
    const events = labelEvents(snapshot.events, rules.labels[`disposition_${disposition}`]);
    const last = events.filter(({ at }) => at < snapshot.adoptedAt).at(-1);
    return last?.kind === "labeled" && byLegacyBot(last.actor, rules) ? [{ disposition, last }] : [];
  });
  standing.sort((a, b) => b.last.at - a.last.at || compareText(b.last.id, a.last.id));
  return standing[0]?.disposition ?? null;
}

/** The mover is a person: where the older bot named itself, the one whose command it was answering. */
function moverOf(status: LegacyStatus, comment: LegacyComment, snapshot: Snapshot, rules: Rules): PersonRef {
  const { mover } = status;
  if (mover !== null && !isLegacyName(mover, rules)) {
    const member = rules.teams.flatMap((team) => team.members).find((one) => sameLogin(one.login, mover));
    return { login: mover, id: member?.id ?? null };
  }
  const moved = commandsOf(snapshot, rules, "move").filter(
    ({ utterance }) => utterance.createdAt <= comment.createdAt,
  );
  const author = moved.at(-1)?.utterance.author ?? comment.author;
  return author === null ? { login: "ghost", id: null } : personOf(author);
}

/** What people themselves said to the older bot. */
function commandsOf(snapshot: Snapshot, rules: Rules, verb: "move" | "concern") {
  return [...snapshot.utterances]
    .filter((one) => !one.byClerk && canAct(one.author))
    .sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id))
    .flatMap((utterance: Utterance) =>
      parseCommands(ownLines(utterance), rules.mentions)
        .filter((command) => command.verb === verb)
        .map((command) => ({ utterance, command })),
    );
}

const ownLines = ({ author, revisions }: Utterance): readonly string[] =>
  revisions.findLast(
    ({ editor }, index) => index === 0 || (editor !== null && author !== null && sameAccount(editor, author)),
  )?.lines ?? [];

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
  const raised = commandsOf(snapshot, rules, "concern");
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
