import type { Place, ProposalSummary } from "../../domain/model/publicView.js";
import { type Instant, iso } from "../../domain/text/time.js";
import { type DocumentOf, LOGIN_TEXT } from "./schemas.js";

type SpecTable = DocumentOf<"spec-table">;

/** A closed proposal that carries it counts as given up; without it nobody has said so. */
const ABANDONED = "abandoned";

/**
 * The sections of the Matrix specification's own script, under its names and in its order, and one for what is rejected, which there stands in
 * review for ever. Whatever the repository calls its labels, these are what the specification's template shows and may look for.
 */
const SECTIONS: readonly {
  readonly label: string;
  readonly title: string;
  readonly place: Place | typeof ABANDONED;
}[] = [
  { label: "work-in-progress", title: "Work In Progress", place: "draft" },
  { label: "proposal-in-review", title: "Proposal In Review", place: "in_review" },
  { label: "proposed-final-comment-period", title: "Proposed Final Comment Period", place: "proposed" },
  { label: "final-comment-period", title: "Final Comment Period", place: "fcp" },
  { label: "finished-final-comment-period", title: "Finished Final Comment Period", place: "finished" },
  { label: "spec-pr-missing", title: "Spec PR Missing", place: "spec_missing" },
  { label: "spec-pr-in-review", title: "Spec PR In Review", place: "spec_in_review" },
  { label: "merged", title: "Merged", place: "merged" },
  { label: "rejected", title: "Rejected", place: "rejected" },
  { label: "proposal-postponed", title: "Postponed", place: "postponed" },
  { label: "abandoned", title: "Abandoned", place: ABANDONED },
  { label: "obsolete", title: "Obsolete", place: "obsolete" },
];

/**
 * `proposals.json`: by where each proposal stands, so that each is in one section at most, even where somebody has left an old label on it.
 *
 * In none: amendments, which are no proposals to the specification; and what was closed or merged without a decision, or only holds a number, as a
 * reader of a section takes it for what the process says of it, and of these it says nothing. Somebody's label `abandoned` does say something.
 */
export function specTable(summaries: readonly ProposalSummary[]): SpecTable {
  const latestFirst = summaries.filter(({ amendment }) => !amendment).sort((a, b) => b.number - a.number);
  return SECTIONS.map(({ label, title, place }) => ({
    title,
    label,
    proposals: latestFirst.filter((summary) => sectionOf(summary) === place).map(rowOf),
  }));
}

const sectionOf = (summary: ProposalSummary): Place | typeof ABANDONED =>
  summary.place === "undecided" && summary.state === "closed" && isAbandoned(summary)
    ? ABANDONED
    : summary.place;

const isAbandoned = ({ labels }: ProposalSummary): boolean =>
  labels.some((label) => label.toLowerCase() === ABANDONED);

const rowOf = (summary: ProposalSummary): SpecTable[number]["proposals"][number] => ({
  number: summary.number,
  url: summary.url,
  title: summary.title,
  created_at: dayOf(summary.createdAt),
  updated_at: dayOf(summary.updatedAt),
  authors: authorsOf(summary),
  shepherd: summary.shepherd !== null && LOGIN_TEXT.test(summary.shepherd) ? summary.shepherd : null,
  documentation: summary.documentation.flatMap((text) => addressIn(text) ?? []),
});

const dayOf = (at: Instant): string => iso(at).slice(0, 10);

/**
 * The specification's template writes logins and addresses into its page as they are (`safeHTML`), so nothing may be among them that is more than
 * that; a title it escapes. A description that names nobody as an author leaves whoever opened it.
 */
function authorsOf({ authors, author }: ProposalSummary): string[] {
  const logins = authors.filter((login) => LOGIN_TEXT.test(login));
  return logins.length > 0 || author === null || !LOGIN_TEXT.test(author) ? logins : [author];
}

/** Written anew from its parts, in which quotation marks and angle brackets are encoded; null: it is no address of a page. */
function addressIn(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return /^https?:$/.test(protocol) && !/["<>\s]/.test(href) ? href : null;
}
