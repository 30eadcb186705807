import { afterEach, expect, test } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(() => r.close());

test("config.invalid: a label's name with a comma, which GitHub's lists would take for two, is said on the check", async () => {
  const config = matrixConfig().replace(/^labels:.*\n/m, '$&  fcp: "last, call"\n');
  r = await rehearsal({ config }).start();
  const n = r.propose();
  await r.settle();
  expect(r.check(n)?.conclusion).toBe("failure");
  expect(r.check(n)?.summary).toContain("has a comma");
});
