import { count, day } from "../domain/messages/grammar.js";
import { type Html, html, type Piece } from "../platform/html.js";
import { lyingBars, monthBars } from "./drawing/bars.js";
import { stripDrawing } from "./drawing/strip.js";
import {
  type ConcernFigures,
  countedAges,
  type Figures,
  lengthWords,
  type MonthOfVotes,
  type Spread,
} from "./figures.js";

/** Each figure: what it says in a sentence, its drawing, and the numbers of it in a table that can be opened. */
export function figuresParts(figures: Figures): Html {
  const { counted, toMotion, toFcp, toMerge, openAge, votes, concerns } = figures;
  const of = `of ${count(counted, "proposal")} that the clerk counts`;
  return html`<div class="figures">${[
    spreadFigure(
      "to-motion",
      "From opening to motion",
      toMotion,
      `${toMotion.lengths.length} ${of} got there.`,
    ),
    spreadFigure(
      "to-fcp",
      "From motion to Final Comment Period",
      toFcp,
      `Of ${count(toFcp.lengths.length, "motion")} whose period began.`,
    ),
    spreadFigure(
      "to-merge",
      "From Final Comment Period to merge",
      toMerge,
      `${toMerge.lengths.length} ${of} got there.`,
    ),
    votesFigure(votes),
    agesFigure(openAge),
    concernsFigure(concerns),
  ]}</div>`;
}

const figure = (
  id: string,
  heading: string,
  sentence: Piece,
  drawing: Html | null,
  table: Html | null,
): Html =>
  html`<section class="figure" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${heading}</h2>
<p>${sentence}</p>
${drawing !== null && html`<figure>${drawing}</figure>`}
${table !== null && html`<details><summary>The numbers</summary>${table}</details>`}</section>`;

const tableOf = (heads: readonly string[], rows: readonly (readonly Piece[])[]): Html =>
  html`<table class="numbers"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.map(
    ([name, ...values]) =>
      html`<tr><th scope="row">${name}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>`,
  )}</tbody></table>`;

const NOTHING_YET = "Nothing yet.";

function spreadFigure(id: string, heading: string, spread: Spread, whose: string): Html {
  const { middle, lengths } = spread;
  if (middle === null) return figure(id, heading, NOTHING_YET, null, null);
  const sentence =
    lengths.length === 1
      ? html`One so far: <strong>${lengthWords(middle.median)}</strong>. ${whose}`
      : html`Half take up to <strong>${lengthWords(middle.median)}</strong>; the middle half between ${lengthWords(middle.lower)} and ${lengthWords(middle.upper)}. ${whose}`;
  return figure(
    id,
    heading,
    sentence,
    stripDrawing(id, heading, spread),
    tableOf(
      ["Of all", "Time"],
      [
        ["Shortest", lengthWords(lengths[0] ?? 0)],
        ["A quarter up to", lengthWords(middle.lower)],
        ["Half up to", lengthWords(middle.median)],
        ["Three quarters up to", lengthWords(middle.upper)],
        ["Longest", lengthWords(lengths.at(-1) ?? 0)],
        ...countedAges(lengths).map(({ words, count: many }): readonly Piece[] => [`Number: ${words}`, many]),
      ],
    ),
  );
}

/** `March 2026` */
const monthWords = (month: string): string => day(Date.parse(`${month}-01T00:00:00Z`)).replace(/^1 /, "");

function votesFigure(votes: readonly MonthOfVotes[]): Html {
  const all = votes.reduce((sum, month) => sum + month.votes, 0);
  const heading = "Votes a month";
  if (all === 0)
    return figure(
      "votes",
      heading,
      `${NOTHING_YET} No votes in the last ${votes.length} months.`,
      null,
      null,
    );
  const most = votes.reduce((best, month) => (month.votes > best.votes ? month : best));
  return figure(
    "votes",
    heading,
    html`<strong>${count(all, "vote")}</strong> in the last ${votes.length} months, the present one among them; most in ${monthWords(most.month)}, ${most.votes}. Amendments count too.`,
    monthBars(
      {
        id: "votes",
        title: heading,
        description: `${count(all, "vote")} from ${monthWords(votes[0]?.month ?? "")} to ${monthWords(votes.at(-1)?.month ?? "")}, most in ${monthWords(most.month)}: ${most.votes}.`,
      },
      votes.map(({ month, votes: value }) => ({ month, value })),
    ),
    tableOf(
      ["Month", "Votes"],
      [...votes].reverse().map(({ month, votes: value }) => [monthWords(month), value]),
    ),
  );
}

function agesFigure({ lengths, middle }: Spread): Html {
  const heading = "Age of what is open";
  if (middle === null) return figure("ages", heading, "Nothing is open.", null, null);
  const ages = countedAges(lengths);
  return figure(
    "ages",
    heading,
    html`<strong>${count(lengths.length, "proposal")}</strong> open; half of them for up to <strong>${lengthWords(middle.median)}</strong>. Those from before the clerk came are among them.`,
    lyingBars(
      {
        id: "ages",
        title: heading,
        description: ages.map(({ words, count: many }) => `${words}: ${many}`).join("; "),
      },
      ages.map(({ words, count: value }) => ({ name: words, parts: [{ look: "first", value }] })),
    ),
    tableOf(
      ["Age", "Open proposals"],
      ages.map(({ words, count: many }) => [words, many]),
    ),
  );
}

const OF_KIND = { spoken: "raised by comment", changes_requested: "that came as requested changes" } as const;
const KIND_WORDS = { spoken: "raised by comment", changes_requested: "changes requested" } as const;

function concernsFigure(concerns: readonly ConcernFigures[]): Html {
  const all = concerns.reduce((sum, { raised }) => sum + raised, 0);
  const heading = "Concerns by kind";
  if (all === 0) return figure("concerns", heading, NOTHING_YET, null, null);
  return figure(
    "concerns",
    heading,
    html`<strong>${count(all, "concern")}</strong>. ${concerns.map(({ kind, toResolve }, index) => html`${index > 0 && " "}Of those ${OF_KIND[kind]}, ${toResolve.middle === null ? "none is resolved yet." : html`half are resolved within <strong>${lengthWords(toResolve.middle.median)}</strong>.`}`)}
<span class="key"><span class="bar first"></span> resolved <span class="bar second"></span> open <span class="bar third"></span> left unresolved when the proposal ended</span>`,
    lyingBars(
      {
        id: "concerns",
        title: heading,
        description: concerns
          .map(
            ({ kind, resolved, open, left }) =>
              `${KIND_WORDS[kind]}: ${resolved} resolved, ${open} open, ${left} left`,
          )
          .join("; "),
      },
      concerns.map(({ kind, resolved, open, left }) => ({
        name: KIND_WORDS[kind],
        parts: [
          { look: "first", value: resolved },
          { look: "second", value: open },
          { look: "third", value: left },
        ],
      })),
    ),
    tableOf(
      ["Kind", "Raised", "Resolved", "Open", "Left", "Median to resolve"],
      concerns.map(({ kind, raised, resolved, open, left, toResolve }) => [
        KIND_WORDS[kind],
        raised,
        resolved,
        open,
        left,
        toResolve.middle === null ? "–" : lengthWords(toResolve.middle.median),
      ]),
    ),
  );
}
