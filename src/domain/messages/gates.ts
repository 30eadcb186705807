import { holding } from "../gates/gates.js";
import type { Decision } from "../model/decision.js";
import { FORM_CHECKS, type FormCheck } from "../model/form.js";
import {
  type ChecklistItem,
  type ChecklistProblem,
  type DependencyFacts,
  type Gate,
  type GateMoment,
  MOST_ITEM_BYTES,
  MOST_ITEMS,
  type ThreadFacts,
} from "../model/gates.js";
import type { GateView } from "../model/gateView.js";
import type { ImplementationMemory, Waiver } from "../model/register.js";
import { iso } from "../text/time.js";
import type { WordsContext } from "./context.js";
import { escaped, plain, quote } from "./escape.js";
import { findingWords } from "./form.js";
import { count, day, series } from "./grammar.js";
import { link, pullLink } from "./links.js";
import { named } from "./people.js";

/** How many threads, or proposals, are linked one by one. */
const SHOWN = 10;
/** How many items of a checklist are told in words. */
const ITEMS_SHOWN = 3;

/** gate.begin, gate.end: every gate with how it stands and what clears it, as list items under a heading. Empty: there are none. */
export function gateSection({ gates = [] }: Decision, context: WordsContext): string {
  if (gates.length === 0) return "";
  const lines = gates.map((view) => `- ${gateLine(view, context)}`);
  return `### What has to be in place\n\n${lines.join("\n")}`;
}

/** One gate: state, what it asks for, what is known of it, and what clears it. */
export function gateLine(view: GateView, context: WordsContext): string {
  const state = `**${STATES[view.state]}**${view.state === "met" || view.state === "waived" ? "" : ` (${MOMENTS[view.gate.before]})`}`;
  const told = [...details(view, context), ...waiverNote(view, context)].map((sentence) => ` ${sentence}`);
  return `${state}: ${escaped(gateWords(view.gate))}.${told.join("")}`;
}

/** What is known of a gate, to stand beside something else that is about it: plain facts, or that nothing is missing. */
export const gateNote = (view: GateView, context: WordsContext): readonly string[] =>
  view.state === "unknown" ? [] : view.state === "met" ? ["nothing is missing."] : details(view, context);

const STATES = { met: "Met", unmet: "Not met", unknown: "Not known", waived: "Waived" } as const;

const MOMENTS: Readonly<Record<GateMoment, string>> = {
  begin: "before the Final Comment Period begins",
  conclude: "before the Final Comment Period concludes",
  merge: "before it is merged",
  never: "shown only, it holds nothing",
};

/** What a gate wants: plain text. */
export function gateWords(gate: Gate): string {
  switch (gate.kind) {
    case "label":
      return gate.wanted === "absent"
        ? `no label “${plain(gate.label)}”`
        : `the label “${plain(gate.label)}”`;
    case "review_threads":
      return "every review thread is resolved";
    case "dependencies":
      return "what it depends on is accepted";
    case "form":
      return `its form is right: ${series(gate.checks.map(titleOf))}`;
    case "checklist":
      return `every item of ${plain(gate.file)} is ticked`;
    case "implementation":
      return `${count(gate.needed, "implementation")} ${gate.needed === 1 ? "is" : "are"} linked, and a member has found ${gate.needed === 1 ? "it" : "them"} in order`;
  }
}

const titleOf = (check: FormCheck): string =>
  (FORM_CHECKS.find(({ key }) => key === check)?.title ?? check).toLowerCase();

