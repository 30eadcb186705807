import { scaleBand, scaleLinear } from "d3-scale";
import type { Html } from "../../platform/html.js";
import { html } from "../../platform/html.js";
import { n, type Picture, picture } from "./svg.js";

/** A bar of one or more parts, each with the class that colours it. */
export interface Bar {
  readonly name: string;
  readonly parts: readonly { readonly look: "first" | "second" | "third"; readonly value: number }[];
}

type Named = Pick<Picture, "id" | "title" | "description">;

const WIDTH = 400;

const totalOf = ({ parts }: Bar): number => parts.reduce((sum, { value }) => sum + value, 0);

/** Lying bars with their names before them and their numbers behind. */
export function lyingBars(named: Named, bars: readonly Bar[]): Html {
  const row = 26;
  const left = 16 + Math.max(...bars.map(({ name }) => name.length), 0) * 7;
  const length = scaleLinear()
    .domain([0, Math.max(...bars.map(totalOf), 1)])
    .range([0, WIDTH - 48 - left]);
  return picture(
    { ...named, width: WIDTH, height: bars.length * row + 4, size: "fitting" },
    bars.map((bar, index) => {
      const y = index * row + 4;
      let x = left;
      const parts = bar.parts.map(({ look, value }) => {
        const from = x;
        x += length(value);
        return value > 0 && partOf(look, from, y, x - from, row - 8);
      });
      return html`<text class="name" x="${n(left - 8)}" y="${n(y + 13)}" text-anchor="end">${bar.name}</text>${parts}<text class="value" x="${n(x + 6)}" y="${n(y + 13)}">${totalOf(bar)}</text>`;
    }),
  );
}

/** Standing bars side by side, of months: named by year where one begins, and the first. */
export function monthBars(
  named: Named,
  months: readonly { readonly month: string; readonly value: number }[],
): Html {
  const [top, base, left] = [8, 130, 36];
  const most = Math.max(...months.map(({ value }) => value), 4);
  const height = scaleLinear().domain([0, most]).nice(4).range([base, top]);
  const place = scaleBand()
    .domain(months.map(({ month }) => month))
    .range([left, WIDTH])
    .padding(0.18);
  return picture(
    { ...named, width: WIDTH, height: base + 36, size: "fitting" },
    html`<g class="axis">${height
      .ticks(4)
      .map(
        (tick) =>
          html`<line x1="${n(left)}" x2="${n(WIDTH)}" y1="${n(height(tick))}" y2="${n(height(tick))}"/><text x="${n(left - 6)}" y="${n(height(tick) + 4)}" text-anchor="end">${tick}</text>`,
      )}</g><g class="columns">${months.map(({ month, value }) => {
      const x = place(month) ?? left;
      return value > 0 && partOf("first", x, height(value), place.bandwidth(), base - height(value));
    })}</g><line class="base" x1="${n(left)}" x2="${n(WIDTH)}" y1="${n(base)}" y2="${n(base)}"/><g class="axis">${months.map(
      ({ month }, index) => {
        const x = (place(month) ?? left) + place.bandwidth() / 2;
        const [year = "", ofYear = ""] = month.split("-");
        return html`${Number(ofYear) % 3 === 1 && html`<text x="${n(x)}" y="${n(base + 15)}" text-anchor="middle">${MONTHS[Number(ofYear) - 1] ?? ""}</text>`}${(ofYear === "01" || (index === 0 && Number(ofYear) < 11)) && html`<text class="year" x="${n(x)}" y="${n(base + 30)}" text-anchor="middle">${year}</text>`}`;
      },
    )}</g>`,
  );
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const partOf = (
  look: Bar["parts"][number]["look"],
  x: number,
  y: number,
  width: number,
  height: number,
): Html =>
  html`<rect class="bar ${look}" x="${n(x)}" y="${n(y)}" width="${n(Math.max(1, width))}" height="${n(height)}"/>`;
