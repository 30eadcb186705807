import { scaleLinear, scaleSymlog } from "d3-scale";
import { count } from "../../domain/messages/grammar.js";
import { DAY } from "../../domain/text/time.js";
import { type Html, html } from "../../platform/html.js";
import { lengthWords, type Spread } from "../figures.js";
import { n, picture } from "./svg.js";

const WIDTH = 400;
const LEFT = 12;
const RIGHT = WIDTH - 12;
const TOP = 22;
const BASE = 82;
const BOX = 96;
const BOTTOM = 110;
const COLUMN = 8;

/** Lengths worth a line, where the scale reaches them. Close ones on the left share little room: each is drawn where it has some. */
const LINES = [
  [DAY / 24, "1 hour"],
  [DAY, "1 day"],
  [7 * DAY, "1 week"],
  [30 * DAY, "1 month"],
  [182 * DAY, "6 months"],
  [365 * DAY, "1 year"],
  [1826 * DAY, "5 years"],
  [7305 * DAY, "20 years"],
] as const;

/**
 * How lengths of time lie: columns as high as there are many, and below them the middle half as a box with the median in it. Hours and years
 * stand side by side, so longer times lie closer together.
 */
export function stripDrawing(id: string, title: string, { lengths, middle }: Spread): Html | null {
  const longest = lengths.at(-1);
  if (middle === null || longest === undefined) return null;
  const scale = scaleSymlog()
    .constant(DAY)
    .domain([0, Math.max(longest, 14 * DAY) * 1.1])
    .range([LEFT, RIGHT]);
  const columns = new Map<number, number>();
  for (const length of lengths) {
    const column = Math.min(Math.floor((scale(length) - LEFT) / COLUMN), (RIGHT - LEFT) / COLUMN - 1);
    columns.set(column, (columns.get(column) ?? 0) + 1);
  }
  const height = scaleLinear()
    .domain([0, Math.max(...columns.values(), 4)])
    .range([0, BASE - TOP]);
  const median = scale(middle.median);
  const anchor = median < 90 ? "start" : median > WIDTH - 90 ? "end" : "middle";
  return picture(
    {
      id,
      title,
      description: `${count(lengths.length, "proposal")}; the median is ${lengthWords(middle.median)}, the middle half lies between ${lengthWords(middle.lower)} and ${lengthWords(middle.upper)}, the longest is ${lengthWords(longest)}.`,
      width: WIDTH,
      height: BOTTOM + 20,
      size: "fitting",
    },
    html`<g class="axis">${lines(scale)}</g><g class="columns">${[...columns].map(
      ([column, many]) =>
        html`<rect x="${n(LEFT + column * COLUMN + 0.5)}" y="${n(BASE - height(many))}" width="${n(COLUMN - 1)}" height="${n(height(many))}"/>`,
    )}</g><line class="base" x1="${n(LEFT)}" x2="${n(RIGHT)}" y1="${n(BASE)}" y2="${n(BASE)}"/><rect class="box" x="${n(scale(middle.lower))}" y="${n(BOX - 6)}" width="${n(Math.max(2, scale(middle.upper) - scale(middle.lower)))}" height="12" rx="2"/><line class="median" x1="${n(median)}" x2="${n(median)}" y1="${n(TOP - 4)}" y2="${n(BOX + 9)}"/><text class="said" x="${n(anchor === "middle" ? median : Math.min(Math.max(median, LEFT), RIGHT))}" y="${n(TOP - 9)}" text-anchor="${anchor}">median ${lengthWords(middle.median)}</text>`,
  );
}

function lines(scale: (value: number) => number): readonly Html[] {
  let free = LEFT;
  return LINES.flatMap(([length, words]) => {
    const x = scale(length);
    if (x > RIGHT - 24 || x - 24 < free) return [];
    free = x + 30;
    return [
      html`<line x1="${n(x)}" x2="${n(x)}" y1="${n(TOP)}" y2="${n(BOTTOM)}"/><text x="${n(x)}" y="${n(BOTTOM + 15)}" text-anchor="middle">${words}</text>`,
    ];
  });
}
