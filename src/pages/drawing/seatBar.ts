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

/** The words beside it say the same, so it is no picture of its own to who does not see it. A team of many is drawn as lengths, not seats. */
export function seatBar({ yes, abstained, size, needed }: SeatBar): Html {
  const all = Math.max(size, yes + abstained, 1);
  const at = (seats: number) => (Math.min(Math.max(seats, 0), all) / all) * WIDTH;
  const gaps =
    all <= 16
      ? Array.from(
          { length: all - 1 },
          (_, index) =>
            html`<line class="gap" x1="${n(at(index + 1))}" x2="${n(at(index + 1))}" y1="3" y2="${HEIGHT + 3}"/>`,
        )
      : null;
  return html`<svg class="meter" viewBox="0 0 ${WIDTH} ${HEIGHT + 6}" aria-hidden="true"><rect class="rest" x="0" y="3" width="${WIDTH}" height="${HEIGHT}"/><rect class="yes" x="0" y="3" width="${n(at(yes))}" height="${HEIGHT}"/><rect class="abstained" x="${n(at(yes))}" y="3" width="${n(at(yes + abstained) - at(yes))}" height="${HEIGHT}"/>${gaps}${needed !== null && needed > 0 && html`<line class="needed" x1="${n(Math.min(Math.max(at(needed), 1), WIDTH - 1))}" x2="${n(Math.min(Math.max(at(needed), 1), WIDTH - 1))}" y1="0" y2="${HEIGHT + 6}"/>`}</svg>`;
}
