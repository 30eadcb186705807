import { decisionFor } from "../../domain/acts/needs.js";
import { neededOf, quorumOf } from "../../domain/decide/tally.js";
import { outlineOf } from "../../domain/messages/outline.js";
import { statusSentence } from "../../domain/messages/statusSentence.js";
import type { Decision, TeamShortfall } from "../../domain/model/decision.js";
import type { Outline } from "../../domain/model/outline.js";
import { isMember, type PersonRef, personOf, sameLogin } from "../../domain/model/people.js";
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
  readonly via: "older_bot" | "review";
}

/** A vote that counts today and would not by the draft. `no_seat`: they sit in no team that decides this; `before`: it was given before there was a config. */
export interface LostVote {
  readonly login: string;
  readonly why: "no_seat" | "before" | "not_a_proposal" | "taken_over_otherwise";
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
  const approved = approvers(snapshot)
    .map(({ login }) => login)
    .filter((login) => !ticked.some((one) => sameLogin(one, login)));
  return {
    by: "labels",
    state: stateByLabels(snapshot, rules, bot),
    yes: [
      ...ticked.map((login): SaidYes => ({ login, via: "older_bot" })),
      ...approved.map((login): SaidYes => ({ login, via: "review" })),
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

/** Each person once, whichever team their vote is for. */
function lostVotes(today: Today, then: Decision, rules: Rules, snapshot: Snapshot): readonly LostVote[] {
  const counts = countedIn(then);
  const stillCounts = (login: string) => counts.some(({ person }) => sameLogin(person.login, login));
  const why = (login: string, otherwise: LostVote["why"]): LostVote["why"] => {
    if (!isProposal(standOf(then))) return "not_a_proposal";
    return decides(login, then, rules, snapshot) ? otherwise : "no_seat";
  };
  const logins =
    today.by === "labels"
      ? today.yes.map(
          ({ login, via }) =>
            ({ login, otherwise: via === "review" ? "before" : "taken_over_otherwise" }) as const,
        )
      : countedIn(today.decision).map(({ person: { login } }) => ({ login, otherwise: "no_seat" }) as const);
  return logins
    .filter(
      ({ login }, at) => !stillCounts(login) && logins.findIndex((one) => sameLogin(one.login, login)) === at,
    )
    .map(({ login, otherwise }) => ({ login, why: why(login, otherwise) }));
}

/** Do they sit in a team that this needs by the draft? */
function decides(login: string, { register }: Decision, rules: Rules, snapshot: Snapshot): boolean {
  const needs =
    register.motion?.end === null ? register.motion.needs : (decisionFor(rules, snapshot)?.approval ?? []);
  return needs.some(({ team }) =>
    (teamOf(rules, team)?.members ?? []).some((member) => sameLogin(member.login, login)),
  );
}

function gainedVotes(now: Decision, then: Decision): readonly GainedVote[] {
  const before = countedIn(now);
  return countedIn(then)
    .filter(
      ({ person }) =>
        !before.some((one) => isMember(person, one.person) || sameLogin(person.login, one.person.login)),
    )
    .map(({ person, title }) => ({ login: person.login, team: title }));
}

/** Would the draft change nothing of it? */
export function isSame({ today, stand, sentence, lost, gained, draft }: Simulated): boolean {
  if (today.by !== "config" || today.stand !== stand || lost.length + gained.length > 0) return false;
  return statusSentence(today.decision) === sentence && draft.actions.length === 0;
}
