import { count } from "../domain/messages/grammar.js";
import { sameLogin } from "../domain/model/people.js";
import type { ProposalSummary, RosterHistory, RosterTeam } from "../domain/model/publicView.js";
import type { Instant } from "../domain/text/time.js";
import { type Html, html } from "../platform/html.js";
import { memberLink, proposalLink, proposalRow, type SeenFrom } from "./card.js";
import { LOGIN_TEXT } from "./data/schemas.js";
import { sorted } from "./filter.js";
import { page } from "./frame.js";
import { ageWords, waitedWords } from "./lengths.js";
import { MEMBERS, memberPath, upFrom } from "./links.js";
import { isolated, loginList, outward, titleText } from "./pieces.js";
import type { Asked } from "./route.js";
import { isAwaited, type Wait, waitsByLogin, waitsFor } from "./waits.js";

export interface MemberParts {
  readonly asked: Asked;
  readonly summaries: readonly ProposalSummary[];
  /** null: not read yet. */
  readonly roster: RosterHistory | null;
}

/** Teams by the newest version of the roster by which somebody can vote. */
const teamsNow = (roster: RosterHistory | null): readonly RosterTeam[] =>
  roster?.versions.findLast(({ valid }) => valid)?.teams ?? [];

/** Everybody who has a page, as they write their login: who sits in a team, and whoever a list of proposals names. */
export function membersKnown({ summaries, roster }: Omit<MemberParts, "asked">): readonly string[] {
  const logins = [
    ...summaries.flatMap(({ author, authors, motion, teams, concerns }) => [
      ...(author === null ? [] : [author]),
      ...authors,
      ...(motion === null ? [] : [motion.mover]),
      ...teams.flatMap(({ missing }) => missing.map(({ login }) => login)),
      ...concerns.map(({ by }) => by),
    ]),
    ...teamsNow(roster).flatMap(({ members }) => members.map(({ login }) => login)),
  ].filter((login) => LOGIN_TEXT.test(login));
  return [...new Map(logins.map((login) => [login.toLowerCase(), login])).values()];
}

/** Everybody for whom something waits, team by team, and after them all others. */
export function membersPage({ asked, summaries, roster }: MemberParts): string {
  const from: SeenFrom = { up: upFrom(MEMBERS), now: asked.now };
  const waits = waitsByLogin(summaries);
  const teams = teamsNow(roster);
  const seated = new Set(teams.flatMap(({ members }) => members.map(({ login }) => login.toLowerCase())));
  const others = [...waits]
    .filter(([key]) => !seated.has(key))
    .flatMap(([, [wait]]) => (wait === undefined ? [] : [{ login: wait.login, away: false, lead: false }]));
  return page({
    title: "Members",
    path: MEMBERS,
    repository: asked.repository,
    current: "Members",
    content: html`<p class="lead">Who is waited for, and since when. Behind each name is all that waits for them, longest first.</p>
${teams.map((team, index) =>
  groupOf(
    `team-${index + 1}`,
    titleText(team.title, 100),
    team.members.map(({ login, lead, away }) => ({ login, lead, away: isAwayAt(away, asked.now) })),
    waits,
    from,
  ),
)}
${others.length > 0 && groupOf("others", teams.length > 0 ? html`On no team` : html`Waited for`, others, waits, from)}
${teams.length + others.length === 0 && html`<p>Nobody is known yet.</p>`}`,
  });
}

const isAwayAt = (away: RosterTeam["members"][number]["away"], now: Instant): boolean =>
  away !== null && away.from <= now && now < away.until;

interface Listed {
  readonly login: string;
  readonly lead: boolean;
  readonly away: boolean;
}

