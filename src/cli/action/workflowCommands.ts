import { randomBytes } from "node:crypto";

/** Where something is wrong. Lines and columns count from 1. */
export interface Where {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A line by which the runner shows something with the run, and at its place in a file.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotation(level: "error" | "warning" | "notice", text: string, where?: Where): string {
  const at =
    where === undefined
      ? ""
      : ` file=${property(where.file)},line=${where.line},col=${where.column},title=${property("msc-clerk")}`;
  return `::${level}${at}::${data(text)}`;
}

/**
 * What stands between the two lines is shown and never obeyed: a log repeats what people wrote, and one of their lines may begin like a command.
 * The word is drawn anew each time, so that nobody can end it before its time.
 */
export function quoted(): { readonly begin: string; readonly end: string } {
  const word = randomBytes(16).toString("hex");
  return { begin: `::stop-commands::${word}`, end: `::${word}::` };
}

/** As the runner itself writes them: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
const data = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
