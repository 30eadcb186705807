import type { Action } from "../model/action.js";

/** One action in one line, for dry runs, `explain` and the log. Holds no text that people wrote, and no record. */
export function describeAction(action: Action): string {
  switch (action.kind) {
    case "create_comment":
      return `comment: ${describeMarker(action.marker)}, new${withRecord(action.record)}`;
    case "update_comment":
      return `comment ${action.comment}: ${describeMarker(action.marker)}, edited${withRecord(action.record)}`;
    case "delete_comment":
      return `comment ${action.comment}: deleted, as a ${action.why}`;
    case "add_label":
      return `label: add ${action.label}${action.latch && action.key === "fcp" ? " (the Final Comment Period begins with it)" : ""}`;
    case "remove_label":
      return `label: remove ${action.label}`;
    case "react":
      return `reaction: ${REACTIONS[action.reaction]} on ${ON[action.on.kind]} ${action.on.id}`;
    case "put_check":
      return `check: ${action.verdict} on ${action.head.slice(0, 10)}, "${action.title}"${
        action.run === null ? ", a new run" : `, run ${action.run}`
      }${withRecord(action.record)}`;
    case "put_form":
      return `form check: ${action.verdict} on ${action.head.slice(0, 10)}, "${action.title}"`;
    case "link_spec_pull":
      return `link on ${action.to.owner}/${action.to.name}#${action.to.number}`;
    case "close_pull":
      return "pull request: close";
    case "merge_pull":
      return `pull request: ${action.method} at ${action.head.slice(0, 10)}`;
  }
}

const REACTIONS = { thumbsUp: "👍", confused: "😕", eyes: "👀" } as const;
const ON = { comment: "comment", review: "review", inline: "review comment" } as const;

function describeMarker({ kind, key }: { readonly kind: string; readonly key: string }): string {
  switch (kind) {
    case "status":
      return `status comment of motion ${key}`;
    case "register":
      return "register comment";
    case "checklist":
      return `checklist of motion ${key}`;
    case "spec":
      return "comment about the specification";
    case "announce":
      return `announcement ${key}`;
    default:
      return `reply ${key}`;
  }
}

const withRecord = (record: { readonly seq: number } | null): string =>
  record === null ? "" : `, with the record at ${record.seq}`;
