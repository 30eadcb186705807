import { keptIssue, type OwnIssue } from "../domain/duties/duties.js";
import {
  namesPage,
  REGISTER_OF_DECISIONS,
  type RegisterLine,
} from "../domain/messages/registerOfDecisions.js";

const ROW =
  /^\| (\d{1,9}) \| (?:\[#(\d{1,9})\]\(([^)\s]*)\)|#(\d{1,9})) \| (\d{1,9}) \| ([a-z ]{1,40}) \| (\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z) \| `([0-9a-f]{64})` \|$/;
const CHECKPOINT = /^```text\n([\s\S]*?)\n```$/m;

/** What a page of the register of decisions says (`domain/messages/registerOfDecisions`): nothing of it is believed yet. */
export function readRegisterPage(body: string): {
  readonly lines: readonly RegisterLine[];
  readonly checkpoint: string | null;
} {
  const text = body.replace(/\r\n?/g, "\n");
  const lines = text.split("\n").flatMap((line): RegisterLine[] => {
    const [, number, linked, url = "", bare, motion, outcome = "", at = "", hash = ""] = ROW.exec(line) ?? [];
    if (number === undefined) return [];
    const pull = Number(linked ?? bare);
    return [{ number: Number(number), pull, motion: Number(motion), outcome, at: Date.parse(at), hash, url }];
  });
  const checkpoint = CHECKPOINT.exec(text)?.[1];
  return { lines, checkpoint: checkpoint === undefined ? null : `${checkpoint}\n` };
}

/**
 * The pages of the register among the clerk's own issues, the newest first. Anybody who can write there can make another issue of the clerk's look
 * like a page, which is never put right: so only those count that the clerk keeps current, and that the newest names.
 */
export function registerIssues(issues: readonly OwnIssue[]): readonly OwnIssue[] {
  const keys = [...new Set(issues.map(({ key }) => key))];
  const pages = keys
    .filter((key) => key.split(" ")[0] === REGISTER_OF_DECISIONS)
    .flatMap((key) => keptIssue(key, issues) ?? []);
  const newest = pages.find(({ key }) => key === REGISTER_OF_DECISIONS);
  if (newest === undefined) return pages;
  return [newest, ...pages.filter((page) => page !== newest && namesPage(newest.body, page.key))];
}

/** The lines of all pages, by number. null: there is a gap, or a number stands there twice. */
export function wholeRegister(pages: readonly (readonly RegisterLine[])[]): readonly RegisterLine[] | null {
  const lines = pages.flat().sort((a, b) => a.number - b.number);
  return lines.every(({ number }, at) => number === at + 1) ? lines : null;
}
