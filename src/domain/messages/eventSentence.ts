import type { Happening, ProposalSummary, PublicEvent, Turnout } from "../model/publicView.js";
import type { Disposition } from "../model/rules.js";
import { readable } from "../text/time.js";
import { plain, shorten } from "./escape.js";
import { series, theTeam } from "./grammar.js";

/** What a sentence about an event has to know of its proposal. */
export type EventProposal = Pick<ProposalSummary, "amendment" | "teams">;

const MOST_QUOTED = 200;
const MOST_NAMED = 100;

/** What has happened, in one sentence of plain text, no markup: whoever shows it escapes it. `it` is the proposal, which is named beside. */
export function eventSentence(event: PublicEvent, proposal: EventProposal): string {
  const { what } = event;
  /** Who did it, or that it was done. */
  const did = (active: string, passive: string): string =>
    event.by === null ? passive : `${shortened(event.by, MOST_NAMED)} ${active}`;
  switch (what.kind) {
    case "opened": {
      const it = proposal.amendment ? "amendment" : "proposal";
      return did(`opened this ${it}.`, `This ${it} was opened.`);
    }
    case "ready":
      return did("marked it ready for review.", "It was marked ready for review.");
    case "motion":
      return did(`moved to ${what.disposition} it.`, `A motion to ${what.disposition} it was made.`);
    case "vote":
      return did(...voted(what, teamTitle(what.team, proposal)));
    case "review": {
      const since = what.dismissed ? "; the review was dismissed" : "";
      return what.verdict === "approved"
        ? did(`approved it in a review${since}.`, `It was approved in a review${since}.`)
        : did(`requested changes in a review${since}.`, `Changes were requested in a review${since}.`);
    }
    case "concern":
      return what.of === "changes_requested"
        ? did(
            `requested changes, which is concern C${what.number}${saying(what.text)}`,
            `Changes were requested, which is concern C${what.number}${saying(what.text)}`,
          )
        : did(
            `raised concern C${what.number}${saying(what.text)}`,
            `Concern C${what.number} was raised${saying(what.text)}`,
          );
    case "resolved":
      return did(`resolved concern C${what.number}.`, `Concern C${what.number} was resolved.`);
    case "fcp_begun":
      return `The Final Comment Period to ${what.disposition} it began, set to end on ${readable(what.endsAt)}.`;
    case "fcp_blocked":
      return "The time of the Final Comment Period is up, but it cannot conclude yet.";
    case "concluded":
      // A change of who sits in a team has no period.
      return proposal.amendment && what.disposition === "merge"
        ? `The amendment is approved.${turnouts(what.turnout)}`
        : `The Final Comment Period concluded: ${decided(what.disposition)}.${turnouts(what.turnout)}`;
    case "cancelled":
      return cancelled(what.how, did);
    case "overridden":
      return what.outcome === "finished"
        ? `It was decided elsewhere, and recorded as finished${saying(what.reason)}`
        : `It was decided elsewhere that the motion is cancelled${saying(what.reason)}`;
    case "merged_undecided":
      return "It was merged without a decision.";
    case "corrected":
      return `Record ${what.motion} was marked as wrong${saying(what.reason)}`;
    case "waived": {
      const gate = `“${shortened(what.gate, MOST_NAMED)}”`;
      return did(`waived ${gate}${saying(what.reason)}`, `${gate} was waived${saying(what.reason)}`);
    }
    case "new_text":
      return `Its text changed, with commit ${[...plain(what.commit)].slice(0, 7).join("")}.`;
    case "obsolete":
      return what.by === null ? "It is obsolete." : `It is obsolete: #${what.by} takes its place.`;
    case "closed":
      return did("closed the pull request.", "The pull request was closed.");
    case "reopened":
      return did("reopened the pull request.", "The pull request was reopened.");
    case "merged":
      return did("merged the pull request.", "The pull request was merged.");
    case "spec_missing":
      return "It waits for a pull request to the specification.";
    case "spec_in_review":
      return "A pull request to the specification is in review for it.";
    case "spec_merged":
      return "It is in the specification.";
  }
}

/** What a person wrote with it, whole, as one line of plain text; empty: nothing. */
export function eventText({ what }: PublicEvent): string {
  switch (what.kind) {
    case "vote":
    case "review":
    case "concern":
      return plain(what.text);
    case "overridden":
    case "corrected":
    case "waived":
      return plain(what.reason);
    default:
      return "";
  }
}

const shortened = (text: string, limit: number): string => shorten(plain(text), limit);

/** The end of a sentence that quotes somebody; a full stop where there is nothing to quote. */
function saying(text: string): string {
  const said = shortened(text, MOST_QUOTED);
  return said === "" ? "." : `: “${said}”`;
}

function voted(
  { choice }: Extract<Happening, { readonly kind: "vote" }>,
  team: string,
): readonly [string, string] {
  switch (choice) {
    case "yes":
      return [`voted yes, in ${team}.`, `A vote was cast: yes, in ${team}.`];
    case "abstain":
      return [`abstained, in ${team}.`, `A member abstained, in ${team}.`];
    case "retracted":
      return [`took their vote back, in ${team}.`, `A vote was taken back, in ${team}.`];
  }
}

/** A team that has nothing to do with the proposal any more is known by its name in the config alone. */
function teamTitle(team: string, { teams }: EventProposal): string {
  const line = teams.find((one) => one.team === team);
  return line === undefined ? shortened(team, MOST_NAMED) : theTeam(shortened(line.title, MOST_NAMED));
}

function decided(disposition: Disposition): string {
  switch (disposition) {
    case "merge":
      return "it is accepted";
    case "close":
      return "it is rejected";
    case "postpone":
      return "it is postponed";
  }
}

function turnouts(turnout: readonly Turnout[]): string {
  if (turnout.length === 0) return "";
  const each = turnout.map(
    ({ title, yes, abstained, size }) =>
      `${yes} of ${size} in ${theTeam(shortened(title, MOST_NAMED))}${abstained === 0 ? "" : ` (${abstained} abstained)`}`,
  );
  return ` Yes: ${series(each)}.`;
}

function cancelled(
  how: Extract<Happening, { readonly kind: "cancelled" }>["how"],
  did: (active: string, passive: string) => string,
): string {
  switch (how) {
    case "command":
      return did("cancelled the motion.", "The motion was cancelled.");
    case "closed":
      return did(
        "closed the pull request, which ended the motion.",
        "The motion ended, as the pull request was closed.",
      );
    case "lost":
      return "The motion ended, as the clerk’s record was lost.";
  }
}
