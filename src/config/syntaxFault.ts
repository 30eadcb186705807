import { YAMLException } from "js-yaml";
import { faultText } from "./faultText.js";
import { MAX_DEPTH } from "./limits.js";
import type { ConfigFault } from "./outcome.js";
import { placesOf } from "./places.js";
import { gitHubTeam } from "./valueText.js";

/** Of a text that is no YAML: where whoever wrote it has to look, and what to do there, in other words than the parser's. */
export function syntaxFault(source: string, error: unknown): ConfigFault {
  const mark = error instanceof YAMLException ? error.mark : undefined;
  const reason = error instanceof YAMLException ? error.reason : String(error);
  const position = Math.min(mark?.position ?? 0, source.length);
  // The parser stops behind the character it stumbled over as often as at it.
  const line = source.split(/\r\n|\n|\r/)[mark?.line ?? 0] ?? "";
  const column = (mark?.column ?? 0) + 1;
  const before = line.slice(0, column);
  const at = { line: (mark?.line ?? 0) + 1, column, path: "" };
  if (/^ *\t/.test(line)) return { ...at, message: faultText.tab() };
  if (reason.startsWith("nesting exceeded")) return { ...at, message: faultText.tooDeep(MAX_DEPTH) };
  // What is left open is noticed only where the rest makes no sense any more, on a later line.
  const open = leftOpen(source, position);
  if (open !== null) return { ...placesOf(source)(open.at), path: "", message: open.message };
  const start = source[position] ?? "";
  const reserved = "@`>|".includes(start) && start !== "" ? start : (/[@`]$/.exec(before)?.[0] ?? null);
  if (reserved !== null) {
    const word =
      source.slice(source[position] === reserved ? position : position - 1).match(/^@[\w./-]{1,140}/)?.[0] ??
      "";
    return { ...at, message: gitHubTeam(word) ?? faultText.reservedStart(reserved) };
  }
  if (start === "%") return { ...at, message: faultText.percentFirst() };
  if (reason === "bad indentation of a mapping entry" && /: .*: /.test(line)) {
    return { ...at, message: faultText.colonInValue() };
  }
  const quote = /(["'])$/.exec(line.slice(0, column - 1).trimEnd())?.[1];
  if (reason === "bad indentation of a mapping entry" && quote !== undefined)
    return { ...at, message: faultText.textAfterQuote(quote) };
  if (reason.startsWith("end of the stream")) {
    const bare = lineWithoutColon(source);
    if (bare !== null) return { line: bare.line, column: 1, path: "", message: faultText.noColon(bare.text) };
  }
  if (/indentation/.test(reason)) return { ...at, message: faultText.indentation() };
  return { ...at, message: faultText.notYaml(reason) };
}

/** The first line that says something and is no key with a value, at the top of the file. Null: there is none. */
function lineWithoutColon(source: string): { readonly line: number; readonly text: string } | null {
  const lines = source.split(/\r\n|\n|\r/);
  const index = lines.findIndex((line) => /^[^\s#%-]/.test(line) && !/^---/.test(line));
  const text = lines[index] ?? "";
  return index < 0 || /:(?:\s|$)/.test(text) ? null : { line: index + 1, text: text.trimEnd() };
}

/**
 * A quote or a bracket that was opened before the place where the parser gave up, and not closed until there. A quote comes first, as brackets inside
 * it are text. Null: all were closed, or the bracket's own line is where it gave up, so that something else is wrong with it.
 */
function leftOpen(source: string, until: number): { readonly at: number; readonly message: string } | null {
  const brackets: number[] = [];
  for (let at = 0; at < until; at++) {
    const character = source[at] ?? "";
    if (character === "#" && (at === 0 || /\s/.test(source[at - 1] ?? ""))) {
      while (at < until && !/[\r\n]/.test(source[at] ?? "")) at++;
    } else if ((character === '"' || character === "'") && beginsValue(source, at)) {
      const end = quoteEnd(source, at, until);
      if (end === null) return { at, message: faultText.openQuote(character) };
      at = end;
    } else if ((character === "[" || character === "{") && beginsValue(source, at)) {
      brackets.push(at);
    } else if (character === "]" || character === "}") {
      if (source[brackets.at(-1) ?? -1] === (character === "]" ? "[" : "{")) brackets.pop();
    }
  }
  const open = brackets.at(-1);
  if (open === undefined) return null;
  const hasLinesBelow = until >= source.length || /[\r\n]/.test(source.slice(open, until));
  return hasLinesBelow ? { at: open, message: faultText.openBracket(source[open] ?? "[") } : null;
}

/** The apostrophe in "it's" opens nothing, and neither does the bracket in "a[0]". */
const beginsValue = (source: string, at: number): boolean =>
  /(?:^|[\r\n[{,]|[:?-][ \t])[ \t]*$/.test(source.slice(Math.max(0, at - 80), at));

/** Where the quote that stands at `at` is closed; null: nowhere before `until`. */
function quoteEnd(source: string, at: number, until: number): number | null {
  const quote = source[at];
  for (let end = at + 1; end < until; end++) {
    if (quote === '"' && source[end] === "\\") end++;
    else if (source[end] !== quote) continue;
    else if (quote === "'" && source[end + 1] === "'") end++;
    else return end;
  }
  return null;
}
