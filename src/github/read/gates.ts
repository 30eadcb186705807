import { stageNow } from "../../domain/acts/stage.js";
import { gatesAskedFor } from "../../domain/gates/askedFor.js";
import type { ThreadFacts } from "../../domain/model/gates.js";
import type { Rules } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { implementationLinks } from "../../markdown/implementationLinks.js";
import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import { accountOf } from "./accounts.js";
import { checklistFacts, needsChecklist } from "./checklist.js";
import { instant, present } from "./nodes.js";
import { isTooLong, MOST_ENTRIES, type Progress, step } from "./paging.js";
import { THREADS } from "./queries/generated.js";

/**
 * gate.begin, gate.end: the snapshot with what the gates of the config ask for and no other reading tells. That a thread was resolved moves no
 * time stamp of the pull request, so it is asked for anew at each look; where no gate asks, nothing is.
 */
export async function withGates(
  caller: Caller,
  ref: ProposalRef,
  snapshot: Snapshot,
  rules: Rules,
  description: string,
): Promise<ReadResult<{ snapshot: Snapshot }>> {
  const { pull, register } = snapshot;
  const concerned =
    pull.state !== "merged" && (stageNow(snapshot, rules).inScope || register?.motion?.end === null);
  const asked = gatesAskedFor(snapshot, rules);
  if (!concerned) return { kind: "read", snapshot };
  let gates = snapshot.gates;
  if (asked.some(({ kind }) => kind === "review_threads")) {
    const threads = await threadsOf(caller, ref);
    if (threads.kind !== "read") return threads;
    gates = { ...gates, threads: threads.threads };
  }
  const [list] = asked.flatMap((gate) => (gate.kind === "checklist" ? [gate] : []));
  if (list !== undefined && needsChecklist(snapshot)) {
    const checklist = await checklistFacts(caller, ref, snapshot, list.file);
    if (checklist.kind !== "read") return checklist;
    gates = { ...gates, checklist: checklist.checklist };
  }
  if (asked.some(({ kind }) => kind === "implementation"))
    gates = { ...gates, implementations: linkedIn(description, snapshot) };
  return { kind: "read", snapshot: gates === undefined ? snapshot : { ...snapshot, gates } };
}

/** In the description, and in the texts as far as they are read (form.check). */
const linkedIn = (description: string, { form }: Snapshot): readonly string[] => [
  ...new Set(
    [
      description,
      ...(form?.kind === "read" ? form.texts.flatMap((one) => ("text" in one ? [one.text] : [])) : []),
    ].flatMap(implementationLinks),
  ),
];

const PAGE = 100;

/** `threads` null: there are more of them than are read. */
async function threadsOf(
  caller: Caller,
  { installation, owner, name, number }: ProposalRef,
): Promise<ReadResult<{ threads: readonly ThreadFacts[] | null }>> {
  const found: ThreadFacts[] = [];
  const place: Progress = { after: null, done: false, asked: 0 };
  while (!place.done) {
    if (isTooLong(place, MOST_ENTRIES)) return { kind: "read", threads: null };
    const variables = { owner, repo: name, number, page: PAGE, after: place.after };
    const answered = await ask(caller, installation, THREADS, variables);
    if (answered.kind !== "read") return answered;
    const list = answered.data.repository?.pullRequest?.reviewThreads;
    if (!list) return { kind: "gone", why: "there is no such pull request" };
    for (const { isResolved, resolvedBy, comments } of present(list.nodes)) {
      // One of a review that is not submitted yet has none that others see.
      const [first] = present(comments.nodes);
      if (first === undefined) continue;
      found.push({
        url: first.url,
        by: accountOf(first.author),
        at: instant(first.publishedAt ?? first.createdAt),
        resolved: isResolved,
        resolvedBy: accountOf(resolvedBy),
      });
    }
    step(place, list.pageInfo, PAGE);
  }
  return { kind: "read", threads: found };
}
