import type { Action, PutCheck } from "../model/action.js";
import { type LabelKey, labelNameOf } from "../model/labels.js";
import type { Snapshot } from "../model/snapshot.js";
import type { Desired, DesiredCheck, DesiredComment } from "./desired.js";

/**
 * The difference between what GitHub should show and what it shows, as single writes in the order they are safe to stop after:
 * first what the clerk must not forget (the register), then labels, reactions and comments, and what announces success last.
 * Nothing to do is an empty plan.
 */
export function plan(desired: Desired, snapshot: Snapshot): readonly Action[] {
  const { carrier, check } = desired;
  const putCheck = check === null ? [] : checkActions(desired, check, snapshot);
  // Without a comment to carry it, the check run is the memory: it goes first. One that announces success is last all the same: of what it
  // announces the store has the record already.
  const remembersByCheck =
    carrier === null && desired.decision.register.seq > 0 && check?.verdict !== "success";
  // One that waits announces nothing: it goes with the other updates, before what is made new.
  const waits = check?.verdict === "in_progress";
  // A proposal that has ended without a motion has no check either: then the new comments carry the record.
  const homeless = carrier === null && check === null;
  return [
    ...(carrier === null ? [] : commentActions(carrier, desired, true)),
    ...(remembersByCheck ? putCheck : []),
    ...desired.surplus.map((one): Action => ({ kind: "delete_comment", comment: one.id, why: "duplicate" })),
    ...labelActions(desired),
    ...desired.reactions.map(({ on: { kind, id, nodeId }, reaction }): Action => {
      const subject = { kind, id: id.slice(id.indexOf(":") + 1), nodeId };
      return { kind: "react", on: subject, reaction };
    }),
    ...desired.kept.flatMap((comment) => commentActions(comment, desired, false)),
    ...(waits && !remembersByCheck ? putCheck : []),
    ...(desired.close ? [{ kind: "close_pull" } as const] : []),
    ...desired.oneTimeComments.flatMap((comment) => commentActions(comment, desired, homeless)),
    ...(waits || remembersByCheck ? [] : putCheck),
    ...(desired.merge === null
      ? []
      : [{ kind: "merge_pull", method: desired.merge, head: snapshot.pull.head } as const]),
    ...formActions(desired.form, snapshot),
    ...desired.links,
  ];
}

function commentActions(
  { marker, body, standing }: DesiredComment,
  desired: Desired,
  carries: boolean,
): readonly Action[] {
  const { register } = desired.decision;
  const { seq } = register;
  const record = carries && seq > 0 ? register : null;
  if (standing === null) return [{ kind: "create_comment", marker, body, record, seq }];
  const same = folded(standing.body) === folded(body) && standing.marker.key === marker.key;
  if (same && (record === null || standing.seq === record.seq)) return [];
  // A comment that no longer carries the newest record keeps the one it has: an older sequence is never believed over a newer.
  return [{ kind: "update_comment", comment: standing.id, marker, body, record, seq }];
}

/** GitHub may hand back other line ends than it was given. */
const folded = (body: string): string => body.replace(/\r\n/g, "\n").trim();

function labelActions({ labels, lifeLabels, latch, rules }: Desired): readonly Action[] {
  const each = (keys: readonly LabelKey[], action: (key: LabelKey, label: string) => Action) =>
    keys.flatMap((key) => {
      const label = labelNameOf(rules.labels, key);
      return label === null ? [] : [action(key, label)];
    });
  const { fcp } = rules.labels;
  return [
    ...each(labels.remove, (_, label) => ({ kind: "remove_label", label })),
    ...lifeLabels.remove.map((label) => ({ kind: "remove_label", label }) as const),
    ...each(labels.add, (key, label) => ({ kind: "add_label", key, label, latch: false })),
    ...lifeLabels.add.map((label) => ({ kind: "add_label", key: null, label, latch: false }) as const),
    ...(lifeLabels.becomes === null
      ? []
      : [{ kind: "add_label", key: "proposal", label: lifeLabels.becomes, latch: true } as const]),
    ...(latch === "take_off_and_put_on" ? [{ kind: "remove_label", label: fcp } as const] : []),
    ...(latch === "none" ? [] : [{ kind: "add_label", key: "fcp", label: fcp, latch: true } as const]),
  ];
}

/** Last, as nothing hangs on it. */
function formActions(form: Desired["form"], { form: read, pull }: Snapshot): readonly Action[] {
  if (form === null) return [];
  const shown = read?.shown ?? null;
  const same =
    shown !== null &&
    shown.verdict === form.verdict &&
    shown.title === form.title &&
    folded(shown.summary) === folded(form.summary);
  return same ? [] : [{ kind: "put_form", head: pull.head, ...form }];
}

function checkActions(
  desired: Desired,
  check: DesiredCheck,
  { check: shown, pull, carriers }: Snapshot,
): readonly Action[] {
  const { register } = desired.decision;
  const record = register.seq > 0 ? register : null;
  const { verdict, own, title, summary, annotations } = check;
  const same =
    shown !== null &&
    !check.anew &&
    shown.verdict === verdict &&
    shown.own === own &&
    shown.title === title &&
    folded(shown.summary) === folded(summary) &&
    (record === null || carriers.check === record.seq);
  if (same) return [];
  // A completed run cannot be made to wait again, nor a stale one revived: a new one takes its place on the same head.
  const reusable =
    shown !== null &&
    !check.anew &&
    // An update adds to the annotations on the diff and never replaces them.
    annotations.length === 0 &&
    (shown.verdict === "in_progress" || shown.verdict === verdict);
  const action: PutCheck = {
    kind: "put_check",
    run: reusable ? shown.id : null,
    head: pull.head,
    verdict,
    own,
    title,
    summary,
    record,
    annotations,
  };
  return [action];
}
