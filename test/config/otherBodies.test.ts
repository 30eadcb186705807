import { describe, expect, test } from "vitest";
import { rulesFingerprint } from "../../src/domain/amendment/differences.js";
import { DAY } from "../../src/domain/text/time.js";
import { config, faultsOf, valid } from "./faults.js";

const approval = (said: string) =>
  config({ decisions: `decisions:\n  - name: change\n    approval: ${said}` });
const period = (said: string) =>
  config({
    decisions: `decisions:\n  - name: change\n    approval: { core: 75% }\n    final_comment_period: ${said}`,
  });
const proposals = (said: string, more: Readonly<Record<string, string>> = {}) =>
  config({ proposals: `proposals: ${said}`, ...more });

describe("counting by those who are present", () => {
  test("tally.threshold: a share of those who do not abstain comes with a quorum", () => {
    const [rule] = valid(approval("{ core: { threshold: 2/3, of: present, quorum: 3/4 } }")).decisions;
    expect(rule?.approval).toEqual([
      { team: "core", threshold: { numerator: 2, denominator: 3 }, quorum: { numerator: 3, denominator: 4 } },
    ]);
  });

  test("tally.threshold: of all is the same as the short form, to the fingerprint", () => {
    const [short, long] = ["{ core: 75% }", "{ core: { threshold: 3/4, of: all } }"].map((said) =>
      rulesFingerprint(valid(approval(said))),
    );
    expect(long).toBe(short);
  });

  test("tally.threshold: a route of an amendment can be counted so too", () => {
    const { amendments } = valid(
      config({
        amendments: "amendments:\n  rules: [{ core: { threshold: 50%, of: present, quorum: 75% } }]",
      }),
    );
    expect(amendments.rules[0]?.[0]).toHaveProperty("quorum");
  });

  test.each([
    [
      "without a quorum",
      "{ core: { threshold: 2/3, of: present } }",
      "line 7, column 45: decisions[0].approval.core.of: of: present needs a quorum beside it, the share of the whole team that must have voted, such as quorum: 75%",
    ],
    [
      "a quorum of a share of all",
      "{ core: { threshold: 2/3, quorum: 75% } }",
      "line 7, column 49: decisions[0].approval.core.quorum: a quorum goes with of: present; of the whole team the threshold alone says how many have to vote",
    ],
    [
      "a quorum of nobody",
      "{ core: { threshold: 2/3, of: present, quorum: 0% } }",
      'line 7, column 62: decisions[0].approval.core.quorum: "0%" would let anything pass; a threshold is above 0',
    ],
    [
      "a quorum above all",
      "{ core: { threshold: 2/3, of: present, quorum: 5/4 } }",
      'line 7, column 62: decisions[0].approval.core.quorum: "5/4" could never be reached; a threshold is at most 100%',
    ],
    [
      "another measure",
      "{ core: { threshold: 2/3, of: voters, quorum: 75% } }",
      'line 7, column 45: decisions[0].approval.core.of: "voters" is not one of all, present',
    ],
    [
      "no threshold",
      "{ core: { of: present, quorum: 75% } }",
      "line 7, column 17: decisions[0].approval.core.threshold: is missing; write a threshold such as 75% or 2/3",
    ],
  ])("tally.threshold: %s is refused", (_, said, fault) => {
    expect(faultsOf(approval(said))).toEqual([fault]);
  });
});

describe("a period of a decision’s own", () => {
  test.each([
    ["10 days", 10 * DAY],
    ["0 days", 0],
    ["0d", 0],
  ])("fcp.length: %s", (said, length) => {
    expect(valid(period(said)).decisions[0]?.finalCommentPeriod).toBe(length);
  });

  test("fcp.length: left out, it is that of the file, and the fingerprint is what it was", () => {
    expect(valid(config()).decisions[0]).not.toHaveProperty("finalCommentPeriod");
  });

  test("fcp.length: the period of all, which amendments have too, is never none", () => {
    expect(faultsOf(config({ period: "final_comment_period: 0 days" }))).toHaveLength(1);
  });

  test("fcp.length: no length is refused in the words of lengths", () => {
    expect(faultsOf(period("soon"))).toEqual([
      'line 8, column 27: decisions[0].final_comment_period: "soon" is no length the clerk takes; write whole weeks, days, hours or minutes, such as 5 days, 5d, 120 hours or 1 week, from a minute to a year, or 0 days',
    ]);
  });
});

