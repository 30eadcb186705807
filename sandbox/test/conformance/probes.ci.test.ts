import { expect, test } from "vitest";
import { compare } from "../../src/conformance/compare.js";
import { sandboxPlace } from "../../src/conformance/inSandbox.js";
import { PROBES } from "../../src/conformance/probes.js";
import { believed, runProbe } from "../../src/conformance/run.js";

test.each(PROBES.map((probe) => [probe.id, probe] as const))(
  "the conformance kit: %s passes on the sandbox, and leaves nothing behind",
  async (_, probe) => {
    const { place, sandbox, close } = await sandboxPlace(true);
    try {
      // Made when they are asked for, and no probe's.
      expect(place.largePulls).toHaveLength(5);
      const before = sandbox.repository;
      const outcome = await runProbe(probe, place, "test");
      expect(outcome.seen.unsettled).toBeNull();
      expect(outcome.seen.observations.length).toBeGreaterThan(0);
      expect(compare(await believed(probe, true), outcome.seen)).toEqual({ kind: "pass" });
      expect(outcome.left).toEqual([]);
      const after = sandbox.repository;
      expect([...after.branches].sort()).toEqual([...before.branches].sort());
      for (const { parentId, branches } of sandbox.store.state.repositories.values())
        if (parentId !== null) expect([...branches.keys()]).toEqual(["main"]);
      expect([...after.labels.values()]).toEqual([...before.labels.values()]);
      const made = [...after.threads.values()].filter(({ number }) => !before.threads.has(number));
      expect(made.filter(({ state, locked }) => state === "open" || locked)).toEqual([]);
      for (const { title } of made) expect(title).toMatch(/^kit-/);
    } finally {
      await close();
    }
  },
);
