// One file: a table with one row for each command. That no two spellings collide is seen where all of them stand.

import { checkImplementations, linkImplementations } from "../gates/implementation.js";
import { waive } from "../gates/waivers.js";
import type { Command, KnownCommand, Verb } from "../model/command.js";
import type { Rules } from "../model/rules.js";
import { fold } from "../text/fold.js";
import { vote } from "./ballots.js";
import { bare, type CommandRow, spelled, verbOf, whateverFollows } from "./commandRow.js";
import { raise, resolve } from "./concerns.js";
import { cancel, move, propose, withdraw } from "./motions.js";
import { confirm } from "./recovery.js";
import { type ActContext, accepted, type Ruling } from "./ruling.js";
import { correct, override, second } from "./seconding.js";
import { signOffPrivately } from "./signOff.js";
import {
  implementationIn,
  isGiven,
  recordIn,
  secondedIn,
  spokenIn,
  standsAlone,
  teamIn,
  textAfter,
  waivedIn,
} from "./spoken.js";

const MOTIONS = spelled(
  ["merge", ["merge", "merges", "merged", "merging"]],
  ["close", ["close", "closes", "closed", "closing"]],
  ["postpone", ["postpone", "postpones", "postponed", "postponing"]],
);
const VOTES = spelled(
  ["yes", ["review", "reviewed", "approve", "approved"]],
  ["abstain", ["abstain", "abstained"]],
  ["retract", ["retract", "retracted", "unreview", "unreviewed"]],
);
const OUTCOMES = spelled(
  ["finished", ["finished", "finish"]],
  ["cancelled", ["cancelled", "canceled", "cancel"]],
);

const asksForImplementations = ({ gates = [] }: Rules): boolean =>
  gates.some(({ kind }) => kind === "implementation");
const hasGates = ({ gates }: Rules): boolean => gates !== undefined;

