import { endsOn } from "../domain/messages/grammar.js";
import type { GateMoment } from "../domain/model/gates.js";
import type { ConcernLine, ProposalSummary, TeamLine } from "../domain/model/publicView.js";
import { type Instant, iso } from "../domain/text/time.js";
import { type Html, html, NOTHING } from "../platform/html.js";
import { LOGIN_TEXT } from "./data/schemas.js";
import { seatBar } from "./drawing/seatBar.js";
import { timeLine } from "./drawing/timeLine.js";
import { ageWords, untilWords, waitedWords } from "./lengths.js";
import { memberPath, proposalPath } from "./links.js";
import { dayText, isolated, loginText, momentText, outward, titleText } from "./pieces.js";

/** From where a list is read: what leads from its page to the repository's, and when. */
export interface SeenFrom {
  readonly up: string;
  readonly now: Instant;
}

/** Of each proposal no more than this many of a kind are in a list; its own page has all. */
const MOST_SHOWN = 12;

/** Somebody, with what waits for them behind it. What cannot be a login is only said. */
export const memberLink = (login: string, up: string): Html =>
  LOGIN_TEXT.test(login)
    ? html`<a class="who" href="${up}${memberPath(login)}">${login}</a>`
    : html`<span class="who">${loginText(login)}</span>`;

/** The title, with the way to its page. */
export const proposalLink = ({ number, title }: ProposalSummary, up: string): Html =>
  html`<a href="${up}${proposalPath(number)}">${titleText(title)}</a>`;

const dispositionTag = ({ motion, fcp, place }: ProposalSummary): Html =>
  motion === null || (motion.end !== null && place !== "finished") || (place === "in_review" && fcp === null)
    ? NOTHING
    : html`<span class="tag disposition">to ${motion.disposition}</span> `;

/** Number, authors, age. */
const factsOf = (summary: ProposalSummary, { now, up }: SeenFrom): Html => {
  const { authors, author, number, url, createdAt } = summary;
  const people = authors.length > 0 ? authors : author === null ? [] : [author];
  const names =
    people.length === 0
      ? loginText(null)
      : people.slice(0, 3).map((login, index) => html`${index > 0 && ", "}${memberLink(login, up)}`);
  const more = people.length > 3 && ` and ${people.length - 3} more`;
  return html`${outward(url, html`#${number}<span class="told"> on GitHub</span>`)} by <span class="by">${names}${more}</span>, <time datetime="${iso(createdAt)}">${ageWords(createdAt, now)}</time> old`;
};

const labelTags = ({ labels }: ProposalSummary): Html =>
  html`${labels.slice(0, MOST_SHOWN).map((label) => html` <span class="tag label">${isolated(label, 60)}</span>`)}`;

/** One proposal with all that people need of it to act: what it is and lacks, and beside it how it is counted. */
export function proposalCard(summary: ProposalSummary, from: SeenFrom): Html {
  const { up, now } = from;
  const { sentence, amendment, concerns, gates, teams, fcp } = summary;
  const counted = teams.length > 0 || fcp !== null;
  return html`<li class="card proposal">
<div>
<h3>${proposalLink(summary, up)}</h3>
<p class="facts">${dispositionTag(summary)}${factsOf(summary, from)}${amendment && html` <span class="tag">changes the rules or the roster</span>`}${labelTags(summary)}</p>
${
  sentence !== "" &&
  html`<p class="sentence">${isolated(sentence, 400)}</p>
`
}${turnOfIt(summary, from)}${list(
  "concerns",
  concerns.map((concern) => concernStanding(concern, from)),
)}${list("gates", gates.map(gateStanding))}</div>
${
  counted &&
  html`<div>
${period(summary, now)}${list(
  "teams",
  teams.map((team) => teamStanding(team, summary, from)),
)}</div>
`
}</li>
`;
}

/** At most so many, and how many more there are. */
function list(name: string, items: readonly Html[]): Html {
  if (items.length === 0) return NOTHING;
  const more = items.length - MOST_SHOWN;
  return html`<ul class="${name}">${items.slice(0, MOST_SHOWN)}${more > 0 && html`<li>and ${more} more</li>`}</ul>
`;
}

