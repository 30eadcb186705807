import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { adding, amendment, leading, removing } from "../support/amendmentWorld.js";
import { SCT } from "../support/world.js";

/** The constitution read in its two ways, by the very files that are shipped. Guardians: Matthew and Amandine, so both of two. */
function shipped(name: string): Rules {
  const text = readFileSync(new URL(`../../docs/examples/${name}`, import.meta.url), "utf8");
  const parsed = parseConfig(text);
  if (!parsed.ok) throw new Error(parsed.faults[0]?.message ?? name);
  return parsed.rules;
}
const MERGED = shipped("matrix.yml");
const DRAFT = shipped("msc1779-draft.yml");

const votes = (
  change: (rules: Rules) => Rules,
  rules: Rules,
  sct: readonly string[],
  guardians: readonly string[],
) => {
  const w = amendment(change, { rules, author: "author" });
  w.ids.set("clokep", 210);
  w.reconcile();
  for (const [at, login] of sct.entries()) w.say(login, at === 0 ? "@mscbot propose" : "@mscbot reviewed");
  if (sct.length === 0 && guardians[0] !== undefined)
    w.say(guardians[0], "@mscbot propose as guardians\n@mscbot propose");
  for (const login of guardians) w.say(login, "@mscbot reviewed as guardians");
  return w.reconcile().check === "success";
};

const BOTH = ["ara4n", "AmandineLP"];

describe("the two readings of the constitution", () => {
  it.each([
    ["all eight of the team", SCT, [], true, false],
    ["all eight of the team, and one Guardian", SCT, ["AmandineLP"], true, false],
    ["all eight of the team, and both Guardians", SCT, BOTH, true, true],
    ["seven of the team, and one Guardian", SCT.slice(0, 7), ["AmandineLP"], false, false],
    ["both Guardians, stating why", [], BOTH, true, true],
  ])("amend.add: a member, by %s: merged text %4$s, draft %5$s", (_, sct, guardians, merged, draft) => {
    expect(votes(adding("clokep", 210), MERGED, sct, guardians)).toBe(merged);
    expect(votes(adding("clokep", 210), DRAFT, sct, guardians)).toBe(draft);
  });

  it.each([
    ["six of the team", SCT.slice(0, 6), [], true, false],
    ["six of the team, and both Guardians", SCT.slice(0, 6), BOTH, true, true],
    ["five of the team, and one Guardian", SCT.slice(0, 5), ["AmandineLP"], false, false],
    ["both Guardians, stating why", [], BOTH, true, true],
  ])("amend.remove: a member, by %s: merged text %4$s, draft %5$s", (_, sct, guardians, merged, draft) => {
    expect(votes(removing("KitsuneRal"), MERGED, sct, guardians)).toBe(merged);
    expect(votes(removing("KitsuneRal"), DRAFT, sct, guardians)).toBe(draft);
  });

  it("amend.lead: the lead is the team's own choice in both", () => {
    for (const rules of [MERGED, DRAFT]) {
      expect(votes(leading("richvdh"), rules, SCT.slice(0, 6), [])).toBe(true);
      expect(votes(leading("richvdh"), rules, SCT.slice(0, 5), ["AmandineLP"])).toBe(false);
    }
  });

  it("amend.resign: who resigns asks nobody in either", () => {
    for (const rules of [MERGED, DRAFT]) {
      const w = amendment(removing("KitsuneRal"), { rules, author: "KitsuneRal" });
      w.reconcile();
      w.say("KitsuneRal", "@mscbot propose");
      expect(w.reconcile().check).toBe("success");
    }
  });

  it("amend.add: the two examples differ in who changes the Spec Core Team, and in nothing else", () => {
    const { add_member: _, remove_member: __, ...others } = MERGED.amendments;
    expect({ ...DRAFT, amendments: { ...MERGED.amendments } }).toEqual(MERGED);
    expect(DRAFT.amendments).toMatchObject(others);
    expect(DRAFT.amendments.add_member).not.toEqual(MERGED.amendments.add_member);
  });
});
