import { describe, expect, it } from "vitest";
import { configInvalidCheck } from "../../src/domain/messages/configCheck.js";

describe("config.invalid: the check's words", () => {
  it("shows every fault at once, with its place", () => {
    const { title, summary } = configInvalidCheck([
      { line: 3, column: 1, path: "", message: "Tabs | are not allowed\nin YAML." },
      {
        line: 12,
        column: 5,
        path: "teams.guardians",
        message: "`membrs` is no key here: did you mean `members`?",
      },
    ]);
    expect(title).toMatchInlineSnapshot(
      `"The config file has 2 faults; nothing is decided until it is right"`,
    );
    expect(summary).toMatchInlineSnapshot(`
      "\`.github/msc-clerk.yml\` on the default branch has 2 faults. Until the file is right again no vote is counted and no period begins or ends; nothing is lost meanwhile.

      - line 3, column 1: Tabs \\| are not allowed in YAML.
      - line 12, column 5 (teams.guardians): \\\`membrs\\\` is no key here: did you mean \\\`members\\\`?

      \`msc-clerk check .github/msc-clerk.yml\` shows the same before a change is merged."
    `);
  });

  it("says `one fault` for one", () => {
    expect(configInvalidCheck([{ line: 1, column: 1, path: "", message: "x" }]).title).toContain(
      "has one fault;",
    );
  });

  it("keeps within GitHub's limit with 5,000 hostile faults", () => {
    const faults = Array.from({ length: 5000 }, (_, i) => ({
      line: i + 1,
      column: 1,
      path: "<@#1|".repeat(50),
      message: "<@#1|\n".repeat(200),
    }));
    const { summary } = configInvalidCheck(faults);
    expect(summary.length).toBeLessThanOrEqual(65_535);
    expect(summary).toContain("- line 100, column 1");
    expect(summary).toContain("- and 4900 more");
    expect(summary).not.toContain("<");
  });
});
