import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { MINUTE } from "../../src/domain/text/time.js";
import { type HealthState, health } from "../../src/runtime/server/health.js";

const NOW = Date.parse("2026-03-03T14:05:00Z");

function asked(changed: Partial<HealthState>): Record<string, unknown> {
  let text = "";
  const response = {
    writeHead: () => response,
    end: (body: string) => {
      text = body;
    },
  };
  const state: HealthState = {
    ...{ now: NOW, startedAt: NOW - 90 * MINUTE, stopping: false, lastResyncEndedAt: NOW - MINUTE },
    ...{ waiting: 0, running: 0, deadlines: 0, clockAheadSeconds: 0, ...changed },
  };
  const request = { method: "GET", url: "/healthz" } as IncomingMessage;
  health(() => state)(request, response as unknown as ServerResponse);
  return JSON.parse(text) as Record<string, unknown>;
}

describe("/healthz names the doctor when somebody should look", () => {
  test.each<[string, Partial<HealthState>, boolean]>([
    ["all is well", {}, false],
    ["the last resync was half an hour ago", { lastResyncEndedAt: NOW - 30 * MINUTE }, false],
    ["it was longer ago", { lastResyncEndedAt: NOW - 30 * MINUTE - 1 }, true],
    [
      "there was none for half an hour since the start",
      { lastResyncEndedAt: null, startedAt: NOW - 30 * MINUTE },
      false,
    ],
    ["there was none for longer", { lastResyncEndedAt: null }, true],
    ["the clocks are a minute apart", { clockAheadSeconds: -60 }, false],
    ["they are further apart", { clockAheadSeconds: -61 }, true],
    ["GitHub has told no time yet", { clockAheadSeconds: null }, false],
  ])("%s: %#", (_what, changed, names) => {
    expect(asked(changed).doctor).toBe(names ? "npx msc-clerk doctor" : undefined);
  });
});
