import {
  type SymbolType,
  symbol,
  symbolCircle,
  symbolCross,
  symbolDiamond,
  symbolSquare,
  symbolTriangle,
} from "d3-shape";
import type { Happening, PublicEvent } from "../../domain/model/publicView.js";
import { type Html, html, trusted } from "../../platform/html.js";
import { clustered } from "./clusters.js";
import { n, textWidth } from "./svg.js";

/** Where an event is drawn, and as what. */
export interface Mark {
  readonly lane: "course" | "text" | "votes";
  readonly shape: keyof typeof SHAPES;
  /** Class that colours it. */
  readonly look: "plain" | "yes" | "abstain" | "no" | "done" | "stopped" | "warn";
  /** Written beside it where there is room. */
  readonly words: string;
}

/** An event as it is drawn, at its place. */
export interface Placed extends Mark {
  readonly x: number;
}

const SHAPES = {
  circle: symbolCircle,
  diamond: symbolDiamond,
  square: symbolSquare,
  triangle: symbolTriangle,
  cross: symbolCross,
} as const satisfies Readonly<Record<string, SymbolType>>;

/** null: it is drawn otherwise (concerns and periods have a length), or says nothing about the course. */
export function markOf({ what }: Pick<PublicEvent, "what">): Mark | null {
  switch (what.kind) {
    case "vote":
      return {
        lane: "votes",
        shape: what.choice === "retracted" ? "cross" : "circle",
        look: what.choice === "retracted" ? "no" : what.choice,
        words: "",
      };
    case "review":
      return what.verdict === "changes_requested"
        ? { lane: "votes", shape: "triangle", look: "warn", words: "" }
        : null;
    case "new_text":
      return { lane: "text", shape: "diamond", look: "plain", words: "" };
    case "concern":
    case "resolved":
    case "fcp_begun":
    case "fcp_blocked":
      return null;
    default:
      return { lane: "course", ...courseMark(what) };
  }
}

function courseMark(
  what: Exclude<
    Happening,
    { readonly kind: "vote" | "review" | "new_text" | "concern" | "resolved" | "fcp_begun" | "fcp_blocked" }
  >,
): Omit<Mark, "lane"> {
  switch (what.kind) {
    case "opened":
      return { shape: "circle", look: "plain", words: "opened" };
    case "motion":
      return { shape: "square", look: "plain", words: `moved to ${what.disposition}` };
    case "concluded":
      return { shape: "square", look: "done", words: `decided: ${what.disposition}` };
    case "cancelled":
      return { shape: "cross", look: "stopped", words: "cancelled" };
    case "overridden":
      return { shape: "triangle", look: "warn", words: "decided elsewhere" };
    case "merged_undecided":
      return { shape: "triangle", look: "warn", words: "merged undecided" };
    case "corrected":
      return { shape: "triangle", look: "warn", words: "corrected" };
    case "merged":
    case "spec_merged":
      return { shape: "circle", look: "done", words: what.kind === "merged" ? "merged" : "in the spec" };
    case "closed":
    case "obsolete":
      return { shape: "cross", look: "stopped", words: what.kind };
    case "ready":
    case "waived":
    case "reopened":
    case "spec_missing":
    case "spec_in_review":
      return { shape: "circle", look: "plain", words: COURSE_WORDS[what.kind] };
  }
}

const COURSE_WORDS = {
  ready: "ready",
  waived: "waived",
  reopened: "reopened",
  spec_missing: "spec asked for",
  spec_in_review: "spec in review",
} as const;

/** Of half the size of a mark. */
const RADIUS = 9;

/** Marks side by side; those too near to each other as one with their number. */
export function laneOf(marks: readonly Placed[], y: number): Html {
  return html`<g>${clustered(marks, 2 * RADIUS).map(({ x, marks: here }) => {
    const [first] = here;
    if (first === undefined) return null;
    if (here.length === 1) return single(first, y);
    const look = here.every((mark) => mark.look === first.look) ? first.look : "mixed";
    return html`<g class="many ${look}"><circle cx="${n(x)}" cy="${n(y)}" r="${n(RADIUS)}"/><text x="${n(x)}" y="${n(y + 3.5)}" text-anchor="middle">${here.length > 99 ? "99+" : here.length}</text></g>`;
  })}</g>`;
}

const single = ({ shape, look, x }: Placed, y: number): Html =>
  html`<path class="mark ${look}" transform="translate(${n(x)},${n(y)})" d="${shapePath(shape)}"/>`;

const shapePath = (shape: keyof typeof SHAPES): Html => trusted(symbol(SHAPES[shape], 70)() ?? "");

/** What stands above the marks of the course, as many as have room: how it ended before what was moved, and the last before the others. */
export function courseWords(marks: readonly Placed[], left: number, right: number, y: number): Html {
  const taken: { readonly from: number; readonly to: number }[] = [];
  const written: Html[] = [];
  const isPlain = ({ look }: Placed) => (look === "plain" ? 1 : 0);
  for (const { x, words } of [...marks].reverse().sort((a, b) => isPlain(a) - isPlain(b))) {
    const half = textWidth(words) / 2;
    const middle = Math.min(Math.max(x, left + half), right - half);
    const [from, to] = [middle - half - 5, middle + half + 5];
    if (words === "" || taken.some((other) => from < other.to && to > other.from)) continue;
    taken.push({ from, to });
    written.push(html`<text x="${n(middle)}" y="${n(y)}" text-anchor="middle">${words}</text>`);
  }
  return html`<g class="words">${written}</g>`;
}
