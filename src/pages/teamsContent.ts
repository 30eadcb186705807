import { count } from "../domain/messages/grammar.js";
import type { RosterHistory, RosterTeam, RosterVersion } from "../domain/model/publicView.js";
import type { Instant } from "../domain/text/time.js";
import { type Html, html, NOTHING } from "../platform/html.js";
import { dayText, isolated, loginList, loginText, momentText, outward, titleText } from "./pieces.js";
import { coverageAt, dayOf, endOfDay, type RosterChange, rosterChanges } from "./rosters.js";
import type { PagesRepository } from "./source.js";

/** The roster as it was in force at one moment. `nameOf`: who is on it now has a page, who was may have none. */
export function rosterPart(
  version: RosterVersion,
  repository: PagesRepository,
  at: Instant,
  nameOf: (login: string) => Html,
): Html {
  return html`<p>In force since ${momentText(version.at)}, ${cameBy(version, repository)}.</p>
${!version.valid && html`<p class="warning">This version was not valid: nobody could vote by it.</p>`}
${version.valid && !version.lawful && UNLAWFUL}
${version.teams.map((team) => teamPart(team, at, nameOf))}`;
}

const UNLAWFUL = html`<p class="warning">This version did not come by a decision. Until it was ratified or reverted, nothing began or concluded that would not have by the last lawful one too.</p>`;

const cameBy = ({ pull, by, commit }: RosterVersion, { url }: PagesRepository): Html => {
  const who = by === null ? NOTHING : html` by ${loginText(by)}`;
  return pull === null
    ? html`${outward(`${url}/commit/${commit}`, "pushed directly")}${who}`
    : html`by ${outward(`${url}/pull/${pull}`, html`pull request #${pull}`)}${by !== null && html`, merged${who}`}`;
};

function teamPart(
  { title, minimum, members }: RosterTeam,
  at: Instant,
  nameOf: (login: string) => Html,
): Html {
  const short = minimum > 0 && members.length < minimum;
  return html`<div class="roster"><h2>${titleText(title, 100)}</h2>
<p class="${short ? "warning" : "quiet"}">${count(members.length, "member")}${minimum > 0 && `, at least ${minimum} asked for`}${short && ": no Final Comment Period can begin"}.</p>
${
  members.length > 0 &&
  html`<table>
<thead><tr><th scope="col">Member</th><th scope="col">Domains</th></tr></thead>
<tbody>${members.map(
    (
      member,
    ) => html`<tr><th scope="row">${nameOf(member.login)}${member.lead && html` <span class="tag">lead</span>`}${awayTag(member.away, at)}${member.since !== null && html`<br><span class="quiet">since ${sinceWords(member.since)}</span>`}</th>
<td>${member.domains.length === 0 ? "–" : member.domains.map((domain, index) => html`${index > 0 && ", "}${isolated(domain, 100)}`)}</td></tr>`,
  )}</tbody></table>`
}</div>`;
}

/** The roster says a day; what is none is told as it stands there. */
function sinceWords(since: string): Html {
  const at = endOfDay(since);
  return at === null ? isolated(since) : dayText(at);
}

function awayTag(away: RosterTeam["members"][number]["away"], at: Instant): Html {
  if (away === null || away.until <= at) return NOTHING;
  return html` <span class="tag">${away.from <= at ? "away" : html`away from ${dayText(away.from)}`} until ${dayText(away.until)}</span>`;
}

/** What each kind of decision takes. */
export function decisionsTake({ decisions }: RosterVersion): Html {
  if (decisions.length === 0) return NOTHING;
  return html`<section aria-labelledby="takes"><h2 id="takes">What a decision takes</h2>
<dl class="takes">${decisions.map(
    ({ name, takes, period }) =>
      html`<dt>${isolated(name)}</dt><dd><ul>${takes.map((words) => html`<li>${isolated(words, 500)}</li>`)}<li>Final Comment Period: ${isolated(period, 500)}</li></ul></dd>`,
  )}</dl></section>`;
}

/** Who stands for which domain, and which nobody stands for any more. */
export function domainsPart(history: RosterHistory, at: Instant): Html {
  const { covered, lost } = coverageAt(history, at);
  if (covered.length + lost.length === 0) return NOTHING;
  return html`<section aria-labelledby="domains"><h2 id="domains">Domains</h2>
${
  lost.length > 0 &&
  html`<ul class="uncovered">${lost.map(
    ({ domain, since, last }) =>
      html`<li class="warning"><strong>${isolated(domain, 100)}</strong>: not covered since ${dayText(since)}, last held by ${loginList(last)}</li>`,
  )}</ul>`
}
<dl class="domains">${covered.map(
    ({ domain, by }) => html`<div><dt>${isolated(domain, 100)}</dt><dd>${loginList(by)}</dd></div>`,
  )}</dl></section>`;
}

/** Every version, newest first, with what it changed; `up` leads from the page to the repository's. */
export function historyPart(history: RosterHistory, repository: PagesRepository, up: string): Html {
  return html`<section aria-labelledby="history"><h2 id="history">History</h2>
<ol class="versions" reversed>${rosterChanges(history).map((change) => versionLine(change, repository, up))}</ol></section>`;
}

function versionLine(change: RosterChange, repository: PagesRepository, up: string): Html {
  const { version, teams, rules, first } = change;
  const nothing = version.valid && teams.length === 0 && !rules && !first;
  return html`<li>
<p><a href="${up}teams/${dayOf(version.at)}/">${dayText(version.at)}</a> ${cameBy(version, repository)}${version.valid && !version.lawful && html` <span class="tag warn">not by a decision</span>`}${!version.valid && html` <span class="tag warn">not valid</span>`}</p>
<ul>${first && html`<li>The first version.</li>`}${teams.map(
    ({ title, was, joined, left, notes }) =>
      html`<li>${titleText(title, 100)}${was === "made" && !first && html` <span class="tag">new team</span>`}${was === "ended" && html` <span class="tag">ended</span>`}: ${[
        ...(joined.length > 0 ? [html`<span class="joined">${loginList(joined)} joined</span>`] : []),
        ...(left.length > 0 ? [html`<span class="left">${loginList(left)} left</span>`] : []),
        ...notes.map((note) => isolated(note, 500)),
      ].map((part, index) => html`${index > 0 && "; "}${part}`)}</li>`,
  )}${rules && html`<li>What decisions take was changed.</li>`}${nothing && html`<li>Nothing about teams or decisions.</li>`}${!version.valid && html`<li>Nobody could vote by it.</li>`}</ul>
</li>`;
}

/** Only where somebody answers it: a site of files has a page for each day on which something changed. */
export function dayForm(value: string, newest: Instant, up: string): Html {
  return html`<form class="day" method="get" action="${up}teams/"><label for="on">As of the end of</label> <input type="date" id="on" name="on" value="${value}" max="${dayOf(newest)}" required> <button type="submit">Show</button></form>`;
}
