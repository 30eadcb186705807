import { describe, expect, test } from "vitest";
import { differences } from "../../src/domain/amendment/differences.js";
import { changeSentence, ruleOf } from "../../src/domain/messages/change.js";
import { vacancyIssue } from "../../src/domain/messages/duties.js";
import { rosterText } from "../../src/domain/messages/roster.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY } from "../../src/domain/text/time.js";
import { amendment } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";

const said = (head: Rules, base: Rules = MATRIX) => differences(base, head, new Map()).map(changeSentence);
const last = (parts: Partial<Rules["decisions"][number]>): Rules => ({
  ...MATRIX,
  decisions: MATRIX.decisions.map((rule) => (rule.match.paths.length > 0 ? rule : { ...rule, ...parts })),
});
const PRESENT = {
  team: "spec-core-team",
  threshold: { numerator: 2, denominator: 3 },
  quorum: { numerator: 3, denominator: 4 },
} as const;
const { constitution, ...uncited } = MATRIX;

describe("a change of how a body decides is told in plain words", () => {
  test.each<[string, Rules, string]>([
    [
      "what a team is counted by",
      last({ approval: [PRESENT] }),
      "change **decisions.spec change.approval.spec-core-team** from “75%” to “2/3 of those who do not abstain, with a quorum of 75%”",
    ],
    [
      "the same in a route",
      { ...MATRIX, amendments: { ...MATRIX.amendments, remove_lead: [[PRESENT]] } },
      "change **amendments.remove\\_lead** from “75% of spec-core-team” to “2/3 of spec-core-team (of those who do not abstain, with a quorum of 75%)”",
    ],
    [
      "a period of a decision’s own",
      last({ finalCommentPeriod: 10 * DAY }),
      "add **decisions.spec change.final\\_comment\\_period**: “10 days”",
    ],
    [
      "none at all",
      last({ finalCommentPeriod: 0 }),
      "add **decisions.spec change.final\\_comment\\_period**: “0 days”",
    ],
    [
      "a label that is left out",
      { ...MATRIX, labels: { ...MATRIX.labels, merged: null } },
      "change **labels.merged** from “merged” to “none”",
    ],
    [
      "what a proposal is",
      { ...MATRIX, proposals: "all" },
      "change **proposals** from “what carries the proposal label, asked for where a text is added” to “every pull request”",
    ],
  ])("amend.preview: %s", (_, head, sentence) => {
    expect(said(head)).toEqual([sentence]);
  });

  test("amend.preview: a text to cite, and none any more", () => {
    expect(said(MATRIX, uncited)[0]).toMatch(/^add \*\*constitution\*\*: “name: MSC1779; url: https/);
    expect(said(uncited)[0]).toMatch(/^remove \*\*constitution\*\*/);
  });
});

describe("what texts cite", () => {
  const [change] = differences(MATRIX, { ...MATRIX, finalCommentPeriod: DAY }, new Map());

  test("amend.rules: the constitution that the config names, with its link", () => {
    if (change === undefined) throw new Error("a change wanted");
    expect(
      ruleOf(change, { ...MATRIX, constitution: { name: "By*laws", url: "https://example.org/b(1)" } }),
    ).toBe("amend.rules ([By\\*laws](https://example.org/b%281%29))");
  });

  test("amend.rules: nothing, where it names none", () => {
    if (change === undefined) throw new Error("a change wanted");
    expect(ruleOf(change, uncited)).toBe("amend.rules");
    const w = amendment((rules) => ({ ...rules, finalCommentPeriod: DAY }), { rules: uncited });
    w.reconcile();
    expect(`${w.check?.summary}`).not.toContain("MSC1779");
    expect(constitution?.name).toBe("MSC1779");
  });

  test("amend.lead: a body without a second board is told of none", () => {
    const [team] = MATRIX.teams;
    if (team === undefined) throw new Error("a team wanted");
    const { body } = vacancyIssue(team, 0, { ...MATRIX, guardians: null });
    expect(body).toContain("the team decides. This issue");
  });
});

describe("who could vote on a day", () => {
  test("tally.threshold: by which measure and with which period, in words", () => {
    const version = {
      commit: "c".repeat(40),
      at: 0,
      rules: last({ approval: [PRESENT], finalCommentPeriod: 0 }),
      pull: null,
      mergedHead: null,
      author: null,
      by: null,
      approved: true,
    };
    expect(rosterText([version], 1, 2)).toContain(
      "    spec change (all others): 6 of 8 of the Spec Core Team if nobody abstains (2/3 of those who do not abstain), where 6 of 8 vote (a quorum of 75%); no Final Comment Period",
    );
  });
});
