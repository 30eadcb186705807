import { labelChanges } from "../../domain/desired/labels.js";
import type { Decision } from "../../domain/model/decision.js";
import type { LabelKey } from "../../domain/model/labels.js";
import { isLegacyName, type PersonRef, sameLogin } from "../../domain/model/people.js";
import type { Ballot, Motion } from "../../domain/model/register.js";
import { type Rules, teamOf } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { fold } from "../../domain/text/fold.js";
import { DAY, HOUR, type Instant } from "../../domain/text/time.js";
import type { OlderBot } from "../draft/olderBot.js";
import { type State, stateByLabels, stateOf } from "../draft/state.js";
import type { ConcernWhy, OnlyThere, RefusedMove, ShadowDifference } from "./difference.js";
import { type Rerun, saidBefore } from "./rerun.js";

/** A webhook lost, and the bot's next look: less than this apart is the same moment. The older bots look for ended periods once a day. */
const SAME = { beginning: HOUR, end: DAY } as const;

export interface Compared {
  readonly here: State;
  readonly there: State;
  /** Empty: both say the same. */
  readonly differences: readonly ShadowDifference[];
}

/**
 * What the clerk would have made of a proposal against what stands there.
 * @param firstLook what it would decide on the day it is installed
 */
export function compare(
  read: Snapshot,
  rules: Rules,
  rerun: Rerun,
  bot: OlderBot,
  firstLook: Decision,
): Compared {
  const here = stateOf(rerun.decision);
  const there = stateByLabels(read, rules, bot);
  const same = here === there || isBetweenTwoLooks(here, there, rerun, bot);
  const both = bot.status !== null && rerun.decision.register.motion !== null;
  const raised = read.pull.state === "open" || (both && !same) ? concerns(rerun, bot, read) : [];
  return {
    here,
    there,
    differences: [
      ...(same ? [] : [stateDiffers(read, rules, rerun, bot, here, there)]),
      ...(both && same && here !== "none" ? periods(rerun, bot) : []),
      ...(both && !(same && here === "none") ? votes(read, rerun, bot, rules) : []),
      ...raised,
      ...(same ? text(rerun) : []),
      ...(here === there && read.pull.state === "open" ? labels(read, rules, rerun, raised.length > 0) : []),
      ...(read.pull.state === "open" ? takeover(firstLook, there, bot) : []),
    ],
  };
}

/** One has gone a step a moment ago that the other is about to go. */
function isBetweenTwoLooks(here: State, there: State, { decision }: Rerun, { ended }: OlderBot): boolean {
  const { at: now } = decision;
  const { motion } = decision.register;
  const fcp = motion?.fcp?.state === "running" ? motion.fcp : null;
  if (fcp === null || motion === null) return false;
  if (here === "fcp" && there === "proposed") return now - fcp.startedAt <= SAME.beginning;
  if (there === "fcp" && STEP[here] === 3) return now - (motion.end?.at ?? 0) <= SAME.end;
  return here === "fcp" && STEP[there] === 3 && ended !== null && Math.abs(ended.at - fcp.endsAt) <= SAME.end;
}

/** How far it has come: who is further has gone a step that the other has not. */
const STEP: Readonly<Record<State, number>> = {
  none: 0,
  proposed: 1,
  fcp: 2,
  accepted: 3,
  rejected: 3,
  postponed: 3,
};

function stateDiffers(
  { pull }: Snapshot,
  rules: Rules,
  rerun: Rerun,
  { status, began, ended }: OlderBot,
  here: State,
  there: State,
): ShadowDifference {
  const behind = STEP[here] < STEP[there];
  const hadBegun = began !== null && saidBefore(rerun, began.at + SAME.beginning)?.phase === "fcp";
  const moved = there === "proposed" ? status : hadBegun ? ended : (began ?? ended);
  return {
    kind: pull.state === "open" ? "phase" : "outcome",
    ...{ here, there, now: rerun.moments.at(-1)?.sentence ?? "" },
    asked: behind && moved !== null ? saidBefore(rerun, moved.at) : null,
    refused: here === "none" && behind ? refusedMove(rerun, rules) : null,
    url: status?.url ?? null,
  };
}

