import { eventSentence, eventText } from "../domain/messages/eventSentence.js";
import { count } from "../domain/messages/grammar.js";
import type { ProposalDetail, ProposalSummary, PublicEvent } from "../domain/model/publicView.js";
import type { Instant } from "../domain/text/time.js";
import { type Html, html, NOTHING } from "../platform/html.js";
import { lifeDrawing } from "./drawing/lifeDrawing.js";
import { type ConcernSpan, concernSpans } from "./figures.js";
import { isolated, loginText, momentText, outward } from "./pieces.js";
import { saidText } from "./said.js";
import { noVotes, teamVotes } from "./votes.js";

/** Every part of a proposal's page below its heading, each a section of its own. Empty parts are left out. */

export function votesPart(
  summary: ProposalSummary,
  detail: ProposalDetail,
  events: readonly PublicEvent[],
): Html {
  const { approval } = detail;
  return html`<section aria-labelledby="votes"><h2 id="votes">Votes</h2>
${noVotes(detail.votes)}${detail.votes.map((votes) =>
  teamVotes(votes, summary.teams.find(({ team }) => team === votes.team) ?? null, events),
)}
${
  approval !== null &&
  html`<p>Yes to the text as it stands has to come from ${approval.needed} people other than its authors; it has come from ${approval.by.length}${approval.by.length > 0 && html` (${approval.by.map((login, index) => html`${index > 0 && ", "}${loginText(login)}`)})`}.</p>`
}</section>`;
}

export function concernsPart({ concerns }: ProposalDetail): Html {
  if (concerns.length === 0) return NOTHING;
  const open = concerns.filter(({ resolved }) => resolved === null).length;
  return html`<section aria-labelledby="concerns"><h2 id="concerns">Concerns</h2>
<p>${open === 0 ? "All are resolved." : `${open} of ${concerns.length} open.`}</p>
<ul class="concerns">${concerns.map(
    ({
      number,
      text,
      by,
      at,
      url,
      kind,
      blocks,
      resolved,
    }) => html`<li class="${resolved === null ? "open" : "resolved"}" id="C${number}">
<h3>C${number} <span class="tag ${resolved === null ? "warn" : "done"}">${resolved === null ? "open" : "resolved"}</span>${resolved === null && blocks && html` <span class="tag warn">holds the motion</span>`}</h3>
${saidText(text)}
<p class="quiet">${outward(url, kind === "changes_requested" ? "Requested as changes" : "Raised")} by ${loginText(by)} on ${momentText(at)}.${resolved !== null && html` ${outward(resolved.url, "Resolved")} by ${loginText(resolved.by)} on ${momentText(resolved.at)}.`}</p>
</li>`,
  )}</ul></section>`;
}

const GATE_STATE_WORDS = { met: "met", unmet: "not met", unknown: "not known", waived: "waived" } as const;
const BEFORE_WORDS = {
  begin: "before the Final Comment Period begins",
  conclude: "before it concludes",
  merge: "before it is merged",
  never: "shown only",
} as const;

export function gatesPart({ gates }: ProposalDetail): Html {
  if (gates.length === 0) return NOTHING;
  return html`<section aria-labelledby="gates"><h2 id="gates">What has to be in place</h2>
<ul class="gates">${gates.map(
    ({
      name,
      before,
      state,
      words,
      waiver,
    }) => html`<li class="${state}"><p><strong>${isolated(name)}</strong> <span class="tag ${state === "met" || state === "waived" ? "done" : "warn"}">${GATE_STATE_WORDS[state]}</span> <span class="quiet">${BEFORE_WORDS[before]}</span></p>
${words !== "" && html`<p>${isolated(words, 1000)}</p>`}
${waiver !== null && html`<p>${outward(waiver.url, "Waived")} by ${loginText(waiver.by)}:</p>${saidText(waiver.reason)}`}</li>`,
  )}</ul></section>`;
}

export function sentencesPart(id: string, heading: string, sentences: readonly string[]): Html {
  return sentences.length === 0
    ? NOTHING
    : html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2><ul>${sentences.map((sentence) => html`<li>${isolated(sentence, 2000)}</li>`)}</ul></section>`;
}

/** The picture, and below it the truth of it: each event by its sentence, in their order. */
export function lifePart(
  summary: ProposalSummary,
  detail: ProposalDetail | null,
  events: readonly PublicEvent[],
  now: Instant,
): Html {
  const drawn = lifeDrawing({
    number: summary.number,
    from: summary.createdAt,
    endedAt: summary.endedAt,
    now,
    events,
    concerns: detail === null ? concernSpans(events) : detail.concerns.map(spanOf),
  });
  return html`<section aria-labelledby="life"><h2 id="life">Its life</h2>
<figure class="life">${drawn}<figcaption>From ${momentText(summary.createdAt)} to ${summary.endedAt === null ? "now" : momentText(summary.endedAt)}, all in UTC. A number in a mark: so many close to each other.</figcaption></figure>
<h3>${count(events.length, "event")}, the first at the top</h3>
<ol class="events">${events.map(
    (event) =>
      html`<li class="${event.what.kind.replaceAll("_", "-")}"><span class="when">${outward(event.url, momentText(event.at))}</span> <div class="what"><bdi>${eventSentence(event, summary)}</bdi>${saidLater(event)}</div></li>`,
  )}</ol></section>`;
}

const spanOf = ({ number, kind, at, resolved }: ProposalDetail["concerns"][number]): ConcernSpan => ({
  number,
  kind,
  from: at,
  to: resolved?.at ?? null,
});

/** What the sentence did not quote whole. */
const saidLater = (event: PublicEvent): Html => {
  const said = eventText(event);
  const quoted = event.what.kind !== "vote" && event.what.kind !== "review" && said.length <= 200;
  return quoted || !("text" in event.what || "reason" in event.what)
    ? NOTHING
    : saidText("text" in event.what ? event.what.text : event.what.reason);
};
