import { parseConfig } from "msc-clerk/config/parse.js";
import type { Rules } from "msc-clerk/domain/model/rules.js";
import type { Snapshot } from "msc-clerk/domain/model/snapshot.js";
import { matrixConfig, withoutForm } from "../roster.js";

/* What all the snapshots of the core's bench have in common. */

function rulesOf(text: string): Rules {
  const parsed = parseConfig(text);
  if (!parsed.ok) throw new Error(`The config of the bench is not valid: ${parsed.faults[0]?.message ?? ""}`);
  return parsed.rules;
}

export const RULES: Rules = rulesOf(withoutForm(matrixConfig()));

const crowd = Array.from({ length: 1000 }, (_, n) => ({
  ...{ login: `member-${n}`, id: 50_000 + n, since: null, domains: [], away: null },
}));

/** The same with a thousand members in each team. */
export const RULES_OF_MANY: Rules = {
  ...RULES,
  teams: RULES.teams.map((team) => ({ ...team, lead: null, members: crowd })),
};

export const FILES: Snapshot["files"] = [{ path: "proposals/1234-thing.md", change: "added" }];

export const PULL = {
  number: 1234,
  nodeId: "PR_1234",
  title: "MSC1234: A thing",
  url: "https://github.example/matrix-org/matrix-spec-proposals/pull/1234",
  state: "open",
  draft: false,
  locked: false,
  base: "main",
  description: null,
  closedAt: null,
  mergedAt: null,
} as const;
