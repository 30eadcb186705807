import { recordInComment } from "../decisions/inComment.js";
import { readRecord } from "../decisions/shape.js";
import { type CaseFile, evidenceIn, readCase } from "../decisions/verify/caseFile.js";
import type { FoundRecord } from "../decisions/verify/facts.js";
import { exitCodeOf, type Level } from "../decisions/verify/level.js";
import { replayRecord } from "../decisions/verify/replay.js";
import { type Verified, verifyAlone, verifyGone, verifyRecord } from "../decisions/verify/verifyRecord.js";
import { withFullStop } from "../domain/messages/grammar.js";
import { readPackage } from "../platform/package.js";
import { parsedRules } from "./parsedRules.js";
import { ALONE, readText, VERIFY_FORMAT, verdictText, verifiedText } from "./verifyText.js";

/** What a question came to, and what the process ends with. */
export interface VerifyTold {
  readonly text: string;
  /** The same for programs (`--json`). */
  readonly json: object;
  readonly code: number;
}

export type VerifyAsked = VerifyTold | { readonly why: string };

/** Every record of a case. */
export function verifyCase(saved: CaseFile, pinned: readonly string[]): VerifyTold {
  const { version } = readPackage();
  const verified = saved.records.map((found) =>
    verifyRecord(evidenceIn(saved, found, parsedRules, pinned), version),
  );
  const gone = verifyGone(saved.register, saved.proposal, verified);
  return told([...verified, ...gone], readText(saved));
}

function told(verified: readonly Verified[], about: string): VerifyTold {
  // Nothing is proven of no record.
  const code = verified.length === 0 ? 3 : codeOf(verified.flatMap(({ levels }) => levels));
  return {
    text: [...verified.map((one) => `${verifiedText(one)}\n`), about, verdictText(code)].join("\n"),
    json: { format: VERIFY_FORMAT, records: verified, about, code },
    code,
  };
}

const codeOf = (levels: readonly Level[]) => exitCodeOf(levels);

/** Records that were read without a token: whatever they are, most of the evidence is missing. */
export function verifyAlones(records: readonly FoundRecord[], pinned: readonly string[]): VerifyTold {
  const verified = records.map((found) => verifyAlone({ found, pinned }));
  const code = Math.max(3, codeOf(verified.flatMap(({ levels }) => levels))) as 3 | 4;
  return {
    text: [...verified.map((one) => `${verifiedText(one)}\n`), ALONE, verdictText(code)].join("\n"),
    json: { format: VERIFY_FORMAT, records: verified, about: ALONE, code },
    code,
  };
}

/** A case, or the text of a comment as it was pasted. `name`: for messages. */
export function verifyText(text: string, name: string, pinned: readonly string[]): VerifyAsked {
  const found = recordInComment(text);
  if (found !== null)
    return verifyAlones([{ ...found, url: "", motion: null, savedBy: "not known" }], pinned);
  const read = readCase(text);
  return read.kind === "case"
    ? verifyCase(read.case, pinned)
    : {
        why: withFullStop(
          `${name} is neither a case nor the text of a comment with a signed record: ${read.why}`,
        ),
      };
}

/** As {@link VERIFY_FORMAT}. */
const REPLAY_FORMAT = "msc-clerk replay 1";

/** The clerk's own decision on a saved thread, beside what its record says. */
export function replayText(text: string, name: string): VerifyAsked {
  const read = readCase(text);
  if (read.kind === "not") return { why: withFullStop(`${name} cannot be replayed: ${read.why}`) };
  const saved = read.case;
  const replays = saved.records.map((found) => {
    const record = readRecord(found.json);
    if (record.kind === "not")
      return { text: "", lines: [withFullStop(`It is no decision record: ${record.why}`)], code: 4 };
    const evidence = { ...evidenceIn(saved, found, parsedRules, []), record: record.record };
    const replay = replayRecord(evidence, readPackage().version);
    const { number } = record.record;
    if (replay === null)
      return { text: "", lines: [`Record ${number}: the thread or the config was not saved.`], code: 3 };
    return replay.agrees
      ? { text: replay.text, lines: [`It comes to what record ${number} says.`], code: 0 }
      : {
          text: replay.text,
          lines: [
            `It does not come to what record ${number} says:`,
            ...replay.differences.map((one) => `  ${one}`),
          ],
          code: 4,
        };
  });
  return {
    text: [
      ...replays.flatMap(({ text: one, lines }) => [...(one === "" ? [] : [one, ""]), ...lines, ""]),
      readText(saved),
    ].join("\n"),
    json: { format: REPLAY_FORMAT, replays },
    // None to replay: its comment is gone.
    code: replays.length === 0 ? 3 : Math.max(...replays.map(({ code }) => code)),
  };
}
