import { count, series } from "../../domain/messages/grammar.js";
import type { Action } from "../../domain/model/action.js";

/** What the clerk would write at once, on how many proposals. */
export interface FirstDay {
  readonly firstDay: ReadonlyMap<Action["kind"], number>;
  readonly firstDayOn: number;
}

export function firstDayText({ firstDay, firstDayOn }: FirstDay): string {
  const told = KINDS.flatMap(({ kinds, one, many }) => {
    const number = kinds.reduce((sum, kind) => sum + (firstDay.get(kind) ?? 0), 0);
    return number === 0 ? [] : [count(number, one, many)];
  });
  return told.length === 0
    ? "On its first day the clerk would write nothing."
    : `On its first day the clerk would write on ${count(firstDayOn, "proposal")}: ${series(told)}.`;
}

const KINDS: readonly {
  readonly kinds: readonly Action["kind"][];
  readonly one: string;
  readonly many?: string;
}[] = [
  { kinds: ["put_check"], one: "check" },
  { kinds: ["create_comment"], one: "new comment" },
  { kinds: ["update_comment", "delete_comment"], one: "change of a comment", many: "changes of comments" },
  { kinds: ["add_label", "remove_label"], one: "change of a label", many: "changes of labels" },
  { kinds: ["react"], one: "reaction" },
  { kinds: ["close_pull"], one: "closing" },
  { kinds: ["merge_pull"], one: "merge" },
];
