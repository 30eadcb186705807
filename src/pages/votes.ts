import { MEANS } from "../domain/messages/votes.js";
import type { PublicEvent, SeatLine, TeamLine, TeamVotes } from "../domain/model/publicView.js";
import { type Html, html, NOTHING } from "../platform/html.js";
import { seatBar } from "./drawing/seatBar.js";
import { dayText, isolated, loginText, momentText, outward, titleText } from "./pieces.js";
import { saidText } from "./said.js";

/** What a member had said before, and what they wrote: from the events, as a seat knows only what counts now. */
export interface SpokenVote {
  readonly at: number;
  readonly words: string;
  readonly url: string | null;
  readonly text: string;
}

/** Every vote and review of a member that speaks for a team, newest first. */
export function spokenBy(login: string, team: string, events: readonly PublicEvent[]): readonly SpokenVote[] {
  return events
    .flatMap((event): readonly SpokenVote[] => {
      const { at, by, url, what } = event;
      if (by === null || by.toLowerCase() !== login.toLowerCase()) return [];
      if (what.kind === "vote" && what.team === team)
        return [{ at, url, text: what.text, words: CHOICES[what.choice] }];
      return what.kind === "review"
        ? [
            {
              at,
              url,
              text: what.text,
              words: `${VERDICTS[what.verdict]}${what.dismissed ? " (dismissed)" : ""}`,
            },
          ]
        : [];
    })
    .sort((a, b) => b.at - a.at);
}

const CHOICES = { yes: "yes", abstain: "abstained", retracted: "took it back" } as const;
const VERDICTS = { approved: "approved", changes_requested: "changes requested" } as const;

/** The seats of a team as a table, below how the count stands. `line` null: nobody counts any more. */
export function teamVotes(votes: TeamVotes, line: TeamLine | null, events: readonly PublicEvent[]): Html {
  return html`<div class="team">
<h3>${titleText(votes.title, 100)}</h3>
${line !== null && html`<p class="count">${seatBar({ yes: line.yes, abstained: line.abstained.length, size: line.size, needed: line.needed })} <span>${isolated(line.count)}${line.passed ? ", passed" : ""}</span></p>`}
<p class="quiet">It takes ${isolated(votes.measure)}.${votes.decidedAt !== null && html` These are the votes that decided, as they stood on ${momentText(votes.decidedAt)}.`}</p>
${
  votes.seats.length === 0
    ? html`<p>Nobody is on this team.</p>`
    : html`<table class="votes">
<thead><tr><th scope="col">Member</th><th scope="col">Vote</th><th scope="col">How and when</th></tr></thead>
<tbody>${votes.seats.map((seat) => seatRow(seat, spokenBy(seat.login, votes.team, events)))}</tbody>
</table>`
}
</div>`;
}

function seatRow(seat: SeatLine, spoken: readonly SpokenVote[]): Html {
  const now = spoken.filter((vote) => seat.cast !== null && isOf(vote, seat.cast));
  const others = spoken.filter((vote) => !now.includes(vote));
  const text = now.find((vote) => vote.text !== "")?.text ?? "";
  const below = text !== "" || others.length > 0;
  return html`<tr${below && html` class="spoken"`}>
<th scope="row">${loginText(seat.login)}${seat.lead && html` <span class="tag">lead</span>`}${seat.away && html` <span class="tag">away</span>`}</th>
<td>${choiceWords(seat)}</td>
<td>${castWords(seat)}</td>
</tr>${
    below &&
    html`<tr class="beneath"><td colspan="3">${saidText(text)}${others.length > 0 && formerVotes(others, seat)}</td></tr>`
  }`;
}

const isOf = (vote: SpokenVote, { at, url }: { readonly at: number; readonly url: string }): boolean =>
  vote.at === at || (vote.url !== null && vote.url === url);

const choiceWords = ({ choice }: SeatLine): Html =>
  html`<span class="choice ${choice ?? "none"}">${choice === null ? "none" : choice === "yes" ? "yes" : "abstains"}</span>`;

function castWords({ cast, note }: SeatLine): Html {
  const noted = note !== "" && html`<span class="quiet">${isolated(note)}</span>`;
  if (cast === null) return html`${noted || html`<span class="quiet">–</span>`}`;
  return html`${outward(cast.url, html`by ${MEANS[cast.via]}`)}, ${dayText(cast.at)}${cast.onEarlierText && html`, <span class="quiet">on an earlier text</span>`}${noted && html`<br>${noted}`}`;
}

/** What was said before the vote that stands, and what was said since and is none. */
function formerVotes(others: readonly SpokenVote[], { cast }: SeatLine): Html {
  return html`<ul class="former">${others.map((vote) => {
    const since = cast !== null && vote.at > cast.at;
    return html`<li>${since ? "since" : "was"}: ${outward(vote.url, vote.words)}, ${dayText(vote.at)}${saidText(vote.text)}</li>`;
  })}</ul>`;
}

/** What stands in place of the votes where nothing is counted. */
export const noVotes = (teams: readonly TeamVotes[]): Html =>
  teams.length === 0 ? html`<p>Nothing is voted on yet.</p>` : NOTHING;
