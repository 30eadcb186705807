import type { Noticed } from "../form/noticed.js";
import { itemLine } from "../gates/checklistBoxes.js";
import type { Decision } from "../model/decision.js";
import type { GateView } from "../model/gateView.js";
import type { Checklist, ChecklistTick } from "../model/register.js";
import { teamOf } from "../model/rules.js";
import type { WordsContext } from "./context.js";
import { escaped, shorten } from "./escape.js";
import { fitting } from "./fitting.js";
import { gateNote } from "./gates.js";
import { count, day, series, theTeam } from "./grammar.js";
import { compareLink, fileLink } from "./links.js";
import { named } from "./people.js";

/** The comment in which members tick what is in place for a motion to merge, folded away. Each item says who ticked it, and what the clerk itself sees. */
export function checklistComment(
  list: Checklist,
  decision: Decision,
  noticed: Noticed,
  context: WordsContext,
): string {
  const write = (length: number, notes: boolean) => () => {
    const lines = list.items.map(({ text, depth }, at) => {
      const tick = list.ticks.find(({ item }) => item === at + 1);
      const seen = notes ? seenBeside(text, decision.gates ?? [], noticed, context) : "";
      const note = [...(tick === undefined ? [] : [`— ${tickNote(tick, context)}`]), seen].filter(Boolean);
      return itemLine(at + 1, tick !== undefined, depth, escaped(shorten(text, length)), note.join(" "));
    });
    return [
      `<details><summary>Checklist: ${list.ticks.length} of ${list.items.length} ticked</summary>`,
      `Members of ${teamsOf(decision, context)} tick what is in place; who ticked is kept. These boxes are no votes. The list is ${fileLink(context, list.file, list.commit)} as it stood when the motion was made, whatever becomes of the file.`,
      lines.join("\n"),
      "</details>",
    ].join("\n\n");
  };
  return fitting([write(300, true), write(300, false), write(60, false), write(25, false)]);
}

/** Its last words, when the motion has ended: no box, as no tick could count any more. `list` null: it is not kept any more. */
export function endedChecklistComment(motion: number, list: Checklist | null, context: WordsContext): string {
  const ended = `This checklist was for motion ${motion}, which has ended: nothing is ticked here any more.`;
  if (list === null) return ended;
  const lines = list.items.map(({ text, depth }, at) => {
    const tick = list.ticks.find(({ item }) => item === at + 1);
    const note = tick === undefined ? "not ticked" : tickNote(tick, context);
    return `${"  ".repeat(depth)}- ${escaped(text)} — ${note}`;
  });
  const heading = `<details><summary>Checklist: ${list.ticks.length} of ${list.items.length} were ticked</summary>`;
  return fitting([() => [heading, ended, lines.join("\n"), "</details>"].join("\n\n"), () => ended]);
}

function tickNote({ by, at, head }: ChecklistTick, context: WordsContext): string {
  const earlier =
    head === context.pull.head
      ? ""
      : `, at an earlier commit (${compareLink(context, head, context.pull.head)})`;
  return `${named(by)}, ${day(at)}${earlier}`;
}

function teamsOf({ register, tallies }: Decision, { rules }: WordsContext): string {
  const needs = register.motion?.needs ?? tallies.map(({ need }) => need);
  return series(needs.map(({ team }) => theTeam(escaped(teamOf(rules, team)?.title ?? team))));
}

/** Which gates the words of an item are about. What the clerk sees of them is said beside it; what it does not look at, it says nothing of. */
const ABOUT: readonly (readonly [GateView["gate"]["kind"], RegExp])[] = [
  ["review_threads", /\bthreads?\b|\bcomments? (?:are|is|have been) resolved\b/i],
  ["implementation", /\bimplementation/i],
  ["dependencies", /\bdepend(?:s|encies)\b/i],
];

/** The same of the form of its text. */
const OF_FORM: readonly (readonly [RegExp, (noticed: Noticed) => string | null])[] = [
  [
    /\bsign(?:ed)?[- ]?off\b/i,
    ({ signedOff }) =>
      signedOff === null ? null : signedOff ? "it is signed off." : "no sign-off of the author’s is found.",
  ],
  [
    /\bsecurity\b/i,
    ({ security }) =>
      security === null ? null : security ? "a heading names security." : "no heading names security.",
  ],
  [
    /\bunstable\b/i,
    ({ unstable }) => {
      if (unstable === null) return null;
      return unstable === "" ? "no unstable prefix is found." : `it names ${escaped(unstable)}.`;
    },
  ],
  [
    /\b120\b|\blines? (?:are )?(?:wrapped|length)\b/i,
    ({ longLines }) =>
      longLines === null
        ? null
        : `${longLines === 0 ? "no line is" : count(longLines, "line is", "lines are")} over 120 characters.`,
  ],
];

function seenBeside(
  text: string,
  gates: readonly GateView[],
  noticed: Noticed,
  context: WordsContext,
): string {
  const views = ABOUT.flatMap(([kind, words]) =>
    words.test(text) ? gates.filter(({ gate }) => gate.kind === kind) : [],
  );
  const ofForm = OF_FORM.flatMap(([words, say]) => (words.test(text) ? (say(noticed) ?? []) : []));
  const told = [...views.flatMap((view) => gateNote(view, context)), ...ofForm];
  return told.length === 0 ? "" : `(The clerk sees: ${told.join(" ")})`;
}