/** Everything people can say to the clerk, a row each, in the order in which `help` has them. */
export const COMMANDS: { readonly [V in Verb]: CommandRow<V> } = {
  move: {
    spellings: [...MOTIONS.keys()],
    hints: ["fcp merge", "fcp close", "fcp postpone", "merge", "close", "postpone"],
    who: "member",
    takes: (spoken) => {
      const disposition = MOTIONS.get(spoken.word);
      return disposition !== undefined && isGiven(spoken) ? { verb: "move", disposition } : null;
    },
    content: ({ disposition }) => `move ${disposition}`,
    rule: (context, { disposition }, source) => move(context, disposition, "command", source),
    help: [
      {
        say: "fcp merge",
        does: "propose a Final Comment Period to merge; `fcp close` and `fcp postpone` likewise",
        common: true,
      },
    ],
    readme: [{ say: "`fcp merge`, `fcp close`, `fcp postpone`", does: "propose a Final Comment Period" }],
  },
  cancel: {
    spellings: ["cancel", "cancelled", "canceled"],
    hints: ["fcp cancel", "cancel"],
    who: "member",
    takes: (spoken) =>
      isGiven(spoken) || /^(?:the )?fcp[.!]*$/iu.test(spoken.rest) ? { verb: "cancel" } : null,
    content: verbOf,
    rule: cancel,
    help: [
      {
        say: "fcp cancel",
        does: "cancel what is proposed, or the running Final Comment Period",
        common: true,
      },
    ],
    readme: [{ say: "`fcp cancel`", does: "cancel what is proposed, or the running FCP" }],
  },
  vote: {
    spellings: [...VOTES.keys()],
    hints: ["reviewed", "review", "approve", "approved", "abstain", "retract", "unreview"],
    who: "member",
    takes: (spoken) => {
      const choice = VOTES.get(spoken.word);
      const team = teamIn(spoken);
      // Nobody votes for somebody else, nor gives their own vote by saying so.
      const plain = standsAlone(spoken) && !/\bon behalf of\b/iu.test(spoken.rest);
      return choice !== undefined && (team !== null || plain) ? { verb: "vote", choice, team } : null;
    },
    content: ({ choice, team }) => `${choice} ${team === null ? "" : fold(team)}`,
    rule: (context, { choice, team }, source) => vote(context, choice, team, "command", source),
    help: [
      {
        say: "reviewed",
        does: "approve, as ticking your box or an approving review does (a review only to merge); `reviewed as TEAM` if you sit in two",
        common: true,
      },
      { say: "abstain", does: "be recorded as abstaining; this is not an approval", common: true },
      { say: "retract", does: "take your vote back", common: true },
    ],
    readme: [
      {
        say: "`reviewed` (`as TEAM`)",
        does: "vote yes; an approving review does the same for a motion to merge",
      },
      {
        say: "`abstain`, `retract` (`as TEAM`)",
        does: "be recorded as abstaining; take your vote back",
      },
    ],
  },
  concern: {
    spellings: ["concern"],
    hints: ["fcp concern", "concern"],
    who: "member",
    outOfScope: true,
    takes: (spoken) => ({ verb: "concern", text: textAfter(spoken) }),
    content: ({ text }) => `concern ${fold(text)}`,
    rule: (context, { text }, source) => raise(context, text, source),
    help: [
      {
        say: "concern TEXT",
        does: "raise a concern, which keeps a Final Comment Period from beginning and from concluding",
        common: true,
      },
    ],
    readme: [{ say: "`concern TEXT`", does: "raise a concern" }],
  },
  resolve: {
    spellings: ["resolve", "resolved", "resolves"],
    hints: ["resolve", "resolved"],
    who: "member",
    outOfScope: true,
    takes: (spoken) => ({ verb: "resolve", what: textAfter(spoken) }),
    content: ({ what }) => `resolve ${fold(what)}`,
    rule: (context, { what }) => resolve(context, what),
    help: [
      {
        say: "resolve C1",
        does: "resolve a concern, by its number or its text; also `resolve C1, C2 and C4` and `resolve all`",
        common: true,
      },
    ],
    readme: [
      { say: "`resolve C2`, `resolve TEXT`, `resolve all`", does: "resolve one, or all that are open" },
    ],
  },
  propose: {
    spellings: ["propose"],
    hints: ["propose"],
    who: "member",
    takes: bare({ verb: "propose" }),
    content: verbOf,
    rule: (context, _, source) => propose(context, source),
    help: [
      {
        say: "propose",
        does: "stand behind a change of the roster or the rules that somebody else wrote",
        common: false,
      },
    ],
    readme: [
      {
        say: "`propose`",
        does: "stand behind a change of the roster or the rules that somebody else wrote",
      },
    ],
  },
  withdraw: {
    spellings: ["withdraw"],
    hints: ["withdraw"],
    who: "author",
    takes: bare({ verb: "withdraw" }),
    content: verbOf,
    rule: withdraw,
    help: [
      {
        say: "withdraw",
        does: "end what is proposed before the Final Comment Period begins, as closing your pull request does",
        common: false,
      },
    ],
    readme: [
      {
        say: "`withdraw`",
        does: "end what is proposed, before FCP begins; closing the pull request does the same",
      },
    ],
  },
  override: {
    spellings: ["override"],
    hints: ["override finished", "override cancelled"],
    who: "lead",
    takes: (spoken) => {
      const said = spoken.behindFcp ? null : spokenIn(spoken.rest, true);
      const outcome = said === null ? undefined : OUTCOMES.get(said.word);
      return said === null || outcome === undefined
        ? null
        : { verb: "override", outcome, reason: textAfter(said) };
    },
    content: ({ outcome, reason }) => `override ${outcome} ${fold(reason)}`,
    rule: (context, { outcome, reason }, source) => override(context, outcome, reason, source),
    help: [
      {
        say: "override finished: REASON",
        does: "record a decision taken elsewhere, to merge this where nothing was proposed; `override cancelled: REASON` ends what is proposed",
        common: false,
      },
    ],
    readme: [
      {
        say: "`override finished: REASON`, `override cancelled: REASON`",
        does: "record a decision taken elsewhere; `finished` also where nothing was proposed",
      },
    ],
  },
  correct: {
    spellings: ["correct"],
    hints: ["correct record"],
    who: "lead",
    outOfScope: true,
    takes: recordIn,
    content: ({ record, reason }) => `correct ${record ?? ""} ${fold(reason)}`,
    rule: (context, { record, reason }, source) => correct(context, record, reason, source),
    help: [
      {
        say: "correct record 1: REASON",
        does: "say that a record of the clerk’s is wrong; it stays, marked",
        common: false,
      },
    ],
    readme: [
      {
        say: "`correct record 1: REASON`",
        does: "say that a record of the clerk's is wrong; it stays, marked",
      },
    ],
  },
  second: {
    spellings: ["second"],
    hints: ["second"],
    who: "another member",
    outOfScope: true,
    takes: secondedIn,
    content: ({ verb, what, gate }) =>
      [verb, ...(what === null ? [] : [what]), ...(gate === "" ? [] : [fold(gate)])].join(" "),
    rule: (context, { what, gate }) => second(context, what, gate),
    help: [
      {
        say: "second",
        does: "second the lead’s override or correction, once the clerk has answered it; `second override` where both wait",
        common: false,
      },
      {
        say: "second waive GATE",
        does: "second another member’s waiver, once the clerk has answered it",
        common: false,
        when: hasGates,
      },
    ],
    readme: [
      {
        say: "`second` (`override`, `correction`, `waive GATE`)",
        who: "another member, of an override or a correction one of each needed team",
        does: "second the lead's override or correction, or a member's waiver",
      },
    ],
  },
  waive: {
    spellings: ["waive"],
    hints: [],
    who: "member",
    offered: hasGates,
    takes: waivedIn,
    // The key it had while no clerk knew it, as `signoff`.
    content: ({ commandText }) => `unknown ${fold(commandText)}`,
    rule: (context, { gate, reason }, source) => waive(context, gate, reason, source),
    help: [
      {
        say: "waive GATE: REASON",
        does: "go on without something that the config wants in place, once another member seconds it",
        common: false,
      },
    ],
    readme: [
      {
        say: "`waive GATE: REASON`",
        does: "go on without something that the config wants in place, once another member seconds it",
      },
    ],
  },
  implementation: {
    spellings: ["implementation", "implementations"],
    hints: ["implementation"],
    who: "author",
    takes: implementationIn,
    content: ({ addresses, inOrder }) =>
      inOrder === null
        ? `implementation ${addresses.join(" ")}`
        : `implementation ${inOrder ? "ok" : "not ok"}`,
    rule: (context, { addresses, inOrder }) =>
      inOrder === null ? linkImplementations(context, addresses) : checkImplementations(context, inOrder),
    help: [
      {
        say: "implementation URL",
        does: "link an implementation of your proposal",
        common: false,
        when: asksForImplementations,
      },
      {
        say: "implementation ok",
        who: "member",
        does: "say that the linked implementations are in order; `implementation not ok` takes it back",
        common: false,
        when: asksForImplementations,
      },
    ],
    readme: [
      { say: "`implementation URL`", does: "link an implementation, where the config asks for one" },
      {
        say: "`implementation ok`, `implementation not ok`",
        who: "member",
        does: "say that the linked implementations are in order; take it back",
      },
    ],
  },
  confirm: {
    spellings: ["confirm"],
    hints: ["confirm"],
    who: "member",
    takes: bare({ verb: "confirm" }),
    content: verbOf,
    rule: confirm,
    help: [
      {
        say: "confirm",
        does: "go on from a record that was lost and rebuilt, once you have compared it",
        common: false,
      },
    ],
    readme: [
      {
        say: "`confirm`",
        who: "two members of each needed team",
        does: "go on from a record that was lost and rebuilt, once you have compared it",
      },
    ],
  },
  signoff: {
    spellings: ["signoff", "sign-off"],
    // A misspelling is told nothing of it: what is near to which word is the same in every repository.
    hints: [],
    who: "member",
    offered: ({ form, gates = [] }) =>
      [form ?? [], ...gates.map((gate) => (gate.kind === "form" ? gate.checks : []))]
        .flat()
        .includes("sign-off"),
    takes: ({ behindFcp, rest }) =>
      !behindFcp && /^private(?:ly)?(?=$|[.,;:!(]| [-–—] )/iu.test(rest) ? { verb: "signoff" } : null,
    // The key it had while no clerk knew it: what was answered as unknown is judged, and stays so (act.once).
    content: ({ commandText }) => `unknown ${fold(commandText)}`,
    rule: signOffPrivately,
    help: [
      {
        say: "signoff private",
        does: "say that the author has signed off, to the team and not in public",
        common: false,
      },
    ],
    readme: [
      {
        say: "`signoff private`",
        does: "say that the author has signed off in private, where the config has `form: [sign-off]`",
      },
    ],
  },
  status: {
    spellings: ["status"],
    hints: ["status"],
    who: "anyone",
    takes: whateverFollows({ verb: "status" }),
    content: verbOf,
    rule: ({ register }) => accepted(register),
    help: [
      {
        say: "status",
        does: "look again and bring the status comment up to date; `refresh` likewise",
        common: true,
      },
    ],
    readme: [{ say: "`status`, `refresh`", does: "look again and bring the status comment up to date" }],
  },
  refresh: {
    spellings: ["refresh"],
    hints: ["refresh"],
    who: "anyone",
    takes: whateverFollows({ verb: "refresh" }),
    content: verbOf,
    rule: ({ register }) => accepted(register),
    help: [],
    readme: [],
  },
  help: {
    spellings: ["help"],
    hints: ["help"],
    who: "anyone",
    takes: whateverFollows({ verb: "help" }),
    content: verbOf,
    rule: ({ register }) => ({ register, outcome: "accepted", why: { code: "help" } }),
    help: [{ say: "help", does: "show this list", common: false }],
    readme: [{ say: "`help`", does: "a list of all this" }],
  },
};

export const VERBS = Object.keys(COMMANDS) as readonly Verb[];

const contentOfKnown = <V extends Verb>(command: KnownCommand<V>): string =>
  COMMANDS[command.verb].content(command);

export const contentOf = (command: Command): string =>
  command.verb === "unknown" ? `unknown ${fold(command.commandText)}` : contentOfKnown(command);

/** The command as these rules know it. */
export const asOffered = (command: Command, rules: Rules): Command =>
  command.verb === "unknown" || isOffered(command.verb, rules)
    ? command
    : { verb: "unknown", nearest: null, commandText: command.commandText };

export const isOffered = (verb: Verb, rules: Rules): boolean => COMMANDS[verb].offered?.(rules) ?? true;

export const ruleOnKnown = <V extends Verb>(
  context: ActContext,
  command: KnownCommand<V>,
  source: string,
): Ruling => COMMANDS[command.verb].rule(context, command, source);

export const isHeardOutOfScope = ({ verb }: Command): boolean =>
  verb !== "unknown" && COMMANDS[verb].outOfScope === true;

/** For whom the command is; null: it is unknown. */
export const whoseIs = ({ verb }: Command) => (verb === "unknown" ? null : COMMANDS[verb].who);
