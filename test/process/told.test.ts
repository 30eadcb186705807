import { describe, expect, test } from "vitest";
import type { Rules } from "../../src/domain/model/rules.js";
import { adding, amendment, removing, threshold } from "../support/amendmentWorld.js";
import { inFcp, proposed } from "../support/world.js";
import { votesOf } from "./reading.js";

/* What was said and is no vote, and who is asked for one: the status comment says it beside the name. */

const both =
  (one: (rules: Rules) => Rules, other: (rules: Rules) => Rules) =>
  (rules: Rules): Rules =>
    other(one(rules));
const NEW = "b".repeat(40);
const line = (body: string | undefined, login: string): string =>
  (body ?? "").split("\n").find((one) => one.startsWith("- [") && one.includes(`@${login} `)) ?? "";

describe("ballot.review: an approving review of what is to be closed or postponed", () => {
  test.each(["close", "postpone"])(
    "ballot.review: on a motion to %s it is shown, with what to say",
    (disposition) => {
      const w = proposed({}, disposition);
      w.review("dbkr", "approved");
      expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
      expect(line(w.status()?.body, "dbkr")).toMatch(
        /- \[ \].*not counted: \[approved\]\(.*\) by a review on .*, which is a yes to merging only; to vote for this, say `@mscbot reviewed` or tick the box$/,
      );
      w.say("dbkr", "@mscbot reviewed");
      w.reconcile();
      expect(line(w.status()?.body, "dbkr")).not.toContain("not counted");
    },
  );

  test("ballot.review: once the Final Comment Period runs nothing is asked for", () => {
    const w = inFcp({}, "close");
    w.review("KitsuneRal", "approved");
    w.reconcile();
    expect(line(w.status()?.body, "KitsuneRal")).toMatch(/not counted: .*a yes to merging only$/);
  });

  test("ballot.review: one of before the motion was about the text, and is not shown", () => {
    const w = proposed({}, "merge");
    w.review("dbkr", "approved");
    w.say("ara4n", "@mscbot fcp cancel\n@mscbot fcp close");
    w.reconcile();
    expect(w.status()?.body).not.toContain("not counted");
  });
});

describe("amend.rules: whose vote a push voids is told so", () => {
  const votedOn = (change: Parameters<typeof amendment>[0]) => {
    const w = amendment(change);
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    w.review("dbkr", "approved");
    w.reconcile();
    return w;
  };

  test("amend.rules: a vote on another change is shown beside the name, with what to say", () => {
    const w = votedOn(adding("clokep", 210));
    w.amend(adding("somebody", 211), NEW);
    w.reconcile();
    expect(line(w.status()?.body, "dbkr")).toMatch(
      /- \[ \].*not counted any more: the \[review\]\(.*\) on .* was on changes that a push has made into others since; to vote on these, say `@mscbot reviewed` again or review them$/,
    );
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    expect(line(w.status()?.body, "dbkr")).not.toContain("not counted");
  });

  test("amend.rules: a vote that stands for some changes only says so", () => {
    const w = votedOn(both(adding("clokep", 210), removing("KitsuneRal")));
    w.amend(both(adding("somebody", 211), removing("KitsuneRal")), NEW);
    w.reconcile();
    expect(line(w.status()?.body, "dbkr")).toMatch(
      /the \[review\]\(.*\) on .* counts only for what a push has left as it was; to vote on the rest too, say `@mscbot reviewed` again/,
    );
  });

  test("amend.rules: a change that was taken out asks nobody for a vote", () => {
    const w = votedOn(both(adding("clokep", 210), removing("KitsuneRal")));
    w.amend(adding("clokep", 210), NEW);
    w.reconcile();
    expect(w.status()?.body).not.toContain("not counted");
  });
});

describe("amend.resign: a resignation asks nobody", () => {
  test("amend.resign: its status comment has no boxes and calls nobody", () => {
    const w = amendment(removing("KitsuneRal"), { author: "KitsuneRal" });
    w.reconcile();
    w.say("KitsuneRal", "@mscbot propose");
    w.reconcile();
    const body = w.status()?.body ?? "";
    expect(body).toContain(
      "**KitsuneRal** resigns by their own word: there is no vote on this, and nobody is asked for one.",
    );
    expect(body).not.toContain("- [ ]");
    expect(body.replaceAll(/`[^`]*`/g, "")).not.toMatch(/@\w/);
  });

  test("amend.resign: with another change beside it, only that one's teams are asked", () => {
    const w = amendment(both(removing("KitsuneRal"), threshold(1, 2)), { author: "KitsuneRal" });
    w.reconcile();
    w.say("KitsuneRal", "@mscbot propose");
    w.reconcile();
    expect(w.status()?.body).toContain("- [");
    expect(w.status()?.body).not.toContain("nobody is asked");
  });
});

describe("amend.add: two ways to the same end read as “or”", () => {
  test("amend.add: the teams that may each decide alone are joined by it", () => {
    const w = amendment(adding("clokep", 210));
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    w.reconcile();
    expect(w.status()?.body).toMatch(
      /\*\*Any one of these teams is enough:\*\*\n\n### Spec Core Team[\s\S]*\n\n\*\*or\*\*\n\n### Guardians/,
    );
  });

  test("amend.rules: two teams that are both needed are not", () => {
    const w = amendment(threshold(1, 2));
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    w.reconcile();
    expect(w.status()?.body).not.toMatch(/\*\*or\*\*\n\n###|Any one of/);
  });
});
