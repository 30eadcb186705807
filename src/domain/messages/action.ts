import type { Action } from "../model/action.js";
import { withUnseen } from "./escape.js";

/** One action in one line, for the log, and before its words in dry runs and `explain`. Holds no text that people wrote, and no record. */
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

/**
 * The words that it puts on GitHub, as they stand in their source: a comment, or what a check says below its title, with its annotations. null: it has
 * none. Holds what people wrote, as the clerk repeats it.
 */
export function wordsOf(action: Action): string | null {
  switch (action.kind) {
    case "create_comment":
    case "update_comment":
      return action.body;
    case "put_check":
    case "put_form":
      return [
        action.summary,
        ...(action.annotations.length === 0 ? [] : [""]),
        ...action.annotations.map(({ path, line, message }) => `${path}:${line}: ${message}`),
      ].join("\n");
    case "delete_comment":
    case "add_label":
    case "remove_label":
    case "react":
    case "link_spec_pull":
    case "close_pull":
    case "merge_pull":
      return null;
  }
}

/** What a dry run logs of it: the words stand below, so that they can be read before the clerk is let loose. */
export function dryRunText(action: Action): string {
  const words = wordsOf(action)?.trim() ?? "";
  return `Dry run, would write: ${describeAction(action)}${words === "" ? "" : `\n${words}`}`;
}

/** What is written, in one line, and below it the words of it, each line behind a bar: for a terminal. */
export function spelledOut(action: Action): readonly string[] {
  const words = wordsOf(action);
  if (words === null || words.trim() === "") return [describeAction(action)];
  const lines = words.trim().split(/\r\n|\n|\r/);
  // A terminal obeys some of them.
  const shown = lines.map((line) => withUnseen(line.replace(/\t/g, "  "), () => ""));
  return [describeAction(action), ...shown.map((line) => `  | ${line}`.trimEnd())];
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
      return "reply";
  }
}

const withRecord = (record: { readonly seq: number } | null): string =>
  record === null ? "" : `, with the record at ${record.seq}`;
