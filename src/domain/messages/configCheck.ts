import { CONFIG_FILE } from "../model/rules.js";
import { escaped, shorten } from "./escape.js";
import { COMMENT_LIMIT, fitting, SUMMARY_BYTES } from "./fitting.js";

/** One fault of the config file, as `config` found it. Lines and columns count from 1. */
interface Fault {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** At most so many faults are listed one by one: a check's summary is at most 65,535 bytes. */
const LISTED = 100;

/** config.invalid: what the check on every open pull request says until the file is right again. */
export function configInvalidCheck(faults: readonly Fault[]): {
  readonly title: string;
  readonly summary: string;
} {
  const many = faults.length === 1 ? "one fault" : `${faults.length} faults`;
  const list = (limit: number) =>
    faults.slice(0, LISTED).map(({ line, column, path, message }) => {
      const where = `line ${line}, column ${column}`;
      return `- ${where}${path === "" ? "" : ` (${escaped(shorten(path, limit))})`}: ${escaped(shorten(message, 4 * limit))}`;
    });
  const rest = Math.max(0, faults.length - LISTED);
  return {
    title: `The config file has ${many}; nothing is decided until it is right`,
    summary: fitting(
      [100, 10].map(
        (limit) => () =>
          [
            `\`${CONFIG_FILE}\` on the default branch has ${many}. Until the file is right again no vote is counted and no period begins or ends; nothing is lost meanwhile.`,
            [...list(limit), ...(rest > 0 ? [`- and ${rest} more`] : [])].join("\n"),
            `\`msc-clerk check ${CONFIG_FILE}\` shows the same before a change is merged.`,
          ].join("\n\n"),
      ),
      COMMENT_LIMIT,
      SUMMARY_BYTES,
    ),
  };
}
