import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { doctorJson, doctorText, isWrong } from "../../../src/cli/doctor/doctorText.js";
import { notKnown, ok, type Section, warning, wrong } from "../../../src/cli/doctor/finding.js";

const OK = ok("a", "All of it is there.");
const WARNING = warning("b", "It is late.", "It matters a little.", "Wait.");
const WRONG = wrong("c", "It is broken:\nhere.", "It matters.", "Mend it.");
const NOT_KNOWN = notKnown("d", "Nobody knows.", "It may matter.", "Look.");

const diagnosis = (...sections: Section[]) => ({
  ...{
    at: Date.parse("2026-03-03T14:05:00Z"),
    version: "1.2.3",
    by: "the App 99",
    baseUrl: "https://api.github.com",
  },
  sections,
});
const section = (...findings: Section["findings"][number][]): Section => ({
  title: "The App",
  repository: null,
  findings,
});

describe("what the doctor tells", () => {
  test("for people", () => {
    expect(
      doctorText(diagnosis(section(OK, WARNING, WRONG), section(NOT_KNOWN))),
    ).toBe(`msc-clerk 1.2.3, as the App 99, at https://api.github.com, 2026-03-03T14:05:00Z

The App
  ok         All of it is there.
  warning    It is late.
             Why: It matters a little.
             Do:  Wait.
  WRONG      It is broken:
             here.
             Why: It matters.
             Do:  Mend it.

The App
  not known  Nobody knows.
             Why: It may matter.
             Do:  Look.

1 thing is wrong, there is 1 warning and 1 thing is not known.`);
  });

  test.each([
    [[OK], "All is well."],
    [[OK, WARNING, WARNING], "Nothing is wrong and there are 2 warnings."],
    [[NOT_KNOWN, NOT_KNOWN], "Nothing is wrong and 2 things are not known."],
    [[WRONG, WRONG], "2 things are wrong."],
  ])("at its end, in one sentence: %#", (findings, sentence) => {
    expect(
      doctorText(diagnosis(section(...findings)))
        .split("\n")
        .at(-1),
    ).toBe(sentence);
  });

  test("only what is wrong makes the exit code 1", () => {
    expect(isWrong([section(OK, WARNING), section(NOT_KNOWN)])).toBe(false);
    expect(isWrong([section(OK), section(WRONG)])).toBe(true);
  });

  test("for programs, by fields that docs/commands.md has", () => {
    const told = doctorJson(diagnosis(section(OK), { ...section(WRONG), repository: "body/proposals" }));
    expect(told).toEqual({
      format: "msc-clerk doctor 1",
      at: "2026-03-03T14:05:00Z",
      version: "1.2.3",
      by: "the App 99",
      gitHub: "https://api.github.com",
      wrong: true,
      findings: [
        { code: "a", state: "ok", repository: null, what: "All of it is there.", why: null, do: null },
        {
          code: "c",
          state: "wrong",
          repository: "body/proposals",
          what: "It is broken:\nhere.",
          why: "It matters.",
          do: "Mend it.",
        },
      ],
    });
    const docs = readFileSync(new URL("../../../docs/commands.md", import.meta.url), "utf8");
    const names = [...Object.keys(told), "code", "state", "repository", "what", "why", "do"];
    expect(names.filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
    expect(docs.includes('"format": "msc-clerk doctor 1"')).toBe(true);
  });
});
