import { endsOn, sentenceCase } from "../domain/messages/grammar.js";
import type { ProposalSummary } from "../domain/model/publicView.js";
import type { Instant } from "../domain/text/time.js";
import { type Html, html, NOTHING } from "../platform/html.js";
import { pageAnswer } from "./frame.js";
import { placePath, proposalPath, upFrom } from "./links.js";
import { isolated, loginList, loginText, momentText, outward, titleText } from "./pieces.js";
import { standingWords } from "./places.js";
import { concernsPart, gatesPart, lifePart, sentencesPart, votesPart } from "./proposalContent.js";
import type { Asked, PageRoute } from "./route.js";
import type { ProposalKnown } from "./source.js";
import { tells, whenTold } from "./told.js";

/** Everything of one proposal on one page: where it stands, who said what, what it lacks, and its whole life. */
export const proposalRoute: PageRoute = {
  path: /^([1-9]\d{0,8})\/$/,
  answer: (asked, [number]) =>
    whenTold(asked.source.proposal(asked.repository, Number(number)), (known) =>
      tells(
        known === null
          ? null
          : pageAnswer({
              title: `#${known.summary.number} ${known.summary.title}`,
              heading: html`<span class="number">#${known.summary.number}</span> ${titleText(known.summary.title, 1000)}`,
              path: proposalPath(known.summary.number),
              repository: asked.repository,
              current: "Board",
              content: proposalContent(known, asked),
            }),
      ),
    ),
  paths: (source, repository) =>
    whenTold(source.summaries(repository), (summaries) =>
      tells(summaries.map(({ number }) => proposalPath(number))),
    ),
};

/** From every proposal's page to the repository's. */
const UP = upFrom(proposalPath(1));

/** The parts in the order in which people ask: what it lacks, then by whom and why, then how it came to that. */
export function proposalContent(
  { summary, detail, events }: ProposalKnown,
  { now }: Pick<Asked, "now">,
): Html {
  if (detail === null || summary.known === "labels")
    return html`${standing(summary, now)}${labelsOnly(summary)}${events.length > 0 && lifePart(summary, detail, events, now)}`;
  return html`${standing(summary, now)}
${sentencesPart("holds", "What holds it", detail.holds)}
${sentencesPart("changes", "What it changes", detail.changes)}
${votesPart(summary, detail, events)}
${concernsPart(detail)}
${gatesPart(detail)}
${lifePart(summary, detail, events, now)}`;
}

function standing(summary: ProposalSummary, now: Instant): Html {
  const {
    place,
    motion,
    sentence,
    author,
    authors,
    shepherd,
    createdAt,
    endedAt,
    fcp,
    amendment,
    documentation,
  } = summary;
  const others = authors.filter((login) => login !== author);
  return html`<div class="standing">
<p><a class="tag place ${place.replaceAll("_", "-")}" href="${UP}${placePath(place)}">${standingWords(summary)}</a>${amendment && html` <span class="tag">amendment</span>`}</p>
${sentence !== "" && html`<p class="sentence">${isolated(sentence, 1000)}</p>`}
<dl class="facts">
<div><dt>Opened</dt><dd>${momentText(createdAt)} by ${loginText(author)}</dd></div>
${others.length > 0 && html`<div><dt>Authors too</dt><dd>${loginList(others)}</dd></div>`}
${shepherd !== null && html`<div><dt>Shepherd</dt><dd>${loginText(shepherd)}</dd></div>`}
${motion !== null && html`<div><dt>Motion</dt><dd>${outward(motion.url, html`to ${motion.disposition}`)}, by ${loginText(motion.mover)} on ${momentText(motion.at)}${motion.end !== null && `, ${MOTION_ENDS[motion.end]}`}</dd></div>`}
${fcp !== null && html`<div><dt>Final Comment Period</dt><dd>began on ${momentText(fcp.startedAt)}, ${endsOn(fcp.endsAt, now)} ${momentText(fcp.endsAt)}</dd></div>`}
${endedAt !== null && html`<div><dt>${sentenceCase(summary.state)}</dt><dd>${momentText(endedAt)}</dd></div>`}
${documentation.length > 0 && html`<div><dt>Documentation</dt><dd>${documentation.map((words, index) => html`${index > 0 && ", "}${outward(words, isolated(words))}`)}</dd></div>`}
<div><dt>On GitHub</dt><dd>${outward(summary.url, `pull request #${summary.number}`)}</dd></div>
</dl></div>`;
}

const MOTION_ENDS = {
  concluded: "concluded",
  cancelled: "cancelled",
  merged_undecided: "ended as it was merged without a decision",
  overridden: "ended by a decision elsewhere",
  void: "void",
} as const;

/** Of before the clerk came: what people marked it with is all that is known here. */
function labelsOnly({ labels, known }: ProposalSummary): Html {
  if (known !== "labels") return html`<p>Its votes are not read yet.</p>`;
  return html`<section aria-labelledby="labels"><h2 id="labels">Told by its labels</h2>
<p><strong>No record.</strong> The clerk has never counted here: what is said of it is what its labels say.</p>
${labels.length > 0 ? html`<ul class="labels">${labels.map((label) => html`<li class="tag">${isolated(label, 100)}</li>`)}</ul>` : NOTHING}
</section>`;
}