function details({ gate, found, state, since }: GateView, context: WordsContext): readonly string[] {
  switch (found.kind) {
    case "checklist":
      return found.missing.length === 0 ? [] : [missingItems(found.missing, found.total, found.url)];
    case "implementation":
      return gate.kind === "implementation"
        ? [implementations(gate.needed, found.linked, found.checked, context)]
        : [];
    case "checklist_to_come":
      return ["It is posted for members to tick when a motion to merge is made."];
    case "no_checklist":
      return gate.kind === "checklist"
        ? [noChecklist(found.problem, gate.file, state === "waived" ? null : context.mention)]
        : [];
    case "unread":
      return ["GitHub did not tell the clerk, which looks again within the hour."];
    case "label": {
      const on = since === null ? "" : ` on ${day(since)}`;
      const who = found.by === null ? "before this was asked for" : `by ${named(found.by)}${on}`;
      const put = found.stands
        ? `It was put on ${who}.`
        : found.by === null
          ? ""
          : `It was taken off ${who}.`;
      if (gate.kind !== "label") return [];
      const clears = gate.wanted === "absent" ? "A member takes it off." : "A member puts it on.";
      return [
        ...(put === "" ? [] : [put]),
        ...(found.idle === null ? [] : [idleLabelNote(found.stands, found.idle.by?.login ?? null)]),
        ...(state === "unmet" && (found.idle === null || gate.wanted === "present") ? [clears] : []),
      ];
    }
    case "review_threads": {
      const open =
        found.open.length === 0
          ? []
          : [
              `${found.open.length} of ${found.count} ${found.open.length === 1 ? "waits" : "wait"}: ${threadLinks(found.open)}. What a member began, a member resolves.`,
            ];
      const idle =
        found.idle.length === 0
          ? []
          : [
              `${count(found.idle.length, "thread")} begun since the motion by people on no team ${found.idle.length === 1 ? "holds" : "hold"} nothing: ${threadLinks(found.idle)}.`,
            ];
      return [...open, ...idle];
    }
    case "dependencies": {
      const open =
        found.open.length === 0
          ? []
          : [`It waits for ${series(found.open.slice(0, SHOWN).map((one) => dependency(one, context)))}.`];
      const circle =
        found.circle.length === 0
          ? []
          : [
              `${series(found.circle.map((number) => pullLink(context, number)))} ${found.circle.length === 1 ? "waits" : "wait"} for this one in turn, and so ${found.circle.length === 1 ? "holds" : "hold"} nothing.`,
            ];
      return [...open, ...circle];
    }
    case "form": {
      if (found.left === null) return [];
      const { left, facts } = found;
      const more = left.length - SHOWN_FINDINGS;
      return [
        ...left.slice(0, SHOWN_FINDINGS).map((finding) => {
          const { sentence, change } = findingWords(finding, facts);
          return change === null ? sentence : `${sentence} ${change}.`;
        }),
        ...(more > 0 ? [`And ${more} more.`] : []),
      ];
    }
  }
}

const SHOWN_FINDINGS = 3;
function implementations(
  needed: number,
  linked: readonly string[],
  checked: ImplementationMemory["checked"],
  { mention: name }: WordsContext,
): string {
  const links = linked.slice(0, SHOWN).map((address, at) => link(`implementation ${at + 1}`, address));
  const these = linked.length === 0 ? "" : `Linked: ${series(links)}. `;
  if (checked !== null)
    return `${these}${link(`${named(checked.by)} found this in order`, checked.url)} on ${day(checked.at)}.`;
  if (linked.length < needed)
    return `${these}${linked.length} of ${needed} ${linked.length === 1 ? "is" : "are"} linked. The author links one by saying \`@${name} implementation URL\`, or under a heading “Implementation” in the description or the text.`;
  return `${these}A member who has seen that it works says \`@${name} implementation ok\`.`;
}

/** What is not ticked yet, the first few of it in words. */
function missingItems(missing: readonly ChecklistItem[], total: number, url: string | null): string {
  const words = missing.slice(0, ITEMS_SHOWN).map(({ text }) => quote(text, 80));
  const more = missing.length - words.length;
  const here = url === null ? "in its comment" : link("here", url);
  return `${missing.length} of ${total} ${missing.length === 1 ? "is" : "are"} missing: ${series(more > 0 ? [...words, `${more} more`] : words)}. Members tick them ${here}.`;
}

/** Why a list has nothing to tick, and how to go on (null: nobody has to). Plain text but for the file's name. */
function noChecklist(problem: ChecklistProblem, file: string, mention: string | null): string {
  const name = `\`${plain(file).replace(/`/g, "’")}\``;
  const why = {
    absent: `There is no file ${name} on the default branch`,
    not_text: `${name} on the default branch is no text file`,
    no_items: `${name} on the default branch has no line that begins with \`- [ ]\``,
    too_long: `${name} on the default branch is more than the clerk keeps (64 KB, ${MOST_ITEMS} items, ${MOST_ITEM_BYTES} bytes of words)`,
  }[problem];
  const told = `${why}, so there is nothing to tick.`;
  if (mention === null) return told;
  return `${told} Once ${problem === "absent" ? "it is there" : "it is mended"}, the clerk takes it at its next look (\`@${mention} refresh\`); or members waive this.`;
}

