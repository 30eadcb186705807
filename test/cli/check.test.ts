import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkedJson, checkedText } from "../../src/cli/checkFiles.js";
import { type Paint, PLAIN } from "../../src/cli/terminal.js";
import { checkConfig } from "../../src/config/warnings.js";

const DOCS = readFileSync("docs/commands.md", "utf8");

const example = (name: string) => ({
  file: `${name}.yml`,
  found: checkConfig(readFileSync(`docs/examples/${name}.yml`, "utf8")),
});
const WRONG = { file: "wrong.yml", found: checkConfig("version: 1\nteams:\n  a:\n    members: [x, x]\n") };
const UNREAD = {
  file: "gone.yml",
  found: { why: "gone.yml cannot be read: there is no such file or directory." },
};

describe("check tells what the rules come to", () => {
  test("of a working group", () => {
    expect(checkedText(example("working-group"), PLAIN)).toMatchInlineSnapshot(`
      "working-group.yml:9:5: teams.working-group.members: warning: 6 members of the Working Group have no id (alice, bob, carol and 3 more): whoever takes such a login over has its vote; write { login: alice, id: … }, with the number from users/alice of GitHub’s API (https://api.github.com/users/alice on github.com)
      working-group.yml is right, with 1 warning.

      Teams
        Working Group (working-group): 6 members; begins nothing with fewer than 3
      Proposals
        pull requests that add or change a file at texts/** are decided, without a label
        correction (label editorial): 3 of 6 of the Working Group (50%); no Final Comment Period
        change (all others): 4 of 6 of the Working Group (2/3); Final Comment Period 10 days
      Changes of this file
        add a member: 6 of 6 of the Working Group (100%)
        remove a member, choose a lead, remove a lead, renew the confidence in a lead, correct details and change the rules: 5 of 6 of the Working Group (75%, rounded up)"
    `);
  });

  test("of two boards, each of which can do what the other can", () => {
    expect(checkedText(example("matrix"), PLAIN)).toMatchInlineSnapshot(`
      "matrix.yml:10:5: teams.spec-core-team.members: warning: 7 members of the Spec Core Team have no id (erikjohnston, richvdh, dbkr and 4 more): whoever takes such a login over has its vote; write { login: erikjohnston, id: … }, with the number from users/erikjohnston of GitHub’s API (https://api.github.com/users/erikjohnston on github.com)
      matrix.yml:22:5: teams.guardians.members: warning: 1 member of the Guardians has no id (AmandineLP): whoever takes such a login over has its vote; write { login: AmandineLP, id: … }, with the number from users/AmandineLP of GitHub’s API (https://api.github.com/users/AmandineLP on github.com)
      matrix.yml:27:38: decisions[0].approval.guardians: warning: 75% of 2 comes to all 2 of the Guardians: one who is away keeps "governance change" from passing
      matrix.yml is right, with 3 warnings.

      Teams
        Spec Core Team (spec-core-team): 8 members, led by ara4n; begins nothing with fewer than 5
        Guardians (guardians): 2 members
      Proposals
        pull requests with the label proposal are decided; one that adds a file at proposals/*.md is asked for it
        governance change (label kind:governance or files at proposals/1779-*.md): 6 of 8 of the Spec Core Team (75%) and 2 of 2 of the Guardians (75%, rounded up); Final Comment Period 5 days
        spec change (all others): 6 of 8 of the Spec Core Team (75%); Final Comment Period 5 days
      Changes of this file
        add a member: 8 of 8 of the Spec Core Team (100%), or 2 of 2 of the Guardians (75%, rounded up)
        remove a member, choose a lead and correct details: 6 of 8 of the Spec Core Team (75%), or 2 of 2 of the Guardians (75%, rounded up)
        remove a lead and renew the confidence in a lead: 6 of 8 of the Spec Core Team (75%)
        add a guardian: 2 of 2 of the Guardians (75%, rounded up)
        remove a guardian: the other guardian
        change the rules: 6 of 8 of the Spec Core Team (75%) and 2 of 2 of the Guardians (75%, rounded up)"
    `);
  });

  test("of a board with a quorum", () => {
    expect(checkedText(example("foundation"), PLAIN)).toMatchInlineSnapshot(`
      "foundation.yml:8:5: teams.board.members: warning: 8 members of the Board have no id (alice, bob, carol and 5 more): whoever takes such a login over has its vote; write { login: alice, id: … }, with the number from users/alice of GitHub’s API (https://api.github.com/users/alice on github.com)
      foundation.yml is right, with 1 warning.

      Teams
        Board (board): 8 members
      Proposals
        every pull request is decided
        bylaws (files at bylaws/**): 6 of 8 of the Board (75%); Final Comment Period 30 days
        resolution (all others): 5 of 8 of the Board if nobody abstains (60% of those who do not abstain), where 6 of 8 vote (a quorum of 75%); Final Comment Period 7 days
      Changes of this file
        add a member: 8 of 8 of the Board (100%)
        remove a member, choose a lead, remove a lead, renew the confidence in a lead, correct details and change the rules: 6 of 8 of the Board (75%)"
    `);
  });
});

test("check tells every fault by file, line and column, and how many", () => {
  expect(checkedText(WRONG, PLAIN)).toMatchInlineSnapshot(`
    "wrong.yml:1:1: decisions: is missing; write a list
    wrong.yml:4:18: teams.a.members[1]: x is on this team already (line 4); one member, one seat
    wrong.yml is wrong: 2 faults."
  `);
  expect(checkedText(UNREAD, PLAIN)).toBe(
    "wrong: gone.yml cannot be read: there is no such file or directory.",
  );
});

test("only the words of the verdict have a colour", () => {
  const paint: Paint = { right: (t) => `<${t}>`, warning: (t) => `(${t})`, wrong: (t) => `!${t}!` };
  expect(checkedText(example("smallest"), paint).split("\n").slice(0, 3)).toEqual([
    expect.stringMatching(/^smallest\.yml:6:5: teams\.core-team\.members: \(warning\): 3 members/),
    "smallest.yml is <right>, with 1 warning.",
    "",
  ]);
  expect(checkedText(WRONG, paint)).toContain("wrong.yml is !wrong!: ");
});

describe("check --json", () => {
  const told = checkedJson([example("matrix"), example("foundation"), WRONG, UNREAD]);

  test("is plain JSON: each file, right or wrong, with its faults, warnings and rules", () => {
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
    expect(told).toMatchObject({
      format: "msc-clerk check 1",
      files: [
        {
          file: "matrix.yml",
          right: true,
          faults: [],
          warnings: [{ line: 10, code: "no_id" }, { code: "no_id" }, { code: "all_needed" }],
          rules: { decisions: [{ name: "governance change" }, { approval: [{ needed: 6, size: 8 }] }] },
        },
        { right: true },
        { right: false, faults: [{ line: 1 }, { line: 4, path: "teams.a.members[1]" }], rules: null },
        { right: false, why: "gone.yml cannot be read: there is no such file or directory.", faults: [] },
      ],
    });
  });

  test("docs/commands.md has every field", () => {
    const names = (value: unknown): readonly string[] =>
      Array.isArray(value)
        ? value.flatMap(names)
        : typeof value === "object" && value !== null
          ? Object.entries(value).flatMap(([name, of]) => [name, ...names(of)])
          : [];
    const parts = new Set(["numerator", "denominator", "threshold", "id"]);
    expect(
      [...new Set(names(told))].filter((name) => !parts.has(name) && !DOCS.includes(`\`${name}\``)),
    ).toEqual([]);
  });
});
