import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse.js";
import {
  differences,
  formerFingerprintOf,
  rulesFingerprint,
} from "../../src/domain/amendment/differences.js";
import type { Register } from "../../src/domain/model/register.js";
import { formerFingerprint } from "../../src/domain/text/formerFingerprint.js";
import { amendment, threshold } from "../support/amendmentWorld.js";
import { MATRIX_CONFIG } from "../support/matrixConfig.js";
import { TWIN_PATHS } from "../support/twinPaths.js";
import { world } from "../support/world.js";

const rulesIn = (text: string) => {
  const parsed = parseConfig(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults[0]));
  return parsed.rules;
};

describe("two changes that had one print", () => {
  const base = MATRIX_CONFIG;
  const harmless = base.replace("paths: [proposals/1779-*.md]", `paths: [${TWIN_PATHS.join(", ")}]`);
  const lowered = base.replace("approval: { spec-core-team: 75% }", "approval: { spec-core-team: 1% }");
  const [good] = differences(rulesIn(base), rulesIn(harmless), new Map());
  const [bad] = differences(rulesIn(base), rulesIn(lowered), new Map());

  test("amend.rules: a vote for the one is no vote for the other", () => {
    if (good === undefined || bad === undefined) throw new Error("two changes wanted");
    expect(formerFingerprintOf(good)).toBe(formerFingerprintOf(bad));
    expect(good.fingerprint).not.toBe(bad.fingerprint);
  });
});

/** The register as an older clerk had kept it: every print a former one. */
const asOfVersion1 = (register: Register, prints: ReadonlyMap<string, string>): Register =>
  JSON.parse(JSON.stringify(register), (_key, value: unknown) =>
    typeof value === "string" ? (prints.get(value) ?? value) : value,
  );

describe("a register of before prints were SHA-256", () => {
  test("memory.kept: an act judged by the older clerk is not judged again", () => {
    const w = world();
    w.reconcile();
    const motion = w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    const { register } = w;
    const former = formerFingerprint(`${motion.id}\n1\nmove merge`);
    const known = register.judged.find(({ at }) => at === motion.createdAt)?.key ?? "";
    w.register = asOfVersion1(register, new Map([[known, former]]));
    expect(w.register.judged.map(({ key }) => key)).toContain(former);
    const again = w.decide();
    expect(again.verdicts).toEqual([]);
    expect(again.register).toEqual(w.register);
  });

  test("memory.kept: an act the older clerk had not seen is judged, beside those it had", () => {
    const w = world();
    w.reconcile();
    const motion = w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    const known = w.register.judged.find(({ at }) => at === motion.createdAt)?.key ?? "";
    w.register = asOfVersion1(
      w.register,
      new Map([[known, formerFingerprint(`${motion.id}\n1\nmove merge`)]]),
    );
    w.say("dbkr", "@mscbot reviewed");
    expect(w.decide().verdicts.map(({ said }) => said)).toEqual(["reviewed"]);
  });

  const underVote = () => {
    const w = amendment(threshold(1, 2));
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    w.reconcile();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    const changes = w.decide().amendment?.changes ?? [];
    w.register = asOfVersion1(
      w.register,
      new Map(changes.map(({ change }) => [change.fingerprint, formerFingerprintOf(change)])),
    );
    return w;
  };
  const yes = (w: ReturnType<typeof underVote>) =>
    w.decide().amendment?.changes[0]?.routes[0]?.tallies[0]?.yes;

  test("amend.rules: votes the older clerk had counted on this very commit still count", () => {
    expect(yes(underVote())).toBe(2);
  });

  test("amend.rules: after a push, what an older clerk's prints cover is nothing any more", () => {
    const w = underVote();
    w.push("f".repeat(40));
    expect(yes(w)).toBe(0);
  });
});

test("config.lawful: the fingerprint of a config is the same in every version of the clerk, as records and notes hold it", () => {
  // It changes with a new field of `Rules` that is there at its default: leave it out then (`rulesOf.ts`).
  const before = MATRIX_CONFIG.replace(/^(?:form|proposals):.*\n/gm, "");
  expect(rulesFingerprint(rulesIn(before))).toBe(
    "05753a144625c670d2580785cd3e870dde82dd23870f4c82a1344cae624c1010",
  );
});
