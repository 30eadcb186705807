import { describe, expect, test } from "vitest";
import { lockouts } from "../../src/domain/amendment/lockout.js";
import type { Need, ProposalScope, Rules } from "../../src/domain/model/rules.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { MATRIX } from "../support/rules.js";
import { inFcp, proposed, SCT, type World, world } from "../support/world.js";

/** Bodies that count, wait, label and know a proposal otherwise than MSC1779 does. */
const decided = (parts: Partial<Rules["decisions"][number]>): Rules => ({
  ...MATRIX,
  decisions: MATRIX.decisions.map((rule) => (rule.name === "spec change" ? { ...rule, ...parts } : rule)),
});
const PRESENT: Need = {
  team: "spec-core-team",
  threshold: { numerator: 2, denominator: 3 },
  quorum: { numerator: 3, denominator: 4 },
};
const say = (w: World, what: string, ...logins: readonly string[]) => {
  for (const login of logins) w.say(login, `@mscbot ${what}`);
  return w.reconcile();
};

describe("counting by those who are present", () => {
  const opened = () => proposed({ rules: decided({ approval: [PRESENT] }) });

  test("tally.threshold: who abstains leaves the measure, and counts for the quorum", () => {
    const w = opened();
    say(w, "abstain", "turt2live", "KitsuneRal");
    expect(w.decide().tallies[0]).toMatchObject({
      yes: 1,
      needed: 4,
      size: 8,
      passed: false,
      quorum: { present: 6, voted: 3, needed: 6 },
    });
    expect(say(w, "reviewed", "ara4n", "dbkr").phase).toBe("proposed");
    expect(say(w, "reviewed", "uhoreg").phase).toBe("fcp");
  });

  test("tally.threshold: with the share reached and the quorum not, FCP does not begin", () => {
    const w = proposed({
      rules: decided({ approval: [{ ...PRESENT, threshold: { numerator: 1, denominator: 2 } }] }),
    });
    const decision = say(w, "reviewed", "ara4n", "dbkr", "uhoreg");
    expect(decision.tallies[0]).toMatchObject({ yes: 4, needed: 4, passed: false });
    expect(decision.phase).toBe("proposed");
    expect(w.status()?.body).toContain(
      "Waiting for 2 more votes for the quorum from the Spec Core Team (4 of 4 needed, of 8 who do not abstain; quorum: 4 of 6 needed, of 8).",
    );
    expect(say(w, "abstain", "turt2live", "KitsuneRal").phase).toBe("fcp");
  });

  test("tally.threshold: an abstention taken back counts at once", () => {
    const w = opened();
    say(w, "abstain", "turt2live", "KitsuneRal");
    say(w, "reviewed", "ara4n", "dbkr");
    const decision = say(w, "retract", "KitsuneRal");
    expect(decision.tallies[0]).toMatchObject({ yes: 3, needed: 5, quorum: { present: 7, voted: 4 } });
  });

  test("tally.threshold: count and measure stand in words in status comment, check and record", () => {
    const w = opened();
    say(w, "abstain", "turt2live", "KitsuneRal");
    expect(w.status()?.body).toContain(
      "**1 of 4 needed, of 6 who do not abstain; quorum: 3 of 6 needed, of 8** (2/3 of those who do not abstain, with a quorum of 75%).",
    );
    expect(w.check?.summary).toContain(
      "| Spec Core Team | 1 | 4 of 6, quorum 3 of 6 (2/3 of those who do not abstain, with a quorum of 75%) | 8 | 3 more |",
    );
    say(w, "reviewed", "ara4n", "dbkr", "uhoreg");
    w.wait(5 * DAY);
    w.reconcile();
    expect(w.comments("announce", "1:concluded")[0]?.body).toContain(
      "4 of 4 needed, of 6 who do not abstain; quorum: 6 of 6 needed, of 8 (2/3 of those who do not abstain, with a quorum of 75%)",
    );
  });

  test("decision.ratchet: a config that counts otherwise does not make an open motion easier", () => {
    const w = proposed();
    w.rules = decided({ approval: [PRESENT] });
    say(w, "abstain", "turt2live", "KitsuneRal");
    expect(say(w, "reviewed", "ara4n", "dbkr", "uhoreg", "erikjohnston").phase).toBe("proposed");
    expect(say(w, "reviewed", "anoadragon453").phase).toBe("fcp");
  });

  test("decision.ratchet: during FCP another measure that asks for more holds the end", () => {
    const half: Need = { team: "spec-core-team", threshold: { numerator: 1, denominator: 2 } };
    const w = proposed({ rules: decided({ approval: [half] }) });
    expect(say(w, "reviewed", "ara4n", "dbkr", "uhoreg").phase).toBe("fcp");
    w.rules = decided({ approval: [PRESENT] });
    w.wait(5 * DAY);
    expect(w.reconcile().phase).toBe("fcp");
    expect(say(w, "abstain", "turt2live", "KitsuneRal").phase).toBe("concluded");
  });

  test("amend.preview: a quorum can be met by everybody, so it locks nobody out, and no members can meet none", () => {
    const everybody: Need = { ...PRESENT, quorum: { numerator: 1, denominator: 1 } };
    const with_ = (rules: Rules): Rules => ({
      ...rules,
      amendments: { ...rules.amendments, rules: [[everybody]] },
    });
    expect(lockouts(with_(MATRIX), [])).toEqual([]);
    const emptied = with_({
      ...MATRIX,
      teams: MATRIX.teams.map((team) =>
        team.slug === "guardians" ? team : { ...team, members: [], lead: null },
      ),
    });
    expect(lockouts(emptied, [])).toContainEqual({ code: "no_route", change: "rules" });
  });
});

