import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  actionEnvironment,
  dryRunIn,
  minutesIn,
  recordKeysIn,
} from "../../../src/cli/action/actionEnvironment.js";

const folder = mkdtempSync(join(tmpdir(), "msc-clerk-action-"));
let events = 0;
const event = (text: string) => {
  events += 1;
  const path = join(folder, `${events}.json`);
  writeFileSync(path, text);
  return path;
};
const variables = (more: Record<string, string> = {}) => ({
  GITHUB_REPOSITORY: "o/r",
  GITHUB_TOKEN: "ghs_x",
  GITHUB_EVENT_NAME: "issue_comment",
  GITHUB_EVENT_PATH: event('{"action":"created"}'),
  ...more,
});

describe("what the runner says", () => {
  test("is read, with the address of the GitHub it is at", () => {
    expect(actionEnvironment(variables({ GITHUB_API_URL: "https://ghe.example.org/api/v3" }))).toEqual({
      kind: "read",
      environment: {
        ...{ owner: "o", name: "r", token: "ghs_x", event: "issue_comment" },
        baseUrl: "https://ghe.example.org/api/v3",
        payload: { action: "created" },
      },
    });
  });

  test.each([
    ["GITHUB_REPOSITORY", { GITHUB_REPOSITORY: "r" }],
    ["token", { GITHUB_TOKEN: "" }],
    ["token", { GITHUB_TOKEN: "two words" }],
    ["GITHUB_EVENT_PATH", { GITHUB_EVENT_PATH: "/nowhere" }],
    ["GITHUB_EVENT_PATH", { GITHUB_EVENT_PATH: event("[]") }],
  ])("is refused where %s is not as it should be, and no token is repeated", (name, more) => {
    const asked = actionEnvironment({ ...variables(), ...more });
    const faults = asked.kind === "faults" ? asked.faults : [];
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(name);
    expect(faults[0]).not.toContain("two words");
  });

  test("without record keys there is no clerk", () => {
    expect(recordKeysIn({ RECORD_KEYS: " " })).toMatchObject({ kind: "faults" });
    expect(recordKeysIn({ RECORD_KEYS: "k" })).toEqual({ recordKeys: "k" });
  });

  test("a dry run is meant by whatever says so, and what says neither is a fault: it would write", () => {
    for (const yes of ["true", "TRUE ", "yes", "1", "on"])
      expect(dryRunIn({ DRY_RUN: yes })).toEqual({ dryRun: true });
    for (const no of ["false", "", " ", "no", "0"])
      expect(dryRunIn({ DRY_RUN: no })).toEqual({ dryRun: false });
    expect(dryRunIn({})).toEqual({ dryRun: false });
    expect(dryRunIn({ DRY_RUN: "ture" })).toMatchObject({ kind: "faults" });
  });

  test("minutes are from 1 to 50, and 10 where nobody says", () => {
    expect(minutesIn({})).toEqual({ minutes: 10 });
    expect(minutesIn({ MINUTES: "1" })).toEqual({ minutes: 1 });
    expect(minutesIn({ MINUTES: "50" })).toEqual({ minutes: 50 });
    for (const wrong of ["0", "51", "-1", "1.5", "ten"])
      expect(minutesIn({ MINUTES: wrong })).toMatchObject({ kind: "faults" });
  });
});
