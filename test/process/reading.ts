import type { ActVerdict, ConcernView, Decision } from "../../src/domain/model/decision.js";
import type { Utterance } from "../../src/domain/model/snapshot.js";
import type { World } from "../support/world.js";

/* What the tests of the rules read off a decision and off GitHub. */

const tallyOf = (decision: Decision, team?: string) =>
  team === undefined ? decision.tallies[0] : decision.tallies.find((tally) => tally.team === team);

/** Logins of those whose yes counts in the first (or the named) team, in order of the alphabet. */
export const votesOf = (decision: Decision, team?: string): readonly string[] =>
  (tallyOf(decision, team)?.seats ?? [])
    .filter((seat) => seat.choice === "yes")
    .map((seat) => seat.member.login)
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

export const yes = (decision: Decision, team?: string): number => tallyOf(decision, team)?.yes ?? 0;

export const seatOf = (decision: Decision, login: string, team?: string) =>
  tallyOf(decision, team)?.seats.find((seat) => seat.member.login === login);

/** Texts of the open concerns, by number. */
export const openConcerns = (decision: Decision): readonly string[] =>
  decision.concerns.filter((one) => one.resolved === null).map((one) => one.text);

export const concernOf = (decision: Decision, number: number): ConcernView | undefined =>
  decision.concerns.find((one) => one.number === number);

/** The clerk's reactions on an utterance now. */
export const answerTo = (w: World, utterance: Utterance): Utterance["reactions"] | undefined =>
  w.utterances.find((one) => one.id === utterance.id)?.reactions;

/** Bodies of the clerk's replies. */
export const replies = (w: World): readonly string[] => w.comments("reply").map((one) => one.body);

export const announced = (w: World): readonly string[] => w.comments("announce").map((one) => one.marker.key);

export const outcomeOf = (decision: Decision, login: string): ActVerdict["outcome"] | undefined =>
  decision.verdicts.findLast((one) => one.by?.login === login)?.outcome;

export const refusalOf = (decision: Decision, login: string): string | undefined =>
  decision.verdicts.findLast((one) => one.by?.login === login)?.why?.code;