describe("a period of a decision’s own", () => {
  const length = (w: World): number => {
    const fcp = w.register.motion?.fcp;
    return fcp?.state === "running" ? fcp.endsAt - fcp.startedAt : -1;
  };

  test("fcp.length: a decision has the period it names, and others that of the file", () => {
    expect(length(inFcp({ rules: decided({ finalCommentPeriod: 10 * DAY }) }))).toBe(10 * DAY);
    const other = { ...MATRIX.decisions[0], finalCommentPeriod: 10 * DAY } as Rules["decisions"][number];
    expect(length(inFcp({ rules: { ...MATRIX, decisions: [other, ...MATRIX.decisions.slice(1)] } }))).toBe(
      5 * DAY,
    );
  });

  test("fcp.length: 0 days: FCP begins and concludes at the same look, and one comment tells it", () => {
    const w = proposed({ rules: decided({ finalCommentPeriod: 0 }) });
    expect(w.status()?.body).toContain(
      "This kind of decision has a Final Comment Period of 0 days: it is decided as soon as nothing is missing.",
    );
    const decision = say(w, "reviewed", "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live");
    expect(decision.phase).toBe("concluded");
    expect(decision.check).toBe("success");
    expect(w.comments("announce").map(({ marker }) => marker.key)).toEqual(["1:concluded"]);
    expect([...w.labels]).toEqual(["proposal", "finished-final-comment-period"]);
  });

  test("fcp.length: 0 days: an open concern holds it as it holds any", () => {
    const w = proposed({ rules: decided({ finalCommentPeriod: 0 }) });
    w.say("KitsuneRal", "@mscbot concern too fast");
    expect(say(w, "reviewed", "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live").phase).toBe("proposed");
    expect(say(w, "resolve C1", "KitsuneRal").phase).toBe("concluded");
  });

  const quick: Rules = {
    ...MATRIX,
    decisions: [
      {
        name: "editorial",
        match: { labels: ["editorial"], paths: [] },
        approval: [{ team: "spec-core-team", threshold: { numerator: 1, denominator: 2 } }],
        finalCommentPeriod: 0,
      },
      ...MATRIX.decisions,
    ],
  };

  test("decision.ratchet: a label put on during a motion shortens no period", () => {
    const w = proposed({ rules: quick });
    w.label("dbkr", "editorial");
    say(w, "reviewed", "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live");
    expect(length(w)).toBe(5 * DAY);
  });

  test("decision.ratchet: nor does one that is taken off, where it asked for a longer one", () => {
    const slow: Rules = {
      ...quick,
      decisions: quick.decisions.map((rule) =>
        rule.name === "editorial" ? { ...rule, finalCommentPeriod: 20 * DAY } : rule,
      ),
    };
    const w = proposed({ rules: slow, labels: ["proposal", "editorial"] });
    w.unlabel("dbkr", "editorial");
    w.reconcile();
    say(w, "reviewed", "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live");
    expect(length(w)).toBe(20 * DAY);
  });

  test("config.lawful: a config nobody approved shortens no decision’s period", () => {
    const w = proposed({ rules: decided({ finalCommentPeriod: 10 * DAY }) });
    w.lawfulRules = w.rules;
    w.rules = decided({ finalCommentPeriod: 0 });
    say(w, "reviewed", "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live");
    expect(length(w)).toBe(10 * DAY);
  });
});

describe("a body without a specification of its own", () => {
  const without: Rules = {
    ...MATRIX,
    labels: { ...MATRIX.labels, spec_pr_missing: null, spec_pr_in_review: null, merged: null },
  };

  test("label.state: what was accepted and merged keeps the label that says so", () => {
    const w = inFcp({ rules: without });
    w.wait(5 * DAY);
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    expect([...w.labels]).toEqual(["proposal", "finished-final-comment-period"]);
    expect(w.actions.some((action) => "label" in action && action.label === "")).toBe(false);
  });

  test("label.state: a label called so is anybody’s there", () => {
    const w = inFcp({ rules: without });
    w.label("dbkr", "merged");
    w.label("dbkr", "spec-pr-missing");
    w.reconcile();
    expect([...w.labels]).toEqual(expect.arrayContaining(["merged", "spec-pr-missing"]));
  });
});

