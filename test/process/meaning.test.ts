import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.js";
import { sameMeaning } from "../../src/domain/amendment/differences.js";
import { lawfulState, marked } from "../../src/domain/amendment/history.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { adding, amendment, minimum, removing, threshold } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { proposed } from "../support/world.js";

const CONFIG = ".github/msc-clerk.yml";
const PLAIN = `version: 1
teams:
  core:
    members:
      - { login: ann, id: 1, domains: [servers, clients] }
      - { login: bob, id: 2 }
decisions:
  - name: everything
    approval: { core: 75% }
`;
function rulesOf(text: string): Rules {
  const parsed = parseConfig(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.rules;
}
const same = (text: string) => sameMeaning(rulesOf(PLAIN), rulesOf(text));
const withFiles = (files: readonly string[], options: Parameters<typeof amendment>[1] = {}) =>
  amendment((rules) => ({ ...rules }), {
    author: "mallory",
    files: [CONFIG, ...files].map((path) => ({ path, change: "modified" })),
    ...options,
  });

describe("a change of the file without a change of meaning", () => {
  it.each([
    ["a comment", `# Our rules\n${PLAIN.replace("75% }", "75% } # of all")}`],
    ["the line for editors", `# yaml-language-server: $schema=https://example.org/s.json\n${PLAIN}`],
    ["an indent", PLAIN.replace(/^ {2}/gm, "      ")],
    ["line breaks", PLAIN.replaceAll("\n", "\r\n")],
    ["quotes", PLAIN.replace("75%", '"75%"').replace("bob", "'bob'")],
    ["another order of keys", PLAIN.replace("version: 1\n", "").concat("version: 1\n")],
    ["another order of members", PLAIN.replace(/( *- \{ login: ann.*\n)( *- \{ login: bob.*\n)/, "$2$1")],
    ["another order of domains", PLAIN.replace("servers, clients", "clients, servers")],
    ["a login in other letters", PLAIN.replace("login: ann", "login: Ann")],
    ["a default written out", `${PLAIN}final_comment_period: 5 days\n`],
    ["another way to write a length", `${PLAIN}final_comment_period: 120 hours\n`],
    ["another way to write a share", PLAIN.replace("75%", "3/4")],
  ])("amend.preview: %s changes nothing of what the config means", (_what, text) => {
    expect(text).not.toBe(PLAIN);
    expect(same(text)).toBe(true);
  });

  it.each([
    ["a share", PLAIN.replace("75%", "74%")],
    ["a length", `${PLAIN}final_comment_period: 119 hours\n`],
    ["an id", PLAIN.replace("id: 2", "id: 3")],
    ["an id taken away", PLAIN.replace(", id: 2", "")],
    ["a domain", PLAIN.replace("servers, clients", "servers")],
    ["a member in a comment", PLAIN.replace("      - { login: bob", "      # - { login: bob")],
  ])("amend.preview: %s changes what it means", (_what, text) => {
    expect(text).not.toBe(PLAIN);
    expect(same(text)).toBe(false);
  });

  it("amend.preview: a config in other words gets a neutral check, which says that it changes nothing that counts", () => {
    const w = amendment((rules) => ({ ...rules }), { author: "mallory" });
    const decision = w.reconcile();
    expect(decision).toMatchObject({
      check: "neutral",
      reason: { code: "changes_nothing" },
      amendment: { refusals: [], changes: [], changesNothing: true },
    });
    expect(decision.preview).toBeUndefined();
    expect(w.check).toMatchObject({
      verdict: "neutral",
      title: "This changes nothing that counts: the roster and the rules stay as they are.",
    });
    expect(w.check?.summary).not.toContain("cannot pass");
    expect(w.comments("status")).toEqual([]);
    w.merge("dbkr");
    expect(w.reconcile()).toMatchObject({ check: "neutral", reason: { code: "changes_nothing" } });
  });

  it("amend.preview: a push that takes the change back is neutral too, and one that makes another is an amendment again", () => {
    const w = amendment(adding("clokep", 210), { author: "richvdh" });
    expect(w.reconcile().check).toBe("in_progress");
    w.amend((rules) => ({ ...rules }), "b".repeat(40));
    expect(w.reconcile().check).toBe("neutral");
    w.amend(threshold(1, 2), "d".repeat(40));
    expect(w.reconcile()).toMatchObject({ check: "in_progress", reason: { code: "amendment_unproposed" } });
  });

  it("amend.preview: where the config on the default branch has changed since, nobody wrote what a merge would make", () => {
    const w = amendment((rules) => ({ ...rules }), { author: "richvdh" });
    w.upToDate = false;
    w.forkedFrom = MATRIX;
    expect(w.reconcile()).toMatchObject({
      check: "failure",
      reason: { refusals: [{ code: "out_of_date" }] },
    });
  });

  it("amend.preview: beside a change of the config that changes nothing a pull request is what it would be without it", () => {
    expect(withFiles(["README.md"], { labels: [] }).reconcile()).toMatchObject({
      check: "neutral",
      reason: { code: "not_a_proposal" },
    });
    const adds = withFiles([], { labels: [], files: [{ path: "proposals/1.md", change: "added" }] });
    adds.files = [...adds.files, { path: CONFIG, change: "modified" }];
    expect(adds.reconcile()).toMatchObject({ check: "in_progress", reason: { code: "unlabelled_proposal" } });
    const proposal = withFiles(["proposals/1.md"], { labels: ["proposal"] });
    expect(proposal.reconcile().reason).toEqual({ code: "awaiting_motion" });
    proposal.say("richvdh", "@mscbot fcp merge");
    expect(proposal.reconcile()).toMatchObject({ phase: "proposed", holds: [] });
    // A change of the rules beside it is no such thing.
    proposal.amend(minimum(2), "b".repeat(40));
    expect(proposal.reconcile()).toMatchObject({ check: "failure", holds: [{ code: "changes_the_rules" }] });
  });

  it("config.lawful: where the present config is not lawful, to leave it as it is would ratify it: that is voted on", () => {
    const w = amendment((rules) => ({ ...rules }), { author: "mallory", rules: removing("dbkr")(MATRIX) });
    w.lawfulRules = MATRIX;
    expect(w.reconcile()).toMatchObject({ check: "in_progress", amendment: { changesNothing: false } });
    const mixed = withFiles(["README.md"], { labels: [], rules: removing("dbkr")(MATRIX) });
    mixed.lawfulRules = MATRIX;
    expect(mixed.reconcile().check).toBe("failure");
  });
});

describe("the lawful config in other words", () => {
  const shuffled: Rules = {
    ...MATRIX,
    teams: MATRIX.teams.map((team) => ({ ...team, members: [...team.members].reverse() })),
  };
  const version = (rules: Rules, at: number) => ({
    ...{ commit: String(at).padEnd(40, "0"), at, rules, pull: null, mergedHead: null, author: null },
    ...{ by: "dbkr", approved: false },
  });

  it("config.lawful: the lawful config in another order is as lawful, and reported by nobody", () => {
    const kept = { note: { commit: "k".repeat(40), adoptedAt: 5 }, rules: MATRIX };
    const versions = marked([version(MATRIX, 10), version(shuffled, 20)], kept);
    expect(lawfulState(versions, sameMeaning)).toMatchObject({ unlawful: [], lawful: { at: 20 } });
    const weaker = marked([version(MATRIX, 10), version(removing("dbkr")(shuffled), 20)], kept);
    expect(lawfulState(weaker, sameMeaning).unlawful).toHaveLength(1);
  });

  it("config.lawful: under the lawful config in another order a proposal goes on as before", () => {
    const w = proposed({ rules: shuffled });
    expect(w.reconcile()).toMatchObject({ phase: "proposed", holds: [] });
  });
});
