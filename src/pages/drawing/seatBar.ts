import { type Html, html } from "../../platform/html.js";
import { n } from "./svg.js";

/** How a team stands: yes, abstentions and the rest of all who are in it, with a line at what is needed. */
export interface SeatBar {
  readonly yes: number;
  readonly abstained: number;
  readonly size: number;
  /** null: nothing is needed any more, or it is not known. */
  readonly needed: number | null;
}

const WIDTH = 160;
const HEIGHT = 10;
/** A team of more is drawn as lengths, not seats. */
const MOST_SEATS = 16;

/** The words beside it say the same, so it is no picture of its own to who does not see it. */
export function seatBar({ yes, abstained, size, needed }: SeatBar): Html {
  const all = Math.max(size, yes + abstained, 1);
  const at = (seats: number) => (Math.min(Math.max(seats, 0), all) / all) * WIDTH;
  const bar = (kind: string, from: number, to: number) =>
    to > from &&
    html`<rect class="${kind}" x="${n(at(from))}" y="3" width="${n(at(to) - at(from))}" height="${HEIGHT}"/>`;
  // One path for all: a board has hundreds of these.
  const gaps =
    all <= MOST_SEATS &&
    all > 1 &&
    html`<path class="gap" d="${Array.from({ length: all - 1 }, (_, index) => `M${n(at(index + 1))} 3v${HEIGHT}`).join("")}"/>`;
  const mark = needed !== null && needed > 0 && Math.min(Math.max(at(needed), 1), WIDTH - 1);
  return html`<svg class="meter" viewBox="0 0 ${WIDTH} ${HEIGHT + 6}" aria-hidden="true">${bar("rest", 0, all)}${bar("yes", 0, yes)}${bar("abstained", yes, yes + abstained)}${gaps}${mark !== false && html`<path class="needed" d="M${n(mark)} 0v${HEIGHT + 6}"/>`}</svg>`;
}
