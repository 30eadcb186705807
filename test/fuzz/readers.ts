import fc from "fast-check";
import { expect } from "vitest";
import { parseConfig } from "../../src/config/parse.js";
import { recordInComment } from "../../src/decisions/inComment.js";
import { boxesOf } from "../../src/domain/acts/boxes.js";
import { parseLegacyStatus } from "../../src/domain/acts/legacy.js";
import { parseCommands } from "../../src/domain/acts/parseCommands.js";
import { RecordKeys } from "../../src/github/record/keys.js";
import { markerOf, partsOf } from "../../src/github/record/marker.js";
import { openRecord, sealedLineOf, shownSeq } from "../../src/github/record/seal.js";
import { registerInText } from "../../src/github/record/versions.js";
import { spokenLines } from "../../src/markdown/spokenLines.js";
import { EVENTS } from "../../src/runtime/server/events.js";
import { newsIn } from "../../src/runtime/server/webhookNews.js";
import { expectLinear } from "../support/growth.js";

const keys = RecordKeys.from({ recordKeys: "what nobody knows but this test" });
const BINDING = { repository: 1, pull: 2 };
const NAMES = Object.keys(EVENTS);

/** A text whose form some reader looks for, in the pieces it is made of. */
interface Reader {
  readonly pieces: readonly [string, ...string[]];
  readonly read: (text: string) => unknown;
}

const MARKDOWN = [
  "\n",
  "\n\n",
  " ",
  "    ",
  "> ",
  "- ",
  "1. ",
  "`",
  "```",
  "~~~",
  "<!--",
  "-->",
  "<div>",
  "</div>",
  "<a href='",
  "[",
  "](",
  ")",
  "*",
  "_",
  "\\",
  "|",
  "&amp;",
  "\r\n",
  "\t",
] as const;
const ODD = [
  "",
  "\0",
  "\u2028",
  "\u202e",
  "\ud800",
  "👩‍👧",
  "é",
  "İ",
  "ß",
  "__proto__",
  "constructor",
  "toString",
  "9".repeat(30),
] as const;

/** Everything a stranger can write that the clerk reads. */
export const READERS: Readonly<Record<string, Reader>> = {
  commands: {
    pieces: [
      "@mscbot",
      "@mscbot ",
      "@MSCBot fcp merge",
      "fcp ",
      "merge",
      "close",
      "cancel",
      "reviewed as ",
      "concern ",
      "resolve C1, C2 and ",
      "all",
      "waive ",
      "second ",
      "override ",
      "correct record 1: ",
      "hand over to @",
      "superseded by ",
      "implementation https://",
      "because",
      "not yet",
      ":",
      ...MARKDOWN,
    ],
    read: (text) => parseCommands(spokenLines(text), ["mscbot", "msc-clerk"]),
  },
  "a config": {
    pieces: [
      "version: 1\n",
      "teams:\n",
      "  team:\n",
      "    members: [",
      "a, ",
      "]",
      "{",
      "}",
      ": ",
      ", ",
      "- ",
      "&a ",
      "*a",
      "<<: *a",
      "!!binary ",
      "? ",
      "|\n",
      ">\n",
      "'",
      '"',
      "#",
      "\n",
      "  ",
      "decisions:\n",
      "approval: { team: ",
      "75%",
      "2/3",
      "1e999",
      "2026-01-01",
      "~",
      "---\n",
      "...\n",
      "%YAML 1.2\n",
      "\t",
    ],
    read: parseConfig,
  },
  "a record": {
    pieces: [
      "<!-- msc-clerk:",
      "record ",
      "v1 ",
      "v16 ",
      "v999 ",
      "seq v1 ",
      "1",
      "9",
      "AAAA",
      "/+==",
      ".",
      " -->",
      "<!-- msc-clerk:status 1 -->",
      "%2D",
      "%",
      "\n",
      " ",
    ],
    read: (text) => [
      openRecord(text, keys, BINDING),
      shownSeq(text, keys, BINDING),
      sealedLineOf(text, BINDING),
      markerOf(text),
      partsOf(text),
    ],
  },
  "a register in the store's form": {
    pieces: [
      '{"version":',
      "1",
      "16",
      ',"register":',
      "{",
      "}",
      "[",
      "]",
      "null",
      '"seq":',
      "1e400",
      '"motion":',
      '"past":[',
      '"__proto__":',
      ",",
      ":",
      '"',
    ],
    read: registerInText,
  },
  "the record of a decision": {
    pieces: [
      "<details><summary>Signed record: ",
      "\n",
      "```json\n",
      "```text\n",
      "\n```\n",
      "{",
      "}",
      "ed25519:",
      " AAAA=",
      "— ",
      "</details>",
      "\r",
    ],
    read: recordInComment,
  },
  "a comment of an older bot": {
    pieces: [
      "Team member @",
      " has proposed to **merge** this.",
      "\n",
      "* [ ] @",
      "* [x] @",
      "- [X] @",
      "Concerns:\n",
      "* ",
      "~~",
      "(https://",
      ")",
      " resolved by ",
      "Once at least 75% of reviewers approve",
      "**This FCP proposal has been cancelled",
      "by #issuecomment-1",
    ],
    read: (text) =>
      parseLegacyStatus(`Team member @x has proposed to merge this.\n${text}`) ?? parseLegacyStatus(text),
  },
  "boxes of a status comment": {
    pieces: ["- [x] @", "- [ ] @", "a", "<!-- box team -->", "<!-- team a -->", "\n", " ", "\r"],
    read: boxesOf,
  },
  "the body of a webhook": {
    pieces: [
      '{"action":',
      '"labeled"',
      '"deleted"',
      ',"number":',
      "12",
      "-1",
      "1e99",
      ',"pull_request":{',
      ',"issue":{"pull_request":{}',
      ',"comment":{',
      ',"repository":{"name":"r","owner":{"login":"o"}}',
      ',"installation":{"id":7}',
      ',"sender":{"login":"msc-clerk[bot]"}',
      "}",
      "[",
      "]",
      "null",
      '"',
      ',"label":',
      ',"check_run":{"pull_requests":[',
      ',"merge_group":{"head_ref":"refs/heads/gh-readonly-queue/main/pr-1-"',
    ],
    read: (text) => {
      let body: unknown = text;
      try {
        body = JSON.parse(text);
      } catch {}
      return NAMES.map((name) => newsIn(name, body, "msc-clerk[bot]"));
    },
  },
};

const partOf = ({ pieces }: Reader) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.constantFrom(...ODD) },
    { weight: 1, arbitrary: fc.string({ maxLength: 6, unit: "binary" }) },
  );

/** Whatever it says, it is read, and read the same again. */
export function readsAnything(reader: Reader, runs: number): void {
  const text = fc.array(partOf(reader), { maxLength: 40 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (written) => {
      expect(reader.read(written)).toEqual(reader.read(written));
    }),
    { numRuns: runs },
  );
}

/** A few pieces again and again, between what begins and what ends it: of 100 kB it takes no more than its share. */
export function readsInItsTime(reader: Reader, runs: number): void {
  const few = fc.array(partOf(reader), { maxLength: 3 }).map((parts) => parts.join(""));
  const again = fc
    .array(partOf(reader), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join("") || "a");
  fc.assert(
    fc.property(few, again, few, (before, unit, after) => {
      expectLinear(
        (size) => before + unit.repeat(Math.ceil(size / unit.length)) + after,
        reader.read,
        100_000,
      );
    }),
    { numRuns: runs },
  );
}