describe("labels that are left out", () => {
  test("label.state: those of a specification can be", () => {
    const { labels } = valid(
      config({ labels: "labels: { spec_pr_missing: false, spec_pr_in_review: false, merged: false }" }),
    );
    expect([labels.spec_pr_missing, labels.spec_pr_in_review, labels.merged]).toEqual([null, null, null]);
  });

  test("label.state: its default name is free for another then", () => {
    expect(faultsOf(config({ labels: "labels: { merged: false, finished_fcp: merged }" }))).toEqual([]);
    expect(faultsOf(config({ labels: "labels: { finished_fcp: merged }" }))).toHaveLength(1);
  });

  test("label.state: no other can be, and nothing but false leaves one out", () => {
    expect(faultsOf(config({ labels: "labels: { fcp: false, merged: true }" }))).toEqual([
      "line 8, column 16: labels.fcp: false is read as true or false; write a label's name, in quotes if it is spelt false",
      "line 8, column 31: labels.merged: true stands here; write the label's name, or false to do without it",
    ]);
  });
});

describe("what a proposal is, by rule", () => {
  test.each([
    ["{}", undefined],
    ["{ changed: added, all: false }", undefined],
    ["{ changed: any }", "labelled"],
    ["{ label: false }", "added"],
    ["{ label: false, changed: any }", "changed"],
    ["{ all: true }", "all"],
    ["{ label: rfc, paths: [texts/**], changed: any, all: true }", "all"],
  ])("proposal.scope: %s", (said, scope) => {
    expect(valid(proposals(said)).proposals).toBe(scope);
  });

  test("proposal.scope: label and paths can stand there as well, and mean the same", () => {
    const here = valid(proposals("{ label: rfc, paths: [texts/**] }"));
    const there = valid(config({ labels: "labels: { proposal: rfc }", paths: "proposal_paths: [texts/**]" }));
    expect(here).toEqual(there);
  });

  test("proposal.scope: what is said in two places is refused", () => {
    expect(
      faultsOf(
        proposals("{ label: rfc, paths: [a/*] }", {
          paths: "proposal_paths: [b/*]",
          labels: "labels: { proposal: msc }",
        }),
      ),
    ).toEqual([
      "line 8, column 14: proposals.label: labels.proposal on line 10 says this too; keep one of them",
      "line 8, column 26: proposals.paths: proposal_paths on line 9 says this too; keep one of them",
    ]);
  });

  test("proposal.scope: where nothing could be a proposal, that is refused", () => {
    expect(faultsOf(proposals("{ label: false, paths: [] }"))).toEqual([
      "line 8, column 21: proposals.label: without a label and without paths nothing could be a proposal; name paths, or write all: true",
    ]);
  });

  test("proposal.scope: two keys share no label, wherever the name stands", () => {
    expect(faultsOf(proposals("{ label: merged }"))).toHaveLength(1);
  });
});

describe("the text the rules follow", () => {
  test("amend.rules: it has a name and an address", () => {
    const url = "https://example.org/charter";
    expect(valid(config({ own: `constitution: { name: Charter, url: "${url}" }` })).constitution).toEqual({
      name: "Charter",
      url,
    });
    expect(valid(config())).not.toHaveProperty("constitution");
  });

  test("amend.rules: what is no address is refused", () => {
    expect(faultsOf(config({ own: "constitution: { name: Charter, url: charter.md }" }))).toEqual([
      'line 8, column 37: constitution.url: "charter.md" will not do as an address: write one that begins with https://, without spaces',
    ]);
  });
});
