import { afterEach, describe, expect, test } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

/* The event of a label that was deleted since has none, against GitHub's own schema, and an error may stand beside it. */

let r: Rehearsal;
afterEach(() => r.close());

describe("act.once: a proposal that once wore a label which was deleted since", () => {
  test("is read, and answered, whether it was looked at before or not", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    r.as("uhoreg").label(n, "client-server");
    await r.settle();
    await r.act(() => r.as("ara4n").deleteLabel("client-server"));
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    expect(r.kinds(n)).toEqual(["status 1"]);
    await r.clerk?.stop();
    await r.start();
    await r.act(() => r.as("dbkr").comment(n, "@mscbot reviewed"));
    expect(r.status(n).body).toContain("**2 of 6 needed");
    expect(r.logged).toEqual([]);
  });

  test("is not decided on when the error says anything else, or stands beside anything else", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.settle();
    for (const message of [
      "Cannot return null for non-nullable field LabeledEvent.label",
      "Not this time.",
    ]) {
      r.sandbox.faults.byChance = ({ operation }) =>
        operation === "Warm" || operation === "Cold" ? { kind: "partial", message } : null;
      await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
      expect(r.kinds(n)).toEqual([]);
    }
  });
});
