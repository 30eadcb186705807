import { decisionFor } from "../../domain/acts/needs.js";
import { neededOf, quorumOf } from "../../domain/decide/tally.js";
import { outlineOf } from "../../domain/messages/outline.js";
import { statusSentence } from "../../domain/messages/statusSentence.js";
import type { Decision, TeamShortfall } from "../../domain/model/decision.js";
import type { Outline } from "../../domain/model/outline.js";
import { type PersonRef, personOf, sameLogin, samePerson } from "../../domain/model/people.js";
import type { Choice } from "../../domain/model/register.js";
import { type Need, type Rules, teamOf } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import type { JudgedPull } from "../draft/asAdopted.js";
import { olderBotOn } from "../draft/olderBot.js";
import { type State, stateByLabels, stateOf } from "../draft/state.js";

/** Where a pull request stands. `unlabelled`: it would be a proposal, once it has the label; `begins`: its Final Comment Period would begin now. */
export type Stand =
  | Exclude<State, "none">
  | ("not_a_proposal" | "unlabelled" | "draft" | "in_review" | "begins" | "ended");

/** What a pull request is today: by the config in force, or, where there is none, by its labels and what people and an older bot have left there. */
export type Today =
  | { readonly by: "config"; readonly stand: Stand; readonly decision: Decision }
  | { readonly by: "labels"; readonly state: State; readonly yes: readonly SaidYes[] };

/** Somebody's yes that no clerk has counted: a box ticked in an older bot's comment, or an approving review that stands. */
export interface SaidYes {
  readonly login: string;
  /** null: a box has a login alone. */
  readonly id: number | null;
  readonly via: "older_bot" | "review";
}

/**
 * A vote that counts today and would not by the draft. `no_seat`: they sit in no team that decides this, or not in `team`; `not_as_given`: they do, and the
 * draft counts otherwise; `before`: it was given before there was a config.
 */
export interface LostVote {
  /** As they are called today. */
  readonly login: string;
  readonly why: "no_seat" | "not_as_given" | "before" | "not_a_proposal" | "taken_over_otherwise";
  /** For which it counts today, by its title, where their vote for another team still counts; else null. */
  readonly team: string | null;
}

/** One that would count, and does not today. */
export interface GainedVote {
  readonly login: string;
  readonly team: string;
}

export interface Simulated {
  readonly number: number;
  readonly title: string;
  readonly url: string;
  readonly today: Today;
  readonly stand: Stand;
  readonly draft: JudgedPull;
  /** What it would wait for, in a sentence. */
  readonly sentence: string;
  /** The rule that decides it, and how far each team has come, of a motion that is not over; null: none is needed, as it is no proposal or over. */
  readonly rule: { readonly name: string; readonly teams: readonly TeamShortfall[] } | null;
  /** Whom it would wait for; null: for nobody. */
  readonly turn: Outline | null;
  readonly lost: readonly LostVote[];
  readonly gained: readonly GainedVote[];
}

/** What there is to tell of one pull request. `present`: by the config in force; null: there is none. Pure. */
export function simulated(draft: JudgedPull, rules: Rules, present: JudgedPull | null): Simulated {
  const { snapshot, decision } = draft;
  const { number, title, url } = snapshot.pull;
  const today = present === null ? todayByLabels(snapshot, rules) : todayByConfig(present.decision);
  const stand = standOf(decision);
  return {
    ...{ number, title, url, today, stand, draft },
    sentence: statusSentence(decision),
    rule: isDecidable(stand) ? ruleOn(decision, snapshot, rules) : null,
    turn: outlineOf(decision, snapshot, rules),
    lost: lostVotes(today, decision, rules, snapshot),
    gained: today.by === "config" ? gainedVotes(today.decision, decision) : [],
  };
}

export function standOf(decision: Decision): Stand {
  const { phase, reason, register } = decision;
  switch (phase) {
    case "out_of_scope":
      return reason.code === "unlabelled_proposal" ? "unlabelled" : "not_a_proposal";
    case "draft":
    case "in_review":
    case "ended":
      return phase;
    case "proposed":
      return register.motion?.end === null && register.motion.fcp?.state === "decided"
        ? "begins"
        : "proposed";
    case "fcp":
      return "fcp";
    case "concluded": {
      const state = stateOf(decision);
      return state === "none" ? "ended" : state;
    }
  }
}

/** Is it one that is decided about now, or may be? */
export function isProposal(stand: Stand): boolean {
  return stand !== "not_a_proposal" && stand !== "unlabelled";
}

const isDecidable = (stand: Stand): boolean =>
  stand === "draft" || stand === "in_review" || stand === "proposed" || stand === "begins" || stand === "fcp";

const todayByConfig = (decision: Decision): Today => ({
  by: "config",
  stand: standOf(decision),
  decision,
});