describe("what a proposal is, by rule", () => {
  const scope = (proposals: ProposalScope): Rules => ({ ...MATRIX, proposals });
  const text = { path: "proposals/1234-thing.md", change: "modified" } as const;
  const other = { path: "README.md", change: "modified" } as const;
  const seen = (proposals: ProposalScope | null, file: typeof text | typeof other, labels: string[] = []) => {
    const w = world({ rules: proposals === null ? MATRIX : scope(proposals), labels, files: [file] });
    return w.reconcile();
  };

  test("proposal.scope: usually a text that is edited in place is no proposal without the label", () => {
    expect(seen(null, text).reason.code).toBe("not_a_proposal");
  });

  test("proposal.scope: where any change counts, it is asked for the label", () => {
    const { reason, check } = seen("labelled", text);
    expect([reason.code, check]).toEqual(["unlabelled_proposal", "in_progress"]);
    expect(seen("labelled", other).check).toBe("neutral");
    expect(seen("labelled", text, ["proposal"]).phase).toBe("in_review");
  });

  test("proposal.scope: without a label it is one, and what changes no text is none", () => {
    expect(seen("changed", text).phase).toBe("in_review");
    expect(seen("added", text).check).toBe("neutral");
    expect(seen("changed", other).check).toBe("neutral");
  });

  test("proposal.scope: where every pull request is one, so is any; the placeholder label keeps it out", () => {
    expect(seen("all", other).phase).toBe("in_review");
    expect(seen("all", other, ["proposal-placeholder"]).reason.code).toBe("placeholder");
  });

  test("proposal.scope: where every pull request is one, a change of the config alone is none", () => {
    const w = world({
      rules: scope("all"),
      labels: [],
      files: [{ path: ".github/msc-clerk.yml", change: "modified" }],
    });
    expect(w.reconcile()).toMatchObject({ reason: { code: "not_a_proposal" }, check: "neutral" });
  });

  test("proposal.scope: files that GitHub does not list could be texts", () => {
    const w = world({ rules: scope("changed"), labels: [], files: [other], filesCutOff: true });
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("proposal.scope: where the label tells, nothing is written down of it; nor is what a rule once told asked again", () => {
    expect(proposed().register).not.toHaveProperty("scope");
    const w = world({ rules: scope("changed"), labels: [], files: [other] });
    w.reconcile();
    expect(w.register.scope).toMatchObject({ been: false });
    w.rules = MATRIX;
    expect(say(w, "concern A", "dbkr").concerns).toEqual([]);
  });

  test("proposal.scope: it is decided from motion to merge without any proposal label", () => {
    const w = inFcp({ rules: scope("changed"), labels: [], files: [text] });
    w.wait(5 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
    expect(w.labels.has("proposal")).toBe(false);
  });

  test("proposal.scope: a motion goes on when its text leaves the paths", () => {
    const w = proposed({ rules: scope("changed"), labels: [], files: [text] });
    w.files = [other];
    expect(say(w, "reviewed", "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live").phase).toBe("fcp");
  });

  test("act.adoption: what was said while it was none does not come to life with its text", () => {
    const w = world({ rules: scope("changed"), labels: [], files: [other] });
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.files = [text];
    expect(w.reconcile().phase).toBe("in_review");
    expect(say(w, "fcp merge", "richvdh").phase).toBe("proposed");
  });

  test("act.adoption: what was said before the config made it one does not come to life with the config", () => {
    const w = world({ labels: [], files: [text] });
    w.reconcile();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.rules = scope("all");
    w.wait(HOUR);
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("act.adoption: nor does it where the register is lost, and nothing but the check shows that the clerk had looked", () => {
    const w = world({ labels: [], files: [text] });
    w.reconcile();
    w.label("richvdh", "disposition-merge");
    w.reconcile();
    w.forget();
    w.rules = scope("all");
    w.wait(HOUR);
    expect(w.ownComments).toEqual([]);
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("act.adoption: nor where nothing but a reply shows it", () => {
    const w = world({ rules: scope("changed"), labels: [], files: [other] });
    w.label("richvdh", "disposition-merge");
    w.say("mallory", "@mscbot reviewed");
    w.reconcile();
    w.forget();
    w.push("b".repeat(40));
    w.wait(HOUR);
    expect(w.ownComments).toHaveLength(1);
    w.reconcile();
    w.files = [text];
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("act.adoption: what is said before the clerk’s first look counts", () => {
    const w = world({ rules: scope("all"), labels: [], files: [other] });
    w.say("richvdh", "@mscbot fcp merge");
    w.wait(HOUR);
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("proposal.scope: once it has been one, concerns are raised; before, they are not", () => {
    const w = world({ rules: scope("changed"), labels: [], files: [other] });
    w.reconcile();
    expect(say(w, "concern A", "dbkr").concerns).toEqual([]);
    w.files = [text];
    w.reconcile();
    w.files = [other];
    expect(say(w, "concern B", "dbkr").concerns).toHaveLength(1);
  });

  test("proposal.scope: a pull request that is none costs one record, and none of the looks after", () => {
    const w = world({ rules: scope("changed"), labels: [], files: [other] });
    w.reconcile();
    const { seq } = w.register;
    w.reconcile();
    expect([seq, w.register.seq, SCT.length]).toEqual([1, 1, 8]);
  });
});