/** The older bot's own labels and words are no move. */
function refusedMove({ verdicts }: Rerun, rules: Rules): RefusedMove | null {
  const moves = verdicts.filter(({ said }) => /^fcp (?:merge|close|postpone)\b|^disposition-/iu.test(said));
  const last = moves.findLast(
    ({ outcome, by }) => outcome === "refused" && by !== null && !isLegacyName(by.login, rules),
  );
  return last === undefined || last.why === null
    ? null
    : { by: last.by?.login ?? "", said: last.said, code: last.why.code };
}

function periods(rerun: Rerun, { status, began, ended }: OlderBot): readonly ShadowDifference[] {
  const { motion } = rerun.decision.register;
  const url = status?.url ?? null;
  const fcp = motion?.fcp?.state === "running" ? motion.fcp : null;
  const end = motion?.end?.kind === "concluded" ? motion.end.at : null;
  const one = (
    which: "beginning" | "end",
    here: Instant | null,
    there: Instant | undefined,
  ): readonly ShadowDifference[] =>
    here === null || there === undefined || Math.abs(here - there) <= SAME[which]
      ? []
      : [{ kind: "period", which, here, there, asked: there < here ? saidBefore(rerun, there) : null, url }];
  return [...one("beginning", fcp?.startedAt ?? null, began?.at), ...one("end", end, ended?.at)];
}

function votes(
  { utterances }: Snapshot,
  rerun: Rerun,
  { status }: OlderBot,
  rules: Rules,
): readonly ShadowDifference[] {
  const { motion } = rerun.decision.register;
  if (status === null || motion === null) return [];
  const { url } = status;
  const onlyThere = status.boxes
    .filter(({ login, ticked }) => ticked && !saysYes(motion, login))
    .map(({ login }): ShadowDifference => {
      const why = onlyThereFor(login, rerun, motion, rules);
      return { kind: why.code === "not_on_roster" ? "roster" : "votes", login, why, url };
    });
  const onlyHere = yesOf(motion).flatMap((ballot): readonly ShadowDifference[] => {
    const box = status.boxes.find(({ login }) => sameLogin(login, ballot.member.login));
    if (box?.ticked) return [];
    const { from, source } = ballot;
    const tick = rerun.ticks.get(source);
    const said = utterances.find(({ id }) => id === source);
    const via =
      tick !== undefined
        ? "older_tick"
        : from.via !== "command" || said === undefined
          ? from.via
          : said.kind === "review"
            ? "review_text"
            : from.at > said.createdAt
              ? "edit"
              : "command";
    const code = box === undefined ? "no_box" : tick === undefined ? "not_ticked" : "unticked";
    return [{ kind: "votes", login: ballot.member.login, why: { code, via, at: from.at }, url: from.url }];
  });
  return [...onlyThere, ...onlyHere];
}

const saysYes = (motion: Motion, login: string): boolean =>
  yesOf(motion).some(({ member }) => sameLogin(member.login, login));

/** One a person, whichever team it counts for. */
const yesOf = ({ ballots }: Motion): readonly Ballot[] =>
  ballots.filter(
    ({ choice, member }, at) =>
      choice === "yes" &&
      ballots.findIndex((one) => one.choice === "yes" && sameLogin(one.member.login, member.login)) === at,
  );

function onlyThereFor(login: string, rerun: Rerun, motion: Motion, rules: Rules): OnlyThere {
  const isTheirs = ({ login: name }: PersonRef) => sameLogin(name, login);
  const needed = motion.needs.flatMap(({ team }) => teamOf(rules, team)?.members ?? []);
  if (!needed.some(isTheirs)) return { code: "not_on_roster" };
  const ballot = motion.ballots.find(({ member }) => isTheirs(member));
  if (ballot !== undefined)
    return ballot.choice === null
      ? { code: "taken_back", via: ballot.from.via, at: ballot.from.at }
      : { code: "abstained" };
  const tick = [...rerun.ticks.values()].findLast((one) => one.ticked && sameLogin(one.login, login));
  if (tick !== undefined && !sameLogin(tick.by.login, login))
    return { code: "ticked_by_another", by: tick.by.login };
  const seat = rerun.decision.tallies.flatMap(({ seats }) => seats).find(({ member }) => isTheirs(member));
  if (seat?.earlierApproval) return { code: "another_text" };
  if (seat?.uncounted?.why === "only_to_merge") return { code: "only_to_merge" };
  const refused = rerun.verdicts.findLast(
    ({ by, outcome, why, at }) =>
      by !== null && isTheirs(by) && outcome === "refused" && why !== null && at >= motion.from.at,
  );
  return refused === undefined || refused.why === null
    ? { code: "nothing_said" }
    : { code: "refused", said: refused.said, reply: refused.why.code };
}

