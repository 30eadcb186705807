import { expect, test } from "vitest";
import type { Gate } from "../../src/domain/model/gates.js";
import type { Caller } from "../../src/github/client/call.js";
import type { RegisterMemory } from "../../src/github/ports.js";
import { Gates } from "../../src/github/read/gates.js";
import { MATRIX } from "../support/rules.js";
import { world } from "../support/world.js";

test("config.lawful, gate.begin: what a gate of the last lawful config asks for is read, where the present one has dropped it", async () => {
  const gate: Gate = { kind: "review_threads", name: "review_threads", before: "begin" };
  const w = world({ rules: MATRIX });
  const asked: unknown[] = [];
  const caller = {
    call: async (...given: unknown[]) => {
      asked.push(given);
      return { kind: "later", why: "x", retryAt: 1 };
    },
    now: () => 0,
  };
  const gates = new Gates({ caller: caller as unknown as Caller, memory: {} as RegisterMemory });
  const ref = { installation: 1, owner: "o", name: "r", number: 1234 };
  await gates.complete(ref, w.snapshot(), "", MATRIX);
  expect(asked).toEqual([]);
  w.lawfulRules = { ...MATRIX, gates: [gate] };
  await gates.complete(ref, w.snapshot(), "", MATRIX);
  expect(asked).toHaveLength(1);
});
