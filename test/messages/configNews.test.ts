import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.js";
import { dormantNews, invalidNews, isNearMiss, validNews } from "../../src/domain/messages/configNews.js";
import { removing } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";

const DORMANT = "Dormant: there is no .github/msc-clerk.yml on the default branch.";

describe("what the log says of a repository's config", () => {
  it("config.absent: that it is dormant, and what may have been meant to be the config", () => {
    expect(dormantNews([])).toBe(DORMANT);
    expect(dormantNews(null)).toBe(DORMANT);
    expect(dormantNews([".github/CODEOWNERS", ".github/workflows.yml"])).toBe(DORMANT);
    expect(dormantNews([".github/CODEOWNERS", ".github/msc-clerk.yaml"])).toBe(
      `${DORMANT} There is .github/msc-clerk.yaml: the clerk reads a file of exactly the name .github/msc-clerk.yml, and no other.`,
    );
    const many = ["yaml", "YML", "json", "yml.txt", "yml.bak", "yml~", "toml"];
    expect(dormantNews(many.map((end) => `.github/msc-clerk.${end}`))).toContain(
      "and 2 more files: the clerk",
    );
    expect(dormantNews([".github/msc-clerk.yml"])).toContain("the repository is archived");
    expect(dormantNews([`.github/msc_clerk\u001b[31m.yml`])).not.toContain("\u001b");
  });

  it.each([
    "msc-clerk.yaml",
    "msc_clerk.yml",
    "MSC-Clerk.yml",
    "msc-clerk.YML",
    "mscclerk.yml",
    "msc.clerk.yml",
    "msc-clerk",
    "msc-clerk.yml.txt",
    "msc-clerk.yml.bak",
    "msc-clark.yml",
    "mcs-clerk.yml",
    "msc-clerks.yml",
    " msc-clerk.yml",
    "msc-clerk.json",
  ])("config.absent: %s is nearly its name", (name) => {
    expect(isNearMiss(`.github/${name}`)).toBe(true);
    expect(isNearMiss(name)).toBe(false);
    expect(isNearMiss(`.github/old/${name}`)).toBe(false);
  });

  it.each([
    "msc-clerk.yml",
    "msc-clerk-notes.md",
    "mscbot.yml",
    "dependabot.yml",
    "CODEOWNERS",
    "clerk.yml",
    "",
    "x".repeat(5000),
  ])("config.absent: %s is not", (name) => {
    expect(isNearMiss(`.github/${name}`)).toBe(false);
  });

  it("config.source: that it is valid, with the teams, how large each is, and the period", () => {
    expect(validNews(MATRIX)).toBe(
      "The config is valid: Spec Core Team (8 members, lead ara4n) and Guardians (2 members); Final Comment Period of 5 days.",
    );
    const small = MATRIX.teams.map((team, at) => (at === 0 ? { ...team, minimumMembers: 8 } : team));
    expect(validNews(removing("dbkr")({ ...MATRIX, teams: small, finalCommentPeriod: 3_600_000 }))).toBe(
      "The config is valid: Spec Core Team (7 members, lead ara4n, fewer than its minimum of 8) and Guardians (2 members); Final Comment Period of 1 hour.",
    );
  });

  it("config.source: a decision that waits otherwise is told with its own period", () => {
    const [first, ...rest] = MATRIX.decisions;
    if (first === undefined) throw new Error("there is no decision");
    const urgent = { ...first, name: "urgent", finalCommentPeriod: 86_400_000 };
    expect(validNews({ ...MATRIX, decisions: [urgent, ...rest] })).toMatch(
      /; Final Comment Period of 5 days, 1 day for urgent\.$/,
    );
  });

  it("config.invalid: that it is not, with the faults and their places", () => {
    const parsed = parseConfig("version: 2\nteems: {}\n");
    if (parsed.ok) throw new Error("it is valid");
    const text = invalidNews(parsed.faults);
    expect(text).toContain(`The config is invalid, so nothing is decided: ${parsed.faults.length} faults. `);
    expect(text).toContain("line 1, column 10: version: 2 is no version the clerk knows");
    expect(text).toContain('line 2, column 1: teems: "teems" is not known here');
    const fault = { line: 3, column: 4, path: "", message: "a\nb\u0007" };
    const many = invalidNews(Array.from({ length: 8 }, () => fault));
    expect(many).toMatch(/8 faults\. (?:line 3, column 4: .*; ){5}and 3 more$/);
    expect(many).not.toContain("\u0007");
  });
});