function concerns(
  { decision }: Rerun,
  { status }: OlderBot,
  { pull }: Snapshot,
): readonly ShadowDifference[] {
  const listed = status?.concerns ?? [];
  const keyOf = (text: string) => fold(text.replace(/…$/u, ""));
  const find = <T extends { readonly text: string }>(among: readonly T[], text: string) =>
    among.find((one) => {
      const [a, b] = [keyOf(one.text), keyOf(text)];
      return a === b || (Math.min(a.length, b.length) > 40 && (a.startsWith(b) || b.startsWith(a)));
    });
  const isOver = pull.state !== "open";
  const onlyHere = decision.concerns
    .filter(({ resolved, blocks }) => resolved === null && (!isOver || blocks))
    .flatMap((one): readonly ShadowDifference[] => {
      const other = find(listed, one.text);
      if (other !== undefined && !other.resolved) return [];
      const why: ConcernWhy =
        one.kind === "changes_requested"
          ? { code: "changes_requested", by: one.by.login }
          : other !== undefined
            ? { code: "resolved_there" }
            : one.carriedOver || status === null || one.at < status.at
              ? { code: "carried_over" }
              : { code: "not_listed_there" };
      return [{ kind: "concerns", text: one.text, why, url: one.url }];
    });
  const onlyThere = listed
    .filter(({ resolved }) => !resolved)
    .flatMap(({ text, url }): readonly ShadowDifference[] => {
      const own = find(decision.concerns, text);
      if (own !== undefined && own.resolved === null) return [];
      const why: ConcernWhy =
        own === undefined || own.resolved === null
          ? { code: "not_raised_here" }
          : { code: "resolved_here", by: own.resolved.by.login, at: own.resolved.at };
      return [{ kind: "concerns", text, why, url: own?.resolved?.url ?? url ?? status?.url ?? null }];
    });
  return [...onlyHere, ...onlyThere];
}

/** Once it is accepted, the text that stands now has to be the one that was approved. */
function text({ decision: { phase, after } }: Rerun): readonly ShadowDifference[] {
  if (phase !== "concluded" || after === null || after.met) return [];
  return [{ kind: "text", approved: after.approvedBy.length, needed: after.needed, url: null }];
}

/** Labels that say how it stands; the others are people's. */
const OF_STATE: readonly LabelKey[] = [
  ...(["in_review", "proposed_fcp", "fcp", "finished_fcp", "rejected", "postponed"] as const),
  ...(["disposition_merge", "disposition_close", "disposition_postpone", "unresolved_concerns"] as const),
];

/** @param concernsDiffer what is said of the concerns already tells why their label does */
function labels(
  read: Snapshot,
  rules: Rules,
  { decision }: Rerun,
  concernsDiffer: boolean,
): readonly ShadowDifference[] {
  const changes = labelChanges(decision, { ...read, adoptedAt: read.pull.createdAt }, rules);
  const isTold = (key: LabelKey) =>
    OF_STATE.includes(key) && !(concernsDiffer && key === "unresolved_concerns");
  const names = (keys: readonly LabelKey[]) => keys.filter(isTold).flatMap((key) => rules.labels[key] ?? []);
  const [add, remove] = [names(changes.add), names(changes.remove)];
  return add.length + remove.length === 0 ? [] : [{ kind: "labels", add, remove, url: null }];
}

function takeover(firstLook: Decision, there: State, { status }: OlderBot): readonly ShadowDifference[] {
  const { notTakenOver, register } = firstLook;
  if (notTakenOver) return [{ kind: "takeover", why: notTakenOver.why, url: notTakenOver.url }];
  return there === "accepted" && register.motion === null
    ? [{ kind: "takeover", why: "accepted_before", url: status?.url ?? null }]
    : [];
}
