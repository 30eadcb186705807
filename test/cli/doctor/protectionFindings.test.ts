import { describe, expect, test } from "vitest";
import { type ProtectionAsked, protectionFindings } from "../../../src/cli/doctor/protectionFindings.js";
import type { AppFacts, ProtectionFacts, RulesFacts } from "../../../src/github/read/checkup.js";
import { allTold, codes } from "./told.js";

const APP: AppFacts = {
  ...{
    id: 99,
    slug: "clerk",
    url: "https://github.com/apps/clerk",
    settings: "https://github.com/settings/apps/clerk",
  },
  ...{ permissions: new Map([["merge_queues", "read"]]), events: ["merge_group"] },
};
const URL_ = "https://github.com/body/proposals";
const repository = {
  ...{ id: 1, owner: "body", name: "proposals", url: URL_, defaultBranch: "main" },
  ...{ archived: false, hasIssues: true, isPrivate: false },
};
const NO_RULES: RulesFacts = { checks: [], mergeQueue: false, rulesets: [] };
const NO_PROTECTION: ProtectionFacts = { checks: [], bindsAdmins: false };
const of = (appId: number | null) => [
  { name: "other", appId: 1 },
  { name: "msc-clerk", appId },
];
const ruleset = (appId: number | null, ofRepository = true) => ({
  ...NO_RULES,
  checks: of(appId),
  rulesets: [{ id: 5, ofRepository }],
});

const found = (
  rules: RulesFacts | null,
  protection: ProtectionFacts | null,
  changed: Partial<ProtectionAsked> = {},
) => {
  const not = { kind: "unreadable", why: "the line broke", retryAt: null } as const;
  return protectionFindings({
    repository,
    app: APP,
    rules: rules === null ? not : { kind: "read", rules },
    protection: protection === null ? not : { kind: "read", protection },
    ...changed,
  });
};
const WHY =
  "Where it is not required, whoever may merge can merge a proposal that nobody has decided, and a change of the roster that nobody has approved.";

describe("does the default branch wait for the clerk's check", () => {
  test("by a ruleset, by the older branch protection, or by both", () => {
    expect(allTold(found(ruleset(99), NO_PROTECTION))[0]).toBe(
      "ok | main waits for the check msc-clerk of this App (by a ruleset).",
    );
    const protection = { checks: of(99), bindsAdmins: true };
    expect(allTold(found(NO_RULES, protection))).toEqual([
      "ok | main waits for the check msc-clerk of this App (by branch protection).",
      "ok | Administrators are bound by branch protection too.",
    ]);
    expect(allTold(found(ruleset(99), protection))[0]).toBe(
      "ok | main waits for the check msc-clerk of this App (by a ruleset and by branch protection).",
    );
    // One that is pinned holds, whatever the other takes.
    expect(codes(found(ruleset(null), protection))[0]).toBe("ok required_check");
  });

  test("nothing makes it: wrong", () => {
    expect(allTold(found(NO_RULES, NO_PROTECTION))).toEqual([
      `wrong | Nothing makes main wait for the check msc-clerk. | ${WHY} | On ${URL_}/settings/rules make a ruleset for main that requires a pull request with a review and the status check msc-clerk, with this App as its source.`,
    ]);
  });

  test("what is not known may be wrong, and is not called well", () => {
    const text = `not_known | Whether main waits for the check msc-clerk is not known: the line broke. | ${WHY} | Look yourself: ${URL_}/settings/rules (rulesets) or ${URL_}/settings/branches (branch protection). msc-clerk has to be among the required checks, with this App as its source.`;
    expect(allTold(found(NO_RULES, null))).toEqual([text]);
    expect(allTold(found(null, NO_PROTECTION))[0]).toBe(text);
    // One of the two is enough.
    expect(codes(found(ruleset(99), null))[0]).toBe("ok required_check");
  });

  test("of anybody, or of another App: wrong", () => {
    expect(allTold(found(ruleset(null), NO_PROTECTION))[0]).toBe(
      `wrong | main waits for the check msc-clerk (by a ruleset), but takes it from anybody. | Whoever may run a workflow or write a status named msc-clerk turns it green, without any vote. | Choose this App as the expected source of msc-clerk on ${URL_}/settings/rules (rulesets) or ${URL_}/settings/branches (branch protection).`,
    );
    expect(allTold(found(ruleset(7), NO_PROTECTION))[0]).toMatch(
      /^wrong \| main waits for the check msc-clerk of another App \(number 7; this one has 99\)\. /,
    );
  });

  test("to a reader, who does not know the App's number", () => {
    expect(allTold(found(ruleset(99), NO_PROTECTION, { app: null }))[0]).toBe(
      "not_known | main waits for the check msc-clerk of the App with the number 99 (by a ruleset). A reader cannot tell whether that is the clerk. | If it is another App, what this clerk posts does not count there. | Compare it with the number on the App's settings page, or ask again as the App.",
    );
    expect(codes(found(ruleset(null), NO_PROTECTION, { app: null }))[0]).toBe("wrong required_check_source");
  });
});

describe("who can go round it", () => {
  test("of a ruleset it is not known, with where to look: of the repository, or of the organization", () => {
    expect(allTold(found(ruleset(99), NO_PROTECTION))[1]).toBe(
      `not_known | Who can go round the ruleset is not known: GitHub shows it to nobody who may not change it, and the App may not. | Whoever is on its bypass list can merge what nobody has decided. | Look yourself that the bypass list is empty: ${URL_}/settings/rules/5.`,
    );
    expect(allTold(found(ruleset(99, false), NO_PROTECTION))[1]).toContain(
      "https://github.com/organizations/body/settings/rules/5.",
    );
  });

  test("of branch protection administrators can, where it does not bind them", () => {
    expect(allTold(found(NO_RULES, { checks: of(99), bindsAdmins: false }))[1]).toBe(
      `warning | Administrators can merge without the check, as branch protection does not bind them. | What they merge past it nobody has decided; the record of what had been decided stays. | Switch on “Do not allow bypassing the above settings” on ${URL_}/settings/branches.`,
    );
  });
});

describe("a merge queue", () => {
  const queue = { ...ruleset(99), mergeQueue: true };
  test("that the clerk hears of", () => {
    expect(allTold(found(queue, NO_PROTECTION)).at(-1)).toBe(
      "ok | A ruleset requires a merge queue, and the clerk hears of it.",
    );
  });

  test("that it does not hear of", () => {
    const deaf = { ...APP, permissions: new Map(), events: [] };
    expect(allTold(found(queue, NO_PROTECTION, { app: deaf })).at(-1)).toBe(
      "wrong | A ruleset requires a merge queue, and the App lacks the permission merge_queues: read and the event merge_group. | Its entries wait for the check in vain until GitHub throws them out, after an hour by default: nothing can be merged. | Set both on https://github.com/settings/apps/clerk/permissions, and accept that on the installation.",
    );
    expect(codes(found(queue, NO_PROTECTION, { app: { ...APP, events: [] } })).at(-1)).toBe(
      "wrong merge_queue",
    );
  });

  test("whether there is one is not known where the rules cannot be read", () => {
    expect(codes(found(null, NO_PROTECTION)).at(-1)).toBe("not_known merge_queue");
  });
});
