import { checklistOf } from "../../domain/gates/checklist.js";
import { type ChecklistFacts, MOST_ITEM_BYTES, MOST_ITEMS } from "../../domain/model/gates.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import { bytesOf, cutTo } from "../../domain/text/cut.js";
import { taskItems } from "../../markdown/taskItems.js";
import type { Caller } from "../client/call.js";
import { ask } from "../client/graphql.js";
import type { ProposalRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";
import { placeFault, textOf } from "./config.js";
import { isOfAnotherKind } from "./nodes.js";
import { CONFIG_AT, type ConfigFileFragment, FILE_NOW } from "./queries/generated.js";

/** Of the file, in bytes. */
const MOST_BYTES = 64 * 1024;
/** Of one item, in characters (UTF-16 units). */
const LONGEST_ITEM = 300;

/** Is there a motion without a list of its own, or could one be made by what is read now? */
export function needsChecklist({ register }: Snapshot): boolean {
  const motion = register?.motion ?? null;
  const kept = register?.gates?.checklist?.motion;
  return (
    motion === null || (motion.end !== null && motion.end.kind !== "concluded") || kept !== motion.number
  );
}

/**
 * The list in its file: as it stands on the default branch; or, where the clerk's own comment of this motion stands and its memory of it is
 * gone (memory.lost), at the commit that comment names.
 */
export async function checklistFacts(
  caller: Caller,
  ref: ProposalRef,
  { ownComments, register }: Snapshot,
  file: string,
): Promise<ReadResult<{ checklist: ChecklistFacts }>> {
  const motion = register?.motion ?? null;
  const own = ownComments.findLast(
    (one) => checklistOf(one) !== null && (motion === null || checklistOf(one) === motion.number),
  );
  const pinned = /^\d+:([0-9a-f]{40,64})$/.exec(own?.marker.key ?? "")?.[1];
  const names = { owner: ref.owner, repo: ref.name };
  if (pinned !== undefined) {
    const answered = await ask(caller, ref.installation, CONFIG_AT, {
      ...{ ...names, config: file, commit: pinned },
    });
    if (answered.kind !== "read") return answered;
    const at = answered.data.repository?.at;
    const found = at && !isOfAnotherKind(at) ? at.file : null;
    return { kind: "read", checklist: listIn(found ?? null, file, pinned) };
  }
  const answered = await ask(caller, ref.installation, FILE_NOW, { ...names, path: file });
  if (answered.kind !== "read") return answered;
  const target = answered.data.repository?.defaultBranchRef?.target;
  if (!target || isOfAnotherKind(target)) return { kind: "read", checklist: listIn(null, file, "") };
  return { kind: "read", checklist: listIn(target.file, file, target.oid) };
}

function listIn(found: ConfigFileFragment | null, file: string, commit: string): ChecklistFacts {
  const without = (problem: ChecklistFacts["problem"]) => ({ file, commit, items: [], problem });
  if (found === null) return without("absent");
  if (found.size > MOST_BYTES) return without("too_long");
  const text = placeFault(found) === null ? textOf(found) : null;
  if (text === null) return without("not_text");
  const all = taskItems(text);
  const items = all.map(({ text: words, depth }) => ({
    text: words.length <= LONGEST_ITEM ? words : `${cutTo(words, LONGEST_ITEM - 1)}…`,
    depth,
  }));
  if (items.length === 0) return without("no_items");
  const bytes = items.reduce((sum, item) => sum + bytesOf(item.text), 0);
  if (items.length > MOST_ITEMS || bytes > MOST_ITEM_BYTES) return without("too_long");
  return { file, commit, items, problem: null };
}