/** Who has been waited for longest stands first. */
function groupOf(
  id: string,
  title: Html,
  members: readonly Listed[],
  waits: ReadonlyMap<string, readonly Wait[]>,
  from: SeenFrom,
): Html {
  const rows = members
    .map((member) => {
      const awaited = (waits.get(member.login.toLowerCase()) ?? []).filter(isAwaited);
      return { ...member, awaited, longest: Math.min(...awaited.map(({ since }) => since)) };
    })
    .sort((a, b) => (a.longest === b.longest ? 0 : a.longest - b.longest));
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title} <span class="number">${members.length}</span></h2>
<table class="members"><thead><tr><th scope="col">Member</th><th scope="col" class="figure">Votes</th><th scope="col" class="figure">Other</th><th scope="col">Longest</th></tr></thead>
<tbody>${rows.map(({ login, lead, away, awaited, longest }) => {
    const votes = awaited.filter(({ what }) => what.kind === "vote").length;
    return html`<tr><th scope="row">${memberLink(login, from.up)}${lead && html` <span class="tag">lead</span>`}${away && html` <span class="tag">away</span>`}</th><td class="figure">${votes}</td><td class="figure">${awaited.length - votes}</td><td>${awaited.length === 0 ? "–" : waitedWords(longest, from.now)}</td></tr>
`;
  })}</tbody></table></section>`;
}

/** Of their own proposals no more are listed. */
const MOST_OWN = 100;

/** What waits for one; null: nobody knows them here. `login` in any case. */
export function memberPage(parts: MemberParts, login: string): string | null {
  const { asked, summaries, roster } = parts;
  const known = membersKnown(parts).find((one) => sameLogin(one, login));
  if (known === undefined) return null;
  const path = memberPath(known);
  const from: SeenFrom = { up: upFrom(path), now: asked.now };
  const waits = waitsFor(known, summaries);
  const awaited = waits.filter(isAwaited);
  const chances = waits.filter((wait) => !isAwaited(wait));
  const [longest] = awaited;
  const own = sorted(
    summaries.filter(
      ({ state, authors }) => state === "open" && authors.some((one) => sameLogin(one, known)),
    ),
    "waiting",
  );
  const teams = teamsNow(roster).filter(({ members }) => members.some((one) => sameLogin(one.login, known)));
  return page({
    title: known,
    path,
    repository: asked.repository,
    current: "Members",
    content: html`<p class="lead">${teams.length > 0 && html`${loginList(teams.map(({ title }) => title))}. `}${
      longest === undefined
        ? "Nothing waits for them."
        : `${count(awaited.length, "thing")} ${awaited.length === 1 ? "waits" : "wait"} for them, the longest for ${waitedWords(longest.since, asked.now)}.`
    }</p>
${awaited.length > 0 && html`<section aria-labelledby="waits"><h2 id="waits">Waits for ${known}</h2><ol class="waits">${awaited.map((wait) => waitLine(wait, from))}</ol></section>`}
${
  chances.length > 0 &&
  html`<section aria-labelledby="chances"><h2 id="chances">Still open to their vote</h2>
<p class="meaning">Enough others have said yes. A vote or a concern still counts until the Final Comment Period is over.</p>
<ol class="waits">${chances.map((wait) => waitLine(wait, from))}</ol></section>`
}
${
  own.length > 0 &&
  html`<section aria-labelledby="own"><h2 id="own">Their proposals <span class="number">${own.length}</span></h2>
<div class="board"><ol class="lines">${own.slice(0, MOST_OWN).map((summary) => proposalRow(summary, from))}</ol></div></section>`
}
<p>${outward(profileOf(known, asked), html`${known} on GitHub`)}</p>`,
  });
}

/** On the GitHub that the repository is on: on another one the login may be somebody else's. */
const profileOf = (login: string, { repository: { url } }: Asked): string | null =>
  URL.canParse(url)
    ? `${new URL(url).origin}/${login.endsWith("[bot]") ? "apps/" : ""}${encodeURIComponent(login.replace(/\[bot\]$/, ""))}`
    : null;

/** What it is, of which proposal, and how long. */
function waitLine(wait: Wait, from: SeenFrom): Html {
  const { summary, since } = wait;
  return html`<li><span class="length">${waitedWords(since, from.now)}</span> <span class="thing"><b>${thing(wait, from)}</b> ${proposalLink(summary, from.up)} <span class="quiet">${outward(summary.url, html`#${summary.number}<span class="told"> on GitHub</span>`)}</span></span></li>
`;
}

function thing({ what, summary }: Wait, { now }: SeenFrom): Html {
  switch (what.kind) {
    case "vote":
    case "may_vote":
      return html`No vote${summary.motion !== null && ` on the motion to ${summary.motion.disposition}`}, for the ${isolated(what.team.title, 80)}:`;
    case "concern":
      return html`Own concern ${outward(what.concern.url, `C${what.concern.number}`)} is open, raised ${ageWords(what.concern.at, now)} ago (${isolated(what.concern.text, 160)}):`;
    case "merge":
      return html`Decided, and theirs to ${summary.motion?.disposition ?? "finish"}:`;
    case "author":
      return html`The author’s turn${summary.gates.length > 0 && html` (waits for ${summary.gates.slice(0, 3).map(({ words }, index) => html`${index > 0 && "; "}${isolated(words, 160)}`)})`}:`;
  }
}
