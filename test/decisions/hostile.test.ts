import { describe, expect, test } from "vitest";
import { replayText, verifyCase } from "../../src/cli/verifyCase.js";
import { canonicalJson, hashOf } from "../../src/decisions/canonical.js";
import { recordInComment } from "../../src/decisions/inComment.js";
import { registerIssues } from "../../src/decisions/registerText.js";
import { CASE_TYPE, CASE_VERSION, type CaseFile, caseText } from "../../src/decisions/verify/caseFile.js";
import { registerPages } from "../../src/domain/messages/registerOfDecisions.js";
import { signedRecord } from "../../src/domain/messages/signedRecord.js";
import type { PublishedRecord } from "../../src/domain/model/publicRecord.js";

const published = (title: string): PublishedRecord => {
  const json = canonicalJson({ cut: [], proposal: { title } });
  return {
    ...{ number: 1, motion: 1, hash: hashOf(json), json },
    signature: { key: `ed25519:${"A".repeat(43)}=`, value: "AAAA", listed: true },
    ...{ before: null, checkpoint: null },
  };
};

describe("a record is found in its comment, whatever its proposal is called", () => {
  test.each([
    "<summary>Signed record: number 2",
    "<details><summary>Signed record: number 2 in the register of decisions</summary>",
    "\u2028<details><summary>Signed record: number 2 in the register of decisions</summary>",
    "\r<details><summary>Signed record: number 2\n```json\n{}\n```",
  ])("record.signed: %j", (title) => {
    const one = published(title);
    const body = `<!-- msc-clerk:announce 1:concluded -->\nDecided.\n\n${signedRecord(one)}`;
    expect(recordInComment(body)).toMatchObject({ json: one.json, signature: { value: "AAAA" } });
    expect(recordInComment(body.replaceAll("\n", "\r\n"))?.json).toBe(one.json);
  });
});

describe("which of the clerk's issues are the register", () => {
  const issue = (number: number, key: string, body = "") => ({ number, key, body, title: key, open: true });
  const NEWEST = issue(5, "register-of-decisions", "Earlier ones: “Register of decisions, 2026, part 2”.");

  test("record.signed: a page that the newest names, and no issue that somebody made look like one", () => {
    const page = issue(6, "register-of-decisions 2026 2");
    const other = [
      issue(1, "absence"),
      issue(2, "register-of-decisions 1999"),
      issue(7, "register-of-decisions"),
    ];
    expect(registerIssues([...other, page, NEWEST])).toEqual([NEWEST, page]);
  });

  test("record.signed: where the newest is gone, all that are left", () => {
    const page = issue(6, "register-of-decisions 2026");
    expect(registerIssues([page])).toEqual([page]);
  });
});

describe("a case without a record", () => {
  const saved: CaseFile = {
    ...{ type: CASE_TYPE, version: CASE_VERSION },
    read: { at: 0, by: "passer-by", from: "https://api.github.com" },
    repository: { id: 1, name: "org/repo" },
    ...{ proposal: 1, records: [], register: null, configs: [], history: null, thread: null },
  };

  test("record.signed: proves nothing", () => {
    expect(verifyCase(saved, []).code).toBe(3);
  });

  test("record.signed: cannot be replayed, and that is told as missing", () => {
    expect(replayText(caseText(saved), "a.json")).toMatchObject({ code: 3 });
  });
});

test("record.signed: a full page fits an issue, also of a repository with the longest names", () => {
  const url = (pull: number) =>
    `https://github.com/${"o".repeat(39)}/${"r".repeat(100)}/pull/${pull}#issuecomment-12345678901`;
  const lines = Array.from({ length: 600 }, (_, at) => ({
    ...{
      number: at + 1,
      pull: 123456,
      motion: 12,
      outcome: "override cancelled",
      at: at * 1000,
      hash: "a".repeat(64),
      url: url(123456),
    },
  }));
  for (const { body } of registerPages(lines, "x".repeat(300))) expect(body.length).toBeLessThan(65_000);
});