function todayByLabels(snapshot: Snapshot, rules: Rules): Today {
  const bot = olderBotOn(snapshot, rules);
  const ticked = (bot.status?.boxes ?? []).filter((box) => box.ticked).map(({ login }) => login);
  const approved = approvers(snapshot).filter(({ login }) => !ticked.some((one) => sameLogin(one, login)));
  return {
    by: "labels",
    state: stateByLabels(snapshot, rules, bot),
    yes: [
      ...ticked.map((login): SaidYes => ({ login, id: null, via: "older_bot" })),
      ...approved.map(({ login, id }): SaidYes => ({ login, id, via: "review" })),
    ],
  };
}

/** Whose newest review that says anything approves, and was not dismissed: what GitHub shows as approved. */
function approvers({ utterances, pull }: Snapshot): readonly PersonRef[] {
  const newest = new Map<string, { readonly person: PersonRef; readonly approves: boolean }>();
  for (const { author, review } of [...utterances].sort((a, b) => a.createdAt - b.createdAt)) {
    const says = review !== null && review.submitted !== null && review.submitted !== "commented";
    if (author === null || author.type !== "User" || !says) continue;
    if (pull.author !== null && sameLogin(pull.author.login, author.login)) continue;
    const approves = review.submitted === "approved" && !review.dismissed;
    newest.set(author.login.toLowerCase(), { person: personOf(author), approves });
  }
  return [...newest.values()].filter(({ approves }) => approves).map(({ person }) => person);
}

/** By the motion where there is one; else by what one to merge would need. */
function ruleOn(decision: Decision, snapshot: Snapshot, rules: Rules): Simulated["rule"] {
  const { motion } = decision.register;
  if (motion !== null && motion.end === null)
    return { name: motion.decision, teams: decision.tallies.map((tally) => ({ ...tally })) };
  const found = decisionFor(rules, snapshot);
  return found === null
    ? null
    : { name: found.name, teams: found.approval.map((need) => untouched(need, rules)) };
}

function untouched(need: Need, rules: Rules): TeamShortfall {
  const team = teamOf(rules, need.team);
  const size = team?.members.length ?? 0;
  const nobody = { size, yes: 0, abstained: 0 };
  return {
    title: team?.title ?? need.team,
    yes: 0,
    size,
    needed: neededOf(nobody, need),
    ...quorumOf(nobody, need),
  };
}

interface Counted {
  readonly person: PersonRef;
  readonly team: string;
  readonly title: string;
  readonly choice: Choice;
}

const countedIn = ({ tallies }: Decision): readonly Counted[] =>
  tallies.flatMap(({ team, title, seats }) =>
    seats.flatMap(({ member, choice, uncounted }) =>
      choice === null || uncounted?.why === "changed" ? [] : [{ person: member, team, title, choice }],
    ),
  );

function lostVotes(today: Today, then: Decision, rules: Rules, snapshot: Snapshot): readonly LostVote[] {
  const counts = countedIn(then);
  const why = (person: PersonRef, team: string | null, otherwise: LostVote["why"]): LostVote["why"] => {
    if (!isProposal(standOf(then))) return "not_a_proposal";
    return decides(person, team, then, rules, snapshot) ? otherwise : "no_seat";
  };
  if (today.by === "labels")
    return today.yes
      .filter((one) => !counts.some(({ person }) => samePerson(person, one)))
      .map((one) => {
        const otherwise = one.via === "review" ? "before" : "taken_over_otherwise";
        return { login: one.login, why: why(one, null, otherwise), team: null };
      });
  return countedIn(today.decision)
    .filter((vote) => !isAmong(vote, then))
    .map(({ person, team, title }) => {
      const still = counts.some((one) => samePerson(one.person, person));
      return {
        login: person.login,
        why: why(person, still ? team : null, "not_as_given"),
        team: still ? title : null,
      };
    })
    .filter(
      (vote, at, all) =>
        vote.team !== null || all.findIndex((one) => sameLogin(one.login, vote.login)) === at,
    );
}

/** Is this vote counted there, for the same team? Of a team that is not asked there, for whichever. */
function isAmong({ person, team }: Counted, decision: Decision): boolean {
  const isAsked = decision.tallies.some((tally) => tally.team === team);
  return countedIn(decision).some((one) => samePerson(one.person, person) && (!isAsked || one.team === team));
}

/** Do they sit in a team that this needs by the draft? `only`: in this one; null: in any. */
function decides(
  person: PersonRef,
  only: string | null,
  { register }: Decision,
  rules: Rules,
  snapshot: Snapshot,
): boolean {
  const needs =
    register.motion?.end === null ? register.motion.needs : (decisionFor(rules, snapshot)?.approval ?? []);
  return needs.some(
    ({ team }) =>
      (only === null || team === only) &&
      (teamOf(rules, team)?.members ?? []).some((member) => samePerson(member, person)),
  );
}

const gainedVotes = (now: Decision, then: Decision): readonly GainedVote[] =>
  countedIn(then)
    .filter((vote) => !isAmong(vote, now))
    .map(({ person, title }) => ({ login: person.login, team: title }));

/** Would the draft change nothing of it? */
export function isSame({ today, stand, sentence, lost, gained, draft }: Simulated): boolean {
  if (today.by !== "config" || today.stand !== stand || lost.length + gained.length > 0) return false;
  return statusSentence(today.decision) === sentence && draft.actions.length === 0;
}