function idleLabelNote(stands: boolean, login: string | null): string {
  const who = login === null ? "an account that is not known any more" : escaped(login);
  return stands
    ? `It is gone now by the hand of ${who}, on no team, which changes nothing: a member puts it on and takes it off again.`
    : `It stands now by the hand of ${who}, on no team, which changes nothing.`;
}

const threadLinks = (threads: readonly ThreadFacts[]): string => {
  const oldest = [...threads].sort((a, b) => a.at - b.at);
  const links = oldest
    .slice(0, SHOWN)
    .map(({ by, url }) => link(by === null ? "somebody’s" : `${named(by)}’s`, url));
  const more = threads.length - links.length;
  return series(more > 0 ? [...links, `${more} more`] : links);
};

function dependency({ number, state }: DependencyFacts, context: WordsContext): string {
  const said = {
    open: "",
    closed: ", which is closed",
    unknown: ", of which nothing is known",
    merged: "",
    accepted: "",
  }[state];
  return `${pullLink(context, number)}${said}`;
}

/** gate.waive: by whom and why, or what it takes yet. */
function waiverNote({ gate, state, waiver }: GateView, { mention }: WordsContext): readonly string[] {
  if (waiver === null) return [];
  if (state === "waived") return [`${waived(waiver)}.`];
  if (waiver.granted !== null || state === "met") return [];
  return [
    `${named(waiver.by)} would do without it: ${quote(waiver.reason)}. That takes effect when another member says \`@${mention} second waive ${plain(gate.name).replace(/`/g, "’")}\`.`,
  ];
}

/** gate.waive, for the record too: who would do without it, why, and who seconded. */
export const waived = ({ by, at, url, reason, seconds }: Waiver): string =>
  `${link("Waived", url)} by ${named(by)} on ${day(at)}: ${quote(reason)}; seconded by ${series(seconds.map((one) => link(named(one.member), one.url)))}`;

/** What a moment waits for, for the sentence of the status: plain text. */
export const untilGates = (decision: Decision, moment: GateMoment): readonly string[] =>
  holding(decision.gates ?? [], moment).map(untilGate);

/** The same of one gate. */
export function untilGate({ gate, found, state }: GateView): string {
  switch (gate.kind) {
    case "label":
      return gate.wanted === "absent"
        ? `the label “${plain(gate.label)}” to be taken off`
        : `the label “${plain(gate.label)}” to be put on`;
    case "review_threads":
      return found.kind === "review_threads"
        ? `${count(found.open.length, "review thread")} to be resolved`
        : "GitHub to tell its review threads";
    case "dependencies": {
      if (found.kind !== "dependencies") return "GitHub to tell what it depends on";
      const numbers = found.open.map(({ number }) => `${number}`);
      return numbers.length > 3
        ? `${numbers.length} other proposals to be accepted`
        : `${numbers.length === 1 ? "proposal" : "proposals"} ${series(numbers)} to be accepted`;
    }
    case "form":
      return state === "unknown"
        ? "GitHub to tell its form"
        : `its form to be put right (${series([...new Set(found.kind === "form" && found.left !== null ? found.left.map(({ check }) => titleOf(check)) : [])])})`;
    case "checklist":
      if (found.kind === "no_checklist") return "a checklist that can be ticked";
      return found.kind === "checklist"
        ? `${count(found.missing.length, "item")} of the checklist to be ticked`
        : "GitHub to tell its checklist";
    case "implementation": {
      if (found.kind === "unread") return "GitHub to tell which implementations are linked";
      const linked = found.kind === "implementation" ? found.linked.length : 0;
      return linked < gate.needed
        ? `${count(gate.needed - linked, "implementation")} to be linked`
        : `a member to say that ${gate.needed === 1 ? "its implementation is" : "its implementations are"} in order`;
    }
  }
}

/** For a terminal: the same in one line of plain text. */
export function gateRow({ gate, state, since, waiver }: GateView): string {
  const at = since === null ? "" : ` since ${iso(since)}`;
  const by =
    waiver === null
      ? ""
      : waiver.granted === null
        ? `; ${plain(waiver.by.login)} would waive it, not seconded yet`
        : `; waived by ${plain(waiver.by.login)} “${plain(waiver.reason)}” ${plain(waiver.url)}`;
  return `${plain(gate.name)} (${gate.before}): ${state}${at}${by}`;
}
