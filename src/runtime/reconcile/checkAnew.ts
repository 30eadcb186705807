import type { Action } from "../../domain/model/action.js";
import type { Snapshot } from "../../domain/model/snapshot.js";

/** form.check: the same of its run, which is written anew where none is shown. */
export const withoutShownForm = (snapshot: Snapshot): Snapshot =>
  snapshot.form === undefined ? snapshot : { ...snapshot, form: { ...snapshot.form, shown: null } };

/**
 * check.head: re-running the check asks for an answer on GitHub's page even when nothing has changed, or the run would wait
 * for ever (https://docs.github.com/en/rest/checks/runs#rerequest-a-check-run). The same result is posted as a new run.
 */
export function withCheckAnew(
  actions: readonly Action[],
  { check, pull, register }: Snapshot,
): readonly Action[] {
  if (check === null || pull.state !== "open" || actions.some((action) => action.kind === "put_check")) {
    return actions;
  }
  const { verdict, own, title, summary } = check;
  if (verdict === "stale" || verdict === "other") return actions;
  return [
    ...actions,
    {
      kind: "put_check",
      run: null,
      head: pull.head,
      verdict,
      own: own ?? verdict,
      title,
      summary,
      record: register,
      annotations: [],
    },
  ];
}
