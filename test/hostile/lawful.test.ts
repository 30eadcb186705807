import { expect, test } from "vitest";
import type { Gate } from "../../src/domain/model/gates.js";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import type { Caller } from "../../src/github/client/call.js";
import type { RegisterMemory } from "../../src/github/ports.js";
import { Gates } from "../../src/github/read/gates.js";
import { snapshotOf } from "../../src/github/read/snapshot.js";
import { MATRIX } from "../support/rules.js";
import { world } from "../support/world.js";

/** The reader completes a snapshot whose `lawfulRules` are null, always: they come in afterwards (governanceReader). */
test("H32 config.lawful: what a gate of the last lawful config asks for is read, where the present one has dropped it", async () => {
  expect(snapshotOf.toString()).toContain("lawfulRules");
  const gate: Gate = { kind: "review_threads", name: "review_threads", before: "begin" };
  const w = world({ rules: MATRIX });
  w.lawfulRules = { ...MATRIX, gates: [gate] };
  const read: Snapshot = { ...w.snapshot(), lawfulRules: null };
  const gates = new Gates({ caller: {} as Caller, memory: {} as RegisterMemory });
  const ref = { installation: 1, owner: "o", name: "r", number: 1234 };
  const completed = await gates.complete(ref, read, "", MATRIX);
  const facts = completed.kind === "read" ? completed.snapshot.gates : undefined;
  expect(facts?.threads, "nothing was asked, so the domain takes it for unknown and holds").toBeDefined();
});
