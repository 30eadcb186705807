import { count } from "../domain/messages/grammar.js";
import type { Turnout } from "../domain/model/publicView.js";
import { type Html, html, NOTHING } from "../platform/html.js";
import type { EndedMotion } from "./decided.js";
import { seatBar } from "./drawing/seatBar.js";
import { dayText, isolated, loginText, momentText, outward, titleText } from "./pieces.js";
import { saidText } from "./said.js";
import type { PagesRepository } from "./source.js";

/** Years with how much ended in each; `up` leads from the page to the repository's. */
export function yearList(
  years: ReadonlyMap<number, readonly EndedMotion[]>,
  shown: number,
  up: string,
): Html {
  return html`<nav class="years" aria-label="Years"><ul>${[...years].map(
    ([year, ended]) =>
      html`<li><a href="${up}decisions/${year}/"${year === shown && html` aria-current="page"`}>${year}</a> <span class="quiet">${ended.length}</span></li>`,
  )}</ul></nav>`;
}

/** What ended in one year: first all that has a record or was told, then what only labels say. */
export function yearOfDecisions(
  year: number,
  ended: readonly EndedMotion[],
  repository: PagesRepository,
  up: string,
): Html {
  const told = ended.filter(({ how }) => how !== "labels");
  const labelled = ended.filter(({ how }) => how === "labels");
  return html`${
    told.length > 0 &&
    html`<section aria-labelledby="year"><h2 id="year">${year}</h2><p class="quiet">${count(told.length, "motion")} ended.</p>
<ol class="decisions" reversed>${told.map((motion) => decision(motion, repository, up))}</ol></section>`
  }${labelled.length > 0 && labelledPart(year, labelled, up)}`;
}

function decision(motion: EndedMotion, repository: PagesRepository, up: string): Html {
  const { record, pull } = motion;
  return html`<li class="decision ${motion.how.replace("_", "-")}${motion.corrections.length > 0 && " corrected"}">
<div><h3><a href="${up}${pull}/">#${pull} ${titleText(motion.title)}</a></h3>
<p><strong class="outcome">${isolated(motion.outcome)}</strong> <span class="quiet">on ${momentText(motion.at)}${motion.disposition !== null && html`, moved to ${motion.disposition}`}</span></p>
${saidText(motion.reason)}
${motion.corrections.map(
  ({ at, by, reason, url }) =>
    html`<div class="warning"><p>${outward(url, "Marked as wrong")}${by !== null && html` by ${loginText(by)}`} on ${dayText(at)}:</p>${saidText(reason)}</div>`,
)}
${turnoutList(motion.turnout)}</div>
<div class="proof">${
    record === null
      ? html`<p class="quiet">${outward(motion.url, "Where it ended")}; ${motion.how === "cancelled" || motion.how === "merged_undecided" ? "nothing was decided, so there is no record" : "no record is known here"}.</p>`
      : html`<p>${outward(record.url === "" ? null : record.url, html`Record ${record.number}`)} · <a href="${up}api/v1/decisions/${record.number}.json">as data</a></p>
<p><code class="verify">${verifyCommand(repository, pull)}</code></p>`
  }</div>
</li>`;
}

/** Whoever runs it proves every record of that proposal for themselves. */
export const verifyCommand = ({ owner, name }: PagesRepository, pull: number): string =>
  `npx msc-clerk verify ${owner}/${name}#${pull}`;

/** Who took part: yes and abstentions, of all who could. */
function turnoutList(turnout: readonly Turnout[]): Html {
  if (turnout.length === 0) return NOTHING;
  return html`<ul class="turnout">${turnout.map(
    ({ title, yes, abstained, size }) =>
      html`<li>${seatBar({ yes, abstained, size, needed: null })} <span>${titleText(title, 100)}: ${yes} yes${abstained > 0 && `, ${abstained} abstained`}, of ${size}</span></li>`,
  )}</ul>`;
}

function labelledPart(year: number, labelled: readonly EndedMotion[], up: string): Html {
  return html`<section aria-labelledby="labels-${year}"><h2 id="labels-${year}">Before the clerk came</h2>
<p>Told by their labels, ${count(labelled.length, "proposal")} ended in ${year}. <strong>No record</strong>: decided before the clerk came.</p>
<ul class="labelled">${labelled.map(
    ({ pull, title, outcome, at }) =>
      html`<li><a href="${up}${pull}/">#${pull} ${titleText(title)}</a> <span class="quiet">${outcome}, closed on ${dayText(at)}, no record</span></li>`,
  )}</ul></section>`;
}
