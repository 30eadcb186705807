import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { faultLine } from "../../src/config/faultText.js";
import { parseConfig } from "../../src/config/parse.js";
import { FORM_CHECK_KEYS } from "../../src/domain/model/form.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY } from "../../src/domain/text/time.js";
import { MATRIX } from "../support/rules.js";

function example(name: string): Rules {
  const parsed = parseConfig(readFileSync(`docs/examples/${name}.yml`, "utf8"));
  if (!parsed.ok) throw new Error(parsed.faults.map(faultLine).join("\n"));
  return parsed.rules;
}

/** Ids aside: the tests' roster has made-up ones, the example those that are known. */
const withoutIds = (rules: Rules): Rules => ({
  ...rules,
  teams: rules.teams.map((team) => ({
    ...team,
    lead: team.lead && { ...team.lead, id: null },
    members: team.members.map((member) => ({ ...member, id: null })),
  })),
});

describe("the examples", () => {
  test("matrix.yml is the roster and the rules of the merged MSC1779, as all other tests have them, with the form check on", () => {
    const { form, prefix, ...others } = withoutIds(example("matrix"));
    expect(others).toEqual(withoutIds(MATRIX));
    expect([form, prefix]).toEqual([FORM_CHECK_KEYS, "MSC"]);
  });

  test("msc1779-draft.yml differs from it in one thing: Guardians confirm every change to the Spec Core Team", () => {
    const [core, guardians] = [
      { team: "spec-core-team", threshold: { numerator: 3, denominator: 4 } },
      { team: "guardians", threshold: { numerator: 3, denominator: 4 } },
    ];
    const everyone = { ...core, threshold: { numerator: 1, denominator: 1 } };
    expect(example("msc1779-draft")).toEqual({
      ...example("matrix"),
      amendments: {
        ...MATRIX.amendments,
        add_member: [[everyone, guardians], [guardians]],
        remove_member: [[core, guardians], [guardians]],
      },
    });
  });

  test("smallest.yml has the defaults of everything, for a body of one team", () => {
    const { teams, guardians, amendments, ...rest } = example("smallest");
    expect(teams.map((team) => [team.slug, team.title, team.minimumMembers, team.members.length])).toEqual([
      ["core-team", "Core Team", 1, 3],
    ]);
    expect(guardians).toBeNull();
    expect(amendments.rules).toEqual([[{ team: "core-team", threshold: { numerator: 3, denominator: 4 } }]]);
    const { decisions, ...others } = rest;
    expect(decisions.map((decision) => decision.name)).toEqual(["change"]);
    expect(others).toEqual({
      finalCommentPeriod: MATRIX.finalCommentPeriod,
      reviews: MATRIX.reviews,
      conclude: MATRIX.conclude,
      duties: MATRIX.duties,
      mentions: ["mscbot"],
      legacyBots: [],
      proposalPaths: ["proposals/*.md"],
      labels: MATRIX.labels,
    });
  });

  test("working-group.yml: 2/3 and ten days, corrections at once, texts edited in place, nothing after a merge", () => {
    const { teams, decisions, finalCommentPeriod, proposals, proposalPaths, labels, constitution } =
      example("working-group");
    expect(teams.map(({ slug, members }) => [slug, members.length])).toEqual([["working-group", 6]]);
    expect(decisions.map(({ name, approval, finalCommentPeriod: own }) => [name, approval[0], own])).toEqual([
      ["correction", { team: "working-group", threshold: { numerator: 1, denominator: 2 } }, 0],
      ["change", { team: "working-group", threshold: { numerator: 2, denominator: 3 } }, undefined],
    ]);
    expect([finalCommentPeriod, proposals, proposalPaths, constitution]).toEqual([
      10 * DAY,
      "changed",
      ["texts/**"],
      undefined,
    ]);
    expect([labels.spec_pr_missing, labels.spec_pr_in_review, labels.merged]).toEqual([null, null, null]);
  });

  test("foundation.yml: a quorum, and every pull request is decided", () => {
    const { decisions, proposals, constitution } = example("foundation");
    expect(decisions[1]?.approval).toEqual([
      {
        team: "board",
        threshold: { numerator: 3, denominator: 5 },
        quorum: { numerator: 3, denominator: 4 },
      },
    ]);
    expect([proposals, constitution?.name]).toEqual(["all", "the bylaws"]);
  });

  test("the Matrix amendments are the defaults: left out, the rules are the same", () => {
    const text = readFileSync("docs/examples/matrix.yml", "utf8");
    const without = text.replace(/^amendments:.*\n(?: .*\n)+/m, "");
    expect(without).not.toContain("add_member");
    expect(parseConfig(without)).toEqual(parseConfig(text));
  });
});
