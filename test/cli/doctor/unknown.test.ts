import { expect, test } from "vitest";
import { limitFindings } from "../../../src/cli/doctor/machineFindings.js";
import { type ProtectionAsked, protectionFindings } from "../../../src/cli/doctor/protectionFindings.js";

test("doctor: a reader who cannot tell whether the required check is the clerk's is not told that it is well", () => {
  const asked = {
    repository: { defaultBranch: "main", url: "https://github.example/o/r" },
    app: null,
    rules: {
      kind: "read",
      rules: { checks: [{ name: "msc-clerk", appId: 5 }], mergeQueue: false, rulesets: [] },
    },
    protection: { kind: "read", protection: { checks: [] } },
  } as unknown as ProtectionAsked;
  const found = protectionFindings(asked).find(({ code }) => code === "required_check");
  expect(found?.what).toContain("cannot tell");
  expect(found?.state).not.toBe("ok");
});

test("doctor: an installation that cannot be signed in to has no limits that are well", () => {
  const gone = { kind: "gone", why: "the App is not installed there any more, or suspended" } as const;
  expect(limitFindings(gone, "The installation of o").map(({ state }) => state)).not.toContain("ok");
});
