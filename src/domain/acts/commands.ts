// One file: a table with one row for each command. That no two spellings collide is seen where all of them stand.

import { checkImplementations, linkImplementations } from "../gates/implementation.js";
import { waive } from "../gates/waivers.js";
import type { Command, KnownCommand, Verb } from "../model/command.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { fold } from "../text/fold.js";
import { disown, handOver, isAuthor, shepherd } from "./authors.js";
import { vote } from "./ballots.js";
import { bare, type CommandRow, spelled, verbOf, whateverFollows } from "./commandRow.js";
import { raise, resolve } from "./concerns.js";
import { obsolete, ready } from "./life.js";
import { cancel, move, propose, withdraw } from "./motions.js";
import { confirm } from "./recovery.js";
import { type ActContext, accepted, type Ruling, refused } from "./ruling.js";
import { correct, override, second } from "./seconding.js";
import { signOffPrivately } from "./signOff.js";
import {
  accountIn,
  implementationIn,
  isGiven,
  obsoleteIn,
  proposalIn,
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
const namesAuthors = ({ namedAuthors }: Rules): boolean => namedAuthors === true;
const hasQueue = ({ readyLabel }: Rules): boolean => readyLabel !== undefined;
const labelsObsolete = ({ obsoleteLabel }: Rules): boolean => obsoleteLabel !== undefined;

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
      isGiven(spoken) || /^(?:the )?fcp[.!]*$/iu.test(spoken.rest)
        ? { verb: "cancel", ...obsoleteIn(spoken) }
        : null,
    // Why it is cancelled is no part of it: an edit that adds it cancels nothing twice.
    content: verbOf,
    rule: (context, { obsolete: why }) => cancel(context, why),
    help: [
      {
        say: "fcp cancel",
        does: "cancel what is proposed, or the running Final Comment Period",
        common: true,
      },
    ],
    readme: [
      { say: "`fcp cancel`", does: "cancel what is proposed, or the running FCP" },
      {
        say: "`fcp cancel: superseded by 1234`, `fcp cancel: obsolete`",
        does: "the same, and say that the proposal is obsolete, where the config has a label for it",
      },
    ],
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
  ready: {
    spellings: ["ready"],
    hints: ["ready"],
    who: "author",
    offered: hasQueue,
    takes: (spoken) =>
      !spoken.behindFcp &&
      (standsAlone(spoken) || /^for (?:review|fcp|the team|a vote)[.!]*$/iu.test(spoken.rest))
        ? { verb: "ready" }
        : null,
    rule: ready,
    help: [
      {
        say: "ready",
        does: "put your proposal into the queue of what the team is asked to look at",
        common: false,
      },
    ],
    readme: [
      {
        say: "`ready`",
        does: "ask the team to look at it, where the config has `ready_label`: it is labelled, and waits in their queue",
      },
    ],
  },
  superseded: {
    spellings: ["superseded"],
    hints: ["superseded by"],
    who: "author",
    offered: labelsObsolete,
    takes: (spoken) => (spoken.behindFcp ? null : proposalIn(spoken)),
    rule: (context, { by }) =>
      by === null
        ? refused(context, {
            code: isAuthor(context) ? "superseded_by_what" : "for_authors",
            said: context.commandText,
          })
        : obsolete(context, { supersededBy: by }),
    help: [
      {
        say: "superseded by 1234",
        does: "say that another proposal has taken the place of yours; `obsolete` where none has",
        common: false,
      },
    ],
    readme: [
      {
        say: "`superseded by 1234`, `obsolete`",
        does: "say that it is obsolete, where the config has `obsolete_label`: it is labelled, and what is proposed is off, before FCP begins",
      },
    ],
  },
  obsolete: {
    spellings: ["obsolete"],
    hints: ["obsolete"],
    who: "author",
    offered: labelsObsolete,
    takes: bare({ verb: "obsolete" }),
    rule: (context) => obsolete(context, { supersededBy: null }),
    help: [],
    readme: [],
  },
  handover: {
    spellings: ["hand"],
    hints: ["hand over to"],
    who: "author",
    offered: namesAuthors,
    takes: (spoken) => {
      const rest = /^over\b ?(?:to\b)? ?(.*)$/iu.exec(spoken.rest)?.[1];
      return rest === undefined || spoken.behindFcp ? null : { verb: "handover", to: accountIn(rest) };
    },
    rule: (context, { to }) => handOver(context, to),
    help: [
      {
        say: "hand over to @LOGIN",
        does: "pass what authors can say on to somebody else",
        common: false,
      },
    ],
    readme: [
      {
        say: "`hand over to @LOGIN`",
        does: "pass the author's commands on to somebody else, where the config has `named_authors`",
      },
    ],
  },
  disown: {
    spellings: ["not"],
    hints: ["not an author"],
    who: "author",
    offered: namesAuthors,
    takes: (spoken) =>
      /^(?:an?|the|its) (?:co-?)?author[.!]*$/iu.test(spoken.rest) && !spoken.behindFcp
        ? { verb: "disown" }
        : null,
    rule: disown,
    help: [
      {
        say: "not an author",
        does: "say that you are named as an author and are none, so that your approval counts like any other",
        common: false,
      },
    ],
    readme: [
      {
        say: "`not an author`",
        who: "who is named as one",
        does: "say that you are none, so that your approval counts like any other, where the config has `named_authors`",
      },
    ],
  },
  shepherd: {
    spellings: ["shepherd"],
    hints: ["shepherd"],
    who: "member",
    offered: namesAuthors,
    takes: (spoken) => {
      const to = accountIn(spoken.rest);
      return spoken.behindFcp || (to === null && spoken.rest !== "") ? null : { verb: "shepherd", to };
    },
    rule: (context, { to }) => shepherd(context, to),
    help: [{ say: "shepherd @LOGIN", does: "say who helps this proposal along; it is shown", common: false }],
    readme: [
      {
        say: "`shepherd @LOGIN`",
        does: "say who helps the proposal along, where the config has `named_authors`; it is shown",
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
    rule: (context, { what }, source) => waive(context, what, source),
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
    offered: asksForImplementations,
    takes: implementationIn,
    rule: (context, { addresses, inOrder }) =>
      inOrder === null ? linkImplementations(context, addresses) : checkImplementations(context, inOrder),
    help: [
      {
        say: "implementation URL",
        does: "link an implementation of your proposal",
        common: false,
      },
      {
        say: "implementation ok",
        who: "member",
        does: "say that the linked implementations are in order; `implementation not ok` takes it back",
        common: false,
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
  mine: {
    spellings: ["mine"],
    hints: ["mine"],
    who: "anyone",
    offered: ({ reminders }) => reminders !== undefined,
    beginsTalk: true,
    takes: ({ behindFcp, rest }) =>
      !behindFcp && /^(?:please|thanks|thank you)?[.!]*$/iu.test(rest) ? { verb: "mine" } : null,
    rule: ({ register }) => ({ register, outcome: "accepted", why: { code: "mine" } }),
    help: [
      {
        say: "mine",
        does: "show what waits for you on the open proposals here; nothing else changes",
        common: false,
      },
    ],
    readme: [
      {
        say: "`mine`",
        does: "what waits for you on the open proposals, where the config has `reminders`",
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

/**
 * Commands that these rules have no use for: their words are as unknown as any other. While the config came without an approved amendment, what
 * the last lawful one asks for can be said too, as it goes on asking (config.lawful).
 */
export const verbsOff = ({ lawfulRules }: Pick<Snapshot, "lawfulRules">, rules: Rules): ReadonlySet<Verb> =>
  new Set(
    VERBS.filter(
      (verb) => !isOffered(verb, rules) && (lawfulRules === null || !isOffered(verb, lawfulRules)),
    ),
  );

const contentOfKnown = <V extends Verb>(command: KnownCommand<V>): string | undefined =>
  COMMANDS[command.verb].content?.(command);

/** What makes one command another act than the next. */
export const contentOf = (command: Command): string =>
  (command.verb === "unknown" ? undefined : contentOfKnown(command)) ??
  `unknown ${fold(command.commandText)}`;

/** Does the config ask for it? */
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