/** Whose turn it is, and how long it has been. */
function turnOfIt(summary: ProposalSummary, { up, now }: SeenFrom): Html {
  const { turn, since, motion, authors } = summary;
  if (turn === null) return NOTHING;
  const first = authors[0];
  const who =
    turn === "mover" && motion !== null
      ? html`${memberLink(motion.mover, up)}, who moved it`
      : turn === "author"
        ? first === undefined
          ? "its author"
          : html`${memberLink(first, up)}, its author`
        : turn === "team"
          ? "the team"
          : "others";
  return html`<p class="turn">Waits for <b>${who}</b>, for ${waitedWords(since, now)}</p>
`;
}

function period({ fcp }: ProposalSummary, now: Instant): Html {
  return fcp === null
    ? NOTHING
    : html`<p class="period">${timeLine(fcp.startedAt, fcp.endsAt, now)} <span>${endsOn(fcp.endsAt, now)} ${momentText(fcp.endsAt)}, <b>${untilWords(fcp.endsAt, now)}</b></span></p>
`;
}

/** The count, and who has not voted in it, with how long the motion has asked them. */
function teamStanding(team: TeamLine, { motion, since }: ProposalSummary, { up, now }: SeenFrom): Html {
  const { title, count, missing, abstained, passed } = team;
  const asked = motion?.end === null ? motion.at : since;
  return html`<li>${seatBar({ ...team, abstained: abstained.length })} <span class="team">${isolated(title, 80)}</span> <span class="count">${isolated(count, 160)}${passed && html` <span class="tag done">enough</span>`}</span>${
    missing.length > 0 &&
    html` <span class="missing">Without a vote for ${waitedWords(asked, now)}: ${missing
      .slice(0, MOST_SHOWN)
      .map(
        ({ login, away }, index) =>
          html`${index > 0 && ", "}${memberLink(login, up)}${away && html` <span class="quiet">(away)</span>`}`,
      )}${missing.length > MOST_SHOWN && ` and ${missing.length - MOST_SHOWN} more`}</span>`
  }${
    abstained.length > 0 &&
    html` <span class="abstaining">Abstains: ${abstained
      .slice(0, MOST_SHOWN)
      .map(
        (login, index) => html`${index > 0 && ", "}${isolated(login, 100)}`,
      )}${abstained.length > MOST_SHOWN && ` and ${abstained.length - MOST_SHOWN} more`}</span>`
  }</li>`;
}

const concernStanding = (
  { number, text, by, at, url, kind, blocks }: ConcernLine,
  { up, now }: SeenFrom,
): Html =>
  html`<li>${outward(url, html`<b>C${number}</b>`)} ${isolated(text, 240)} <span class="quiet">– ${kind === "changes_requested" ? "changes requested" : "raised"} by ${memberLink(by, up)} ${ageWords(at, now)} ago${!blocks && ", holds nothing up"}</span></li>`;

const BEFORE: Readonly<Record<GateMoment, string>> = {
  begin: "before the Final Comment Period",
  conclude: "before it is decided",
  merge: "before the merge",
  never: "",
};

const gateStanding = ({ words, before }: ProposalSummary["gates"][number]): Html =>
  html`<li>Waits for ${isolated(words, 300)} <span class="quiet">${BEFORE[before]}</span></li>`;

/** One proposal as a line: where nobody has to decide anything about it. */
export function proposalRow(summary: ProposalSummary, from: SeenFrom): Html {
  const { endedAt, number, url } = summary;
  const ended = endedAt !== null && summary.turn === null;
  return html`<li class="line proposal"><span class="title">${proposalLink(summary, from.up)}</span> <span class="facts">${
    ended
      ? html`${outward(url, html`#${number}<span class="told"> on GitHub</span>`)}, ended ${dayText(endedAt)}`
      : html`${factsOf(summary, from)}${lineTurn(summary, from)}`
  }</span></li>
`;
}

const lineTurn = ({ turn, motion, since }: ProposalSummary, { up, now }: SeenFrom): Html =>
  turn === "mover" && motion !== null
    ? html`; waits for ${memberLink(motion.mover, up)} to ${motion.disposition} it, for ${waitedWords(since, now)}`
    : NOTHING;
