import { expect, test } from "vitest";
import { rerun } from "../../src/cli/shadow/rerun.js";
import type { Gate } from "../../src/domain/model/gates.js";
import { DAY } from "../../src/domain/text/time.js";
import { MATRIX } from "../support/rules.js";
import { world } from "../support/world.js";

const GATE: Gate = { kind: "review_threads", name: "review_threads", before: "begin" };
function voted() {
  const w = world({ rules: { ...MATRIX, gates: [GATE] } });
  w.say("richvdh", "@mscbot fcp merge");
  for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
    w.say(login, "@mscbot reviewed");
  return w;
}

test("shadow: a member's thread begun after FCP would have begun does not keep it from having begun", () => {
  const w = voted();
  const passed = w.now;
  w.wait(2 * DAY);
  w.gates = { threads: [{ url: "u", by: w.account("dbkr"), at: w.now, resolved: false, resolvedBy: null }] };
  w.wait(DAY);
  const again = rerun(w.snapshot(), w.rules, w.now);
  if (again.kind !== "rerun") throw new Error("too much");
  const began = again.moments.find(({ phase }) => phase === "fcp")?.at;
  expect(began).toBe(passed);
});
