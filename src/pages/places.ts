import type { Place, ProposalSummary } from "../domain/model/publicView.js";

export interface PlaceWords {
  readonly title: string;
  /** Where there is little room. */
  readonly short: string;
  /** Of one of them, within its page. */
  readonly one: string;
  /** What it means to stand there, and who is next. */
  readonly meaning: string;
  /** `cards`: people have to do something, and see what. `lines`: it goes on elsewhere. `ended`: it is over. */
  readonly shown: "cards" | "lines" | "ended";
}

/** The words of docs/process.md and of the process page. */
export const PLACE_WORDS: Readonly<Record<Place, PlaceWords>> = {
  draft: {
    title: "Drafts",
    short: "Drafts",
    one: "draft",
    meaning: "Being written. The author marks them ready for review.",
    shown: "lines",
  },
  in_review: {
    title: "In review",
    short: "In review",
    one: "in review",
    meaning: "Open for everybody’s comments. A member goes on with it by a motion.",
    shown: "cards",
  },
  proposed: {
    title: "Final Comment Period proposed",
    short: "Proposed",
    one: "proposed, being voted on",
    meaning: "A motion is open: the team votes, and a concern can block it.",
    shown: "cards",
  },
  fcp: {
    title: "In Final Comment Period",
    short: "In FCP",
    one: "in its Final Comment Period",
    meaning: "Enough of the team has said yes. Anybody may still object until the time is up.",
    shown: "cards",
  },
  finished: {
    title: "Final Comment Period finished",
    short: "Finished",
    one: "Final Comment Period finished",
    meaning: "Decided. Somebody still has to do what was decided.",
    shown: "lines",
  },
  spec_missing: {
    title: "Accepted, to be specified",
    short: "To be specified",
    one: "accepted, not in the specification yet",
    meaning: "Merged. The pull request to the specification is still to be written.",
    shown: "lines",
  },
  spec_in_review: {
    title: "Specification in review",
    short: "Spec in review",
    one: "accepted, specification in review",
    meaning: "Merged. The pull request to the specification is open.",
    shown: "lines",
  },
  merged: { title: "Merged", short: "Merged", one: "in the specification", meaning: "Done.", shown: "ended" },
  rejected: {
    title: "Rejected",
    short: "Rejected",
    one: "rejected",
    meaning: "Decided: closed.",
    shown: "ended",
  },
  postponed: {
    title: "Postponed",
    short: "Postponed",
    one: "postponed",
    meaning: "Decided: not now.",
    shown: "ended",
  },
  obsolete: {
    title: "Obsolete",
    short: "Obsolete",
    one: "obsolete",
    meaning: "Given up by their authors, or replaced.",
    shown: "ended",
  },
  undecided: {
    title: "Not decided",
    short: "Not decided",
    one: "not decided",
    meaning: "Closed or merged without a decision.",
    shown: "ended",
  },
};

/** How many of a place are on the board, and on each of its own pages. */
export const ON_BOARD: Readonly<Record<PlaceWords["shown"], number>> = { cards: 25, lines: 10, ended: 5 };
export const ON_PAGE: Readonly<Record<PlaceWords["shown"], number>> = { cards: 25, lines: 100, ended: 100 };

/** Where one stands. What an amendment changes is no specification: it is adopted by its merge. */
export const standingWords = ({ place, amendment }: Pick<ProposalSummary, "place" | "amendment">): string =>
  amendment && place === "merged" ? "adopted" : PLACE_WORDS[place].one;
