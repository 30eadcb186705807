import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { sandboxPlace } from "../../src/conformance/inSandbox.js";
import type { Observation } from "../../src/conformance/observation.js";
import type { Probe } from "../../src/conformance/probe.js";
import { PROBES } from "../../src/conformance/probes.js";
import { judge, runProbe } from "../../src/conformance/run.js";
import { readSaved, type Saved, type SavedAnswer, save } from "../../src/conformance/saved.js";

const REAL = fileURLToPath(new URL("../../../test/real", import.meta.url));

const probeOf = ({ kind }: Saved): Probe => {
  const probe = PROBES.find((one) => one.kind === kind);
  if (probe === undefined) throw new Error(`No probe is of the kind ${kind}`);
  return probe;
};

const replayed = (saved: Saved, { observations, unsettled, hands }: SavedAnswer) =>
  judge(probeOf(saved), { observations, unsettled }, hands);

/** None is saved where nobody has run the kit yet. */
const ALL = readSaved(REAL).flatMap((saved) =>
  saved.answers.map((answer) => [saved.probe, answer.flavour, { saved, answer }] as const),
);
test.each(ALL)("what GitHub answered to %s on %s, the sandbox answers", async (_, __, { saved, answer }) => {
  const verdict = await replayed(saved, answer);
  expect(verdict.kind === "differs" ? verdict.how : []).toEqual([]);
});

describe("the replay of saved answers", () => {
  /** What the sandbox answers, saved as if GitHub had: with one observation spoiled, where there is a way to. */
  async function savedAs(kind: string, spoil: (one: Observation) => Observation = (one) => one) {
    const probe = PROBES.find((one) => one.kind === kind);
    if (probe === undefined) throw new Error(`No probe is of the kind ${kind}`);
    const directory = mkdtempSync(join(tmpdir(), "real-"));
    const { place, close } = await sandboxPlace(false);
    try {
      const { seen, answers } = await runProbe(probe, place, "saved");
      const observations = seen.observations.map(spoil);
      const answer = { flavour: "github.com", at: "2026-03-02T09:00:00Z", hands: false, answers };
      save(directory, probe, { ...answer, flavour: "GitHub Enterprise Server 3.17.1", ...seen });
      save(directory, probe, { ...answer, ...seen });
      save(directory, probe, { ...answer, ...seen, observations });
      return readSaved(directory);
    } finally {
      await close();
      rmSync(directory, { recursive: true, force: true });
    }
  }

  test("one answer of each flavour is kept, the newest, and what the sandbox answered is found right", async () => {
    const [saved, ...more] = await savedAs("lost-label");
    if (saved === undefined) throw new Error("nothing was saved");
    expect(more).toEqual([]);
    expect(saved.answers.map(({ flavour }) => flavour)).toEqual([
      "GitHub Enterprise Server 3.17.1",
      "github.com",
    ]);
    for (const answer of saved.answers) expect(await replayed(saved, answer)).toEqual({ kind: "pass" });
    expect(JSON.stringify(saved)).not.toMatch(/gh[a-z]_\w{16}|eyJ|authorization/i);
  });

  test.each<[string, (one: Observation) => Observation]>([
    ["status", (one) => (one.name === "it is put on" ? { ...one, status: 201 } : one)],
    [
      "fact",
      (one) =>
        one.name === "the pull request, read after that"
          ? { ...one, facts: { errors: [], events: [] } }
          : one,
    ],
    ["shape", (one) => ({ ...one, shape: one.shape.filter((line) => !line.startsWith("color:")) })],
  ])("a spoiled %s is caught", async (_, spoil) => {
    const [saved] = await savedAs("lost-label", spoil);
    const answer = saved?.answers.find(({ flavour }) => flavour === "github.com");
    if (saved === undefined || answer === undefined) throw new Error("nothing was saved");
    expect((await replayed(saved, answer)).kind).toBe("differs");
  });
});
