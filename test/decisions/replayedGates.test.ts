import { expect, test } from "vitest";
import { replayUntil } from "../../src/decisions/verify/asOf.js";
import type { Gate } from "../../src/domain/model/gates.js";
import type { PublicRecord } from "../../src/domain/model/publicRecord.js";
import { DAY } from "../../src/domain/text/time.js";
import { formRead } from "../support/form.js";
import { MATRIX } from "../support/rules.js";
import { World } from "../support/world.js";

/** GitHub tells its form too, and it has no fault; of a saved thread it is not kept. */
class Formed extends World {
  override snapshot() {
    return { ...super.snapshot(), form: formRead() };
  }
}

const threadOf = ({ form: _, gates: __, ...thread }: ReturnType<Formed["snapshot"]>) => thread;

function replayed(gates: readonly Gate[], facts: boolean) {
  const rules = gates.length === 0 ? MATRIX : { ...MATRIX, gates };
  const w = new Formed({ rules });
  if (facts) w.gates = { threads: [], dependencies: { named: [], known: [] } };
  w.say("richvdh", "@mscbot fcp merge");
  for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
    w.say(login, "@mscbot reviewed");
  w.reconcile();
  w.wait(6 * DAY);
  const [draft] = w.unpublished();
  if (draft === undefined) throw new Error("no record");
  w.reconcile();
  expect(w.decide().phase).toBe("concluded");
  const record = {
    ...draft,
    clerk: { login: "msc-clerk", id: 900, version: "1" },
  } as unknown as PublicRecord;
  const { register } = replayUntil(
    {
      thread: threadOf(w.snapshot()),
      record,
      inForce: () => ({ rules, commit: "c".repeat(40) }),
      lawfulRules: null,
      made: null,
    },
    Date.parse(record.at),
  ).decision;
  return register.motion?.end?.kind;
}

test("control: a decision without gates is replayed to its end", () => {
  expect(replayed([], false)).toBe("concluded");
});

for (const before of ["begin", "conclude"] as const)
  for (const kind of ["review_threads", "dependencies"] as const)
    test(`record.signed: a decision under the gate ${kind}, before: ${before}, met all along, is replayed to its end`, () => {
      expect(replayed([{ kind, name: kind, before } as Gate], true)).toBe("concluded");
    });

for (const before of ["begin", "conclude"] as const)
  for (const check of ["sign-off", "file-name"] as const)
    test(`record.signed: a decision under a gate of form (${check}), before: ${before}, met all along, is replayed to its end`, () => {
      expect(replayed([{ kind: "form", name: "form", before, checks: [check] }], false)).toBe("concluded");
    });
