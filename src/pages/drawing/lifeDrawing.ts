import { count, day, endsOn, series } from "../../domain/messages/grammar.js";
import type { PublicEvent } from "../../domain/model/publicView.js";
import { HOUR, type Instant, readable } from "../../domain/text/time.js";
import { type Html, html } from "../../platform/html.js";
import type { ConcernSpan } from "../figures.js";
import { packedRows } from "./clusters.js";
import { courseWords, laneOf, type Mark, markOf, type Placed } from "./lanes.js";
import { type Period, periodsOf } from "./periods.js";
import { n, picture, textWidth } from "./svg.js";
import { type TimeScale, timeAxis, timeScale } from "./timeAxis.js";

/** What has happened to one proposal, to be drawn to scale. */
export interface Life {
  readonly number: number;
  readonly from: Instant;
  /** When it ended; null: it has not. */
  readonly endedAt: Instant | null;
  readonly now: Instant;
  /** Oldest first. */
  readonly events: readonly Pick<PublicEvent, "at" | "what">[];
  readonly concerns: readonly ConcernSpan[];
}

const WIDTH = 800;
const LEFT = 84;
const RIGHT = WIDTH - 16;
/** From lane to lane. */
const LANE = 30;
const ROW = 14;
/** Concerns besides are told by their number: nobody reads more bars than these. */
const MOST_ROWS = 8;

/** Lanes over one axis of time: its course, its texts, votes, concerns as long as they stood, and the periods. Empty lanes are left out. */
export function lifeDrawing(life: Life): Html {
  const periods = periodsOf(life.events);
  const from = Math.min(life.from, ...life.events.map(({ at }) => at));
  const to = Math.max(lastMoment(life, periods), from + HOUR / 60);
  const scale = timeScale(from, to, LEFT, RIGHT);
  const marks = life.events.flatMap(({ at, what }): readonly Placed[] => {
    const mark = markOf({ what });
    return mark === null ? [] : [{ ...mark, x: scale(at) }];
  });
  const lanes = [
    courseLane(marks),
    markLane("Texts", "text", marks),
    markLane("Votes", "votes", marks),
    concernsLane(life, scale),
    periodsLane(life, periods, scale),
  ];
  let y = 0;
  const drawn = lanes.flatMap((lane) => {
    if (lane === null) return [];
    const top = y;
    y += lane.height;
    return [html`<text class="lane" x="0" y="${n(top + lane.label)}">${lane.name}</text>${lane.draw(top)}`];
  });
  return picture(
    {
      id: `life-${life.number}`,
      title: `The life of #${life.number}, drawn to scale`,
      description: described(life, periods),
      width: WIDTH,
      height: y + 26,
      size: "wide",
    },
    [timeAxis(scale, 22, y), nowLine(life, scale, y), drawn],
  );
}

/** Where its axis ends: at its end or now, at the latest of what happened, and at the end of a period that runs. */
const lastMoment = (life: Life, periods: readonly Period[]): Instant =>
  Math.max(
    life.endedAt ?? life.now,
    ...life.events.map(({ at }) => at),
    ...life.concerns.map(({ to }) => to ?? 0),
    ...periods.map((period) => period.to ?? period.endsAt),
  );

interface Lane {
  readonly name: string;
  readonly height: number;
  /** Where its name stands, from its top. */
  readonly label: number;
  draw(top: number): Html;
}

function courseLane(marks: readonly Placed[]): Lane {
  const own = marks.filter(({ lane }) => lane === "course");
  return {
    name: "Course",
    height: LANE + 20,
    label: 36,
    draw: (top) => html`${courseWords(own, LEFT - 10, WIDTH - 4, top + 14)}${laneOf(own, top + 32)}`,
  };
}

function markLane(name: string, lane: Mark["lane"], marks: readonly Placed[]): Lane | null {
  const own = marks.filter((mark) => mark.lane === lane);
  return own.length === 0
    ? null
    : { name, height: LANE, label: 19, draw: (top) => laneOf(own, top + LANE / 2) };
}

