import type { Place, ProposalSummary } from "msc-clerk/domain/model/publicView.js";
import { expect } from "vitest";
import type { Rehearsal } from "./rehearsal.js";

/** The state labels of Matrix, each with where it puts a proposal; the first that stands counts. */
const BY_LABEL: readonly (readonly [string, Place])[] = [
  ["merged", "merged"],
  ["spec-pr-in-review", "spec_in_review"],
  ["spec-pr-missing", "spec_missing"],
  ["finished-final-comment-period", "finished"],
  ["rejected", "rejected"],
  ["proposal-postponed", "postponed"],
  ["obsolete", "obsolete"],
  ["final-comment-period", "fcp"],
  ["proposed-final-comment-period", "proposed"],
];

/** Where the labels put it, read by a person who knows nothing of the clerk's. */
function placeOn(r: Rehearsal, number: number): Place {
  const labels = r.labels(number);
  const found = BY_LABEL.find(([label]) => labels.includes(label));
  if (found !== undefined) return found[1];
  const { closedAt, pull } = threadOf(r, number);
  return closedAt !== null ? "undecided" : pull?.draft === true ? "draft" : "in_review";
}

function threadOf(r: Rehearsal, number: number) {
  const thread = r.sandbox.repository.threads.get(number);
  if (thread === undefined) throw new Error(`There is no #${number}.`);
  return thread;
}

export async function summariesOf(r: Rehearsal): Promise<readonly ProposalSummary[]> {
  const { id } = r.sandbox.repository;
  const all = await r.store.views.editions(id);
  if (all.kind === "unavailable") return [];
  const kept = await r.store.views.summaries(
    id,
    all.kept.map(({ pull }) => pull),
  );
  // While the store cannot be read there are no pages that could say anything.
  if (kept.kind === "unavailable") return [];
  return kept.kept.map(({ summary }): ProposalSummary => JSON.parse(summary));
}

/** What the pages show is what GitHub shows: where each stands, its title, its labels, its open concerns. */
export async function pagesAgree(r: Rehearsal): Promise<void> {
  for (const summary of await summariesOf(r)) {
    const { number } = summary;
    // Nothing of the standard follows from an amendment, so no label says that it was adopted.
    const adopted = summary.amendment && summary.state === "merged";
    const shown = { number, place: summary.place, concerns: summary.concerns.length > 0 };
    const isOpen = summary.state === "open";
    expect(shown).toEqual({
      number,
      place: adopted ? summary.place : placeOn(r, number),
      concerns: isOpen ? r.labels(number).includes("unresolved-concerns") : shown.concerns,
    });
    expect({ number, labels: [...summary.labels].sort(), title: summary.title }).toEqual({
      number,
      labels: [...r.labels(number)].sort(),
      title: threadOf(r, number).title,
    });
  }
}
