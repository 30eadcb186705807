import { type ScaleTime, scaleUtc } from "d3-scale";
import { HOUR, type Instant, readable } from "../../domain/text/time.js";
import { type Html, html } from "../../platform/html.js";
import { n } from "./svg.js";

export type TimeScale = ScaleTime<number, number>;

/** A time without length is given an hour, or all of it would lie nowhere. */
export const timeScale = (from: Instant, to: Instant, left: number, right: number): TimeScale =>
  scaleUtc()
    .domain([new Date(from), new Date(Math.max(to, from + HOUR))])
    .range([left, right]);

/** Lines at even moments, named by what changes there: a year, a month, a day, an hour. All in UTC. */
export function timeAxis(scale: TimeScale, top: number, bottom: number): Html {
  const [left = 0, right = 0] = scale.range();
  return html`<g class="axis">${scale.ticks(7).map((tick) => {
    const x = scale(tick);
    const anchor = x < left + 20 ? "start" : x > right - 20 ? "end" : "middle";
    return html`<line x1="${n(x)}" x2="${n(x)}" y1="${n(top)}" y2="${n(bottom)}"/><text x="${n(x)}" y="${n(bottom + 16)}" text-anchor="${anchor}">${tickWords(tick)}</text>`;
  })}</g>`;
}

/** `2026`, `March`, `3 March`, `14:05`: the largest that begins at this moment. */
export function tickWords(tick: Date): string {
  const [date = "", time = ""] = readable(tick.getTime()).replace(" UTC", "").split(", ");
  const [ofMonth = "", month = "", year = ""] = date.split(" ");
  if (tick.getTime() % 60_000 !== 0) return tick.toISOString().slice(11, 19);
  if (time !== "00:00") return time;
  if (ofMonth !== "1") return `${ofMonth} ${month.slice(0, 3)}`;
  return month === "January" ? year : month.slice(0, 3);
}