function concernsLane(life: Life, scale: TimeScale): Lane | null {
  if (life.concerns.length === 0) return null;
  const bars = [...life.concerns]
    .sort((a, b) => a.from - b.from)
    .map((concern) => {
      const x = scale(concern.from);
      const until = Math.max(x + 4, scale(concern.to ?? life.endedAt ?? life.now));
      const words = `C${concern.number}`;
      const outside = textWidth(words) + 6 > until - x;
      return { concern, words, outside, x, until, from: x, to: until + 4 + (outside ? textWidth(words) : 0) };
    });
  const rows = packedRows(bars, MOST_ROWS);
  const used = Math.max(...rows.map((row) => (row ?? 0) + 1));
  const without = rows.filter((row) => row === null).length;
  return {
    name: "Concerns",
    height: used * ROW + (without > 0 ? ROW : 0) + 12,
    label: 18,
    draw: (top) =>
      html`<g class="concerns">${bars.map(({ concern, words, outside, x, until }, index) => {
        const row = rows[index] ?? null;
        if (row === null) return null;
        const y = top + 6 + row * ROW;
        const turned = outside && until + textWidth(words) + 3 > WIDTH;
        return html`<rect class="span ${concern.to === null ? "open" : "resolved"}" x="${n(x)}" y="${n(y)}" width="${n(until - x)}" height="${n(ROW - 3)}" rx="2"/><text class="${outside ? "beside" : concern.to === null ? "onopen" : "inside"}" x="${n(turned ? x - 3 : outside ? until + 3 : x + 3)}" y="${n(y + 9)}" text-anchor="${turned ? "end" : "start"}">${words}</text>`;
      })}${without > 0 && html`<text class="beside" x="${n(LEFT)}" y="${n(top + 15 + used * ROW)}">and ${count(without, "more concern")} at the same times</text>`}</g>`,
  };
}

function periodsLane(life: Life, periods: readonly Period[], scale: TimeScale): Lane | null {
  if (periods.length === 0) return null;
  return {
    name: "FCP",
    height: LANE,
    label: 19,
    draw: (top) =>
      html`<g class="periods">${periods.map((period) => {
        const x = scale(period.from);
        const until = Math.max(x + 3, scale(period.to ?? life.endedAt ?? life.now));
        const end = scale(period.endsAt);
        return html`<rect class="span ran" x="${n(x)}" y="${n(top + 9)}" width="${n(until - x)}" height="12" rx="2"/>${period.to === null && end > until && html`<rect class="span ahead" x="${n(until)}" y="${n(top + 9)}" width="${n(end - until)}" height="12" rx="2"/>`}${end <= RIGHT && html`<line class="end" x1="${n(end)}" x2="${n(end)}" y1="${n(top + 5)}" y2="${n(top + 25)}"/>`}`;
      })}</g>`,
  };
}

/** Only while there is something to come after it. */
function nowLine(life: Life, scale: TimeScale, bottom: number): Html | null {
  if (life.endedAt !== null) return null;
  const x = Math.min(Math.max(scale(life.now), LEFT), RIGHT);
  return html`<line class="now" x1="${n(x)}" x2="${n(x)}" y1="22" y2="${n(bottom)}"/>`;
}

function described(life: Life, periods: readonly Period[]): string {
  const votes = life.events.filter(({ what }) => what.kind === "vote").length;
  const texts = life.events.filter(({ what }) => what.kind === "new_text").length;
  const open = life.concerns.filter(({ to }) => to === null).length;
  const held = series([
    count(votes, "vote"),
    ...(texts > 0 ? [count(texts, "new text")] : []),
    ...(life.concerns.length > 0
      ? [`${count(life.concerns.length, "concern")}, ${open} of them not resolved`]
      : []),
  ]);
  const times = periods.map(
    ({ from, to, endsAt }) =>
      ` A Final Comment Period from ${day(from)} ${to === null ? `that ${endsOn(endsAt, life.now)} ${day(endsAt)}` : `to ${day(to)}`}.`,
  );
  return `From ${readable(life.from)} to ${life.endedAt === null ? "now" : readable(life.endedAt)}: ${held}.${times.slice(0, 5).join("")} The list below it tells each event.`;
}
