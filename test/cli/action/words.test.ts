import { describe, expect, test } from "vitest";
import {
  configSummary,
  type LookedAt,
  type RunReport,
  runAnnotations,
  runIsWrong,
  runSummary,
} from "../../../src/cli/action/words.js";
import { parseConfig } from "../../../src/config/parse.js";

const proposal = (number: number, more: Partial<LookedAt> = {}): LookedAt => ({
  number,
  title: `MSC${number}: [x](http://evil) @everybody`,
  url: `https://github.com/o/r/pull/${number}`,
  phase: "proposed",
  sentence: "Waiting for 2 more approvals.",
  holds: [],
  written: [],
  ...more,
});

const report = (more: Partial<RunReport> = {}): RunReport => ({
  ...{
    owner: "o",
    name: "r",
    app: "msc-clerk",
    event: "issue_comment",
    minutes: 10,
    dryRun: false,
    reached: true,
    left: 0,
  },
  config: { kind: "absent" },
  proposals: [],
  told: [],
  ...more,
});

const VALID = parseConfig(
  "version: 1\nteams: { core-team: { members: [alice, bob, carol] } }\ndecisions: [{ name: change, approval: { core-team: 75% } }]\n",
);

describe("the summary of a run", () => {
  test("tells who it was, what it was for, and what was written, and repeats nobody's Markdown", () => {
    const text = runSummary(
      report({
        proposals: [
          proposal(1),
          proposal(2, { written: ["label: add proposed", "comment 7: status, edited"] }),
        ],
      }),
    );
    expect(text).toMatchInlineSnapshot(`
      "## msc-clerk on o/r

      As msc-clerk\\[bot\\], for \`issue_comment\`: 2 pull requests looked at, 2 things written.

      There is no \`.github/msc-clerk.yml\` on the default branch, so nothing is done here.

      ### Written

      | proposal | what it waits for | written |
      |---|---|---|
      | [#2](https://github.com/o/r/pull/2) MSC2: \\[x\\](http:&#8203;//evil) @&#8203;everybody | Waiting for 2 more approvals. | label: add proposed<br>comment 7: status, edited |

      "
    `);
  });

  test("tells what is held until people do something, what is left, and that nothing was written in a dry run", () => {
    const text = runSummary(
      report({
        dryRun: true,
        left: 3,
        minutes: 1,
        proposals: [proposal(5, { holds: ["draft", "record_lost"] }), proposal(6, { holds: ["draft"] })],
      }),
    );
    expect(text).toContain("### Held until people do something");
    expect(text).toContain("[#5]");
    expect(text).not.toContain("[#6]");
    expect(text).toContain(
      "Not finished within 1 minute, or GitHub asks to wait: 3 pull requests. The next run goes on; nothing is lost.",
    );
    expect(text).toContain("A dry run");
  });

  test("tells that not everything could be read", () => {
    const text = runSummary(report({ reached: false }));
    expect(text).toContain("Not everything could be read");
    expect(runIsWrong(report({ reached: false }))).toBe(false);
  });

  test("lists 200 proposals and how many more there are", () => {
    const rows = (many: number) =>
      runSummary(
        report({ proposals: Array.from({ length: many }, (_, at) => proposal(at + 1, { written: ["x"] })) }),
      );
    expect(rows(200)).not.toContain("more.");
    expect(rows(201)).toContain("And 1 more.");
  });
});

describe("what has to be looked at", () => {
  const faults = [{ line: 2, column: 3, path: "teams", message: "it is empty" }];

  test("is a config that is not right or cannot be read, and an error of the clerk's; a warning is not", () => {
    expect(runIsWrong(report())).toBe(false);
    expect(runIsWrong(report({ told: ["warning so"], left: 9 }))).toBe(false);
    expect(runIsWrong(report({ told: ["error so"] }))).toBe(true);
    expect(runIsWrong(report({ config: { kind: "unreadable", why: "so", retryAt: null } }))).toBe(true);
    expect(runIsWrong(report({ config: { kind: "invalid", faults, commit: "c", repository: 1 } }))).toBe(
      true,
    );
  });

  test("is annotated, once each, at its place where it has one", () => {
    expect(
      runAnnotations(
        report({
          config: { kind: "invalid", faults, commit: "c", repository: 1 },
          left: 1,
          told: ["error it: broke", "error it: broke", "warning mind"],
        }),
      ),
    ).toEqual([
      "::error file=.github/msc-clerk.yml,line=2,col=3,title=msc-clerk::teams: it is empty",
      "::warning::Not finished within 10 minutes, or GitHub asks to wait: 1 pull request. The next run goes on; nothing is lost.",
      "::error::it: broke",
      "::warning::mind",
    ]);
  });
});

describe("the summary of the check", () => {
  test("of a config that is right tells what its rules come to", () => {
    if (!VALID.ok) throw new Error("it is not valid");
    expect(
      configSummary({ kind: "valid", rules: VALID.rules, warnings: [] }, "abc1234"),
    ).toMatchInlineSnapshot(`
      "## \`.github/msc-clerk.yml\` at abc1234 is right

      What it comes to:

          Teams
            Core Team (core-team): 3 members
          Proposals
            pull requests with the label proposal are decided; one that adds a file at proposals/*.md is asked for it
            change: 3 of 3 of the Core Team (75%, rounded up); Final Comment Period 5 days
          Changes of this file
            add a member: 3 of 3 of the Core Team (100%)
            remove a member, choose a lead, remove a lead, renew the confidence in a lead, correct details and change the rules: 3 of 3 of the Core Team (75%, rounded up)

      This check decides nothing: what a change of the config needs is told by the clerk on the pull request itself.

      "
    `);
  });

  test("of one with faults lists them, and of none says so; each says that it decides nothing", () => {
    const bad = configSummary(
      { kind: "invalid", faults: [{ line: 2, column: 3, path: "a.b", message: "x <b>" }] },
      "abc1234",
    );
    expect(bad).toContain("has 1 fault");
    expect(bad).toContain("- line 2, column 3 (a.b): x &lt;b&gt;");
    for (const text of [bad, configSummary({ kind: "absent" }, "abc1234")])
      expect(text).toContain("This check decides nothing");
  });
});
