import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CLI_COMMANDS } from "../../src/cli/commands.js";
import { explainJson } from "../../src/cli/explainJson.js";
import { rosterJson } from "../../src/cli/rosterJson.js";
import { judged } from "../../src/cli/shadow/look.js";
import { headJson, lookedJson, summaryJson } from "../../src/cli/shadow/shadowJson.js";
import { replayText, verifyCase } from "../../src/cli/verifyCase.js";
import { CASE_TYPE, CASE_VERSION, type CaseFile, caseText } from "../../src/decisions/verify/caseFile.js";
import { DAY } from "../../src/domain/text/time.js";
import { adding, amendment } from "../support/amendmentWorld.js";
import {
  decision,
  EARLIER_HEAD,
  HEAD,
  NOON,
  person,
  provenance,
  seat,
  tally,
  voted,
} from "../support/decision.js";
import { rules } from "../support/rules.js";
import { inFcp, proposed, START, type World } from "../support/world.js";

/** What `--json` tells: the form that docs/commands.md promises to programs. */

const DOCS = readFileSync(new URL("../../docs/commands.md", import.meta.url), "utf8");

const explained = (w: World) => {
  w.reconcile();
  return explainJson(w.decide(), w.snapshot(), []) as Record<string, unknown>;
};

/** Every name of a field, at any depth; people have the same two everywhere. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, of]) => [name, ...namesIn(of)]);
}

const undocumented = (told: object): readonly string[] =>
  [...new Set(namesIn(told))].filter((name) => !PARTS.has(name) && !DOCS.includes(`\`${name}\``));

describe("explain --json", () => {
  test("tells of each member what they said, and why it does not count", () => {
    const seats = [
      voted("ara4n", { lead: true, from: provenance("motion"), head: HEAD }),
      seat("richvdh", { choice: "abstain", from: provenance("command", 3), head: HEAD }),
      seat("dbkr", { retracted: true, from: provenance("tick", 4), head: HEAD }),
      seat("uhoreg", { earlierApproval: { commit: EARLIER_HEAD, url: "u6", at: NOON - DAY } }),
      seat("turt2live", { uncounted: { why: "only_to_merge", from: provenance("review", 7), asks: true } }),
      voted("clokep", {
        head: HEAD,
        uncounted: { why: "partly", from: provenance("review", 9), asks: false },
      }),
      seat("KitsuneRal"),
    ];
    const notCounted = [
      { person: person("Half-Shot", 7), choice: "yes", from: provenance("label", 8), why: "left_the_team" },
    ] as const;
    const told = explainJson(decision({ tallies: [tally(seats, { notCounted })] }), proposed().snapshot(), [
      { kind: "add_label", key: null, label: "x", latch: false },
      { kind: "create_comment", marker: { kind: "reply", key: "k" }, record: null, body: "No.", seq: 0 },
    ]) as { tallies: { votes: Record<string, unknown>[] }[]; wouldWrite: unknown; writes: unknown };
    const votes = told.tallies[0]?.votes.map(({ login, choice, counted, why, via, head }) => [
      ...[login, choice, counted, why, via, head === null ? null : String(head).slice(0, 7)],
    ]);
    expect(votes).toEqual([
      ["ara4n", "yes", true, null, "motion", "def5678"],
      ["richvdh", "abstain", true, null, "command", "def5678"],
      ["dbkr", null, false, "retracted", "tick", "def5678"],
      ["uhoreg", null, false, "another_text", "review", "abc1234"],
      ["turt2live", null, false, "only_to_merge", "review", null],
      ["clokep", "yes", true, "partly", "review", "def5678"],
      ["KitsuneRal", null, false, null, null, null],
      ["Half-Shot", "yes", false, "left_the_team", "label", null],
    ]);
    expect(told.wouldWrite).toEqual(["label: add x", "comment: reply, new"]);
    expect(told.writes).toEqual([
      { kind: "add_label", what: "label: add x", title: null, words: null },
      { kind: "create_comment", what: "comment: reply, new", title: null, words: "No." },
    ]);
  });

  test("record.decided: tells what was decided as it stood, and what has changed since", () => {
    const w = inFcp();
    w.say("dbkr", "@mscbot retract");
    expect(explained(w)).toMatchObject({
      phase: "fcp",
      motion: { fcp: { startedAt: expect.stringMatching(/^2026-03-02T12:\d\d:\d\dZ$/) }, ended: null },
      decided: [
        {
          team: "spec-core-team",
          moment: "beginning",
          votesKept: true,
          size: 8,
          votes: expect.arrayContaining([expect.objectContaining({ login: "dbkr", choice: "yes" })]),
          since: [{ login: "dbkr", what: "taken_back", had: "yes", choice: null }],
        },
      ],
    });
  });

  test("tells the changes of an amendment, each with its routes", () => {
    const w = amendment(adding("clokep", 210));
    expect(explained(w)).toMatchObject({
      motion: null,
      amendment: {
        changes: [
          {
            kind: "add_member",
            sentence: expect.stringContaining("clokep"),
            passed: false,
            routes: expect.arrayContaining([
              {
                passed: false,
                lacksReason: false,
                tallies: [expect.objectContaining({ team: "spec-core-team" })],
              },
            ]),
          },
        ],
        refusals: [],
      },
    });
  });

  test.each([
    ["a motion with a concern", () => explained(withConcern())],
    ["in FCP", () => explained(inFcp())],
    ["an amendment", () => explained(amendment(adding("clokep", 210)))],
    ["nothing yet", () => explainJson(decision({ motion: null, tallies: [] }), proposed().snapshot(), [])],
  ])("is plain JSON, and every field of it is in the documentation: %s", (_, make) => {
    const told = make();
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
    expect(undocumented(told)).toEqual([]);
  });
});

/** Of a measure, a route and a quorum, which are told as the config has them. */
const PARTS = new Set([
  "numerator",
  "denominator",
  "threshold",
  "whole",
  "tallies",
  "lacksReason",
  "present",
  "voted",
  "id",
]);

function withConcern(): World {
  const w = proposed();
  w.say("dbkr", "@mscbot concern it leaks");
  return w;
}

describe("roster --json", () => {
  test("is plain JSON, and every field of it is in the documentation", () => {
    const version = {
      ...{ commit: HEAD, at: START, rules: rules(), pull: null, mergedHead: null, author: null },
      ...{ by: "ara4n", approved: false },
    };
    const broken = { ...version, commit: EARLIER_HEAD, at: START + DAY, rules: null };
    const told = rosterJson({ owner: "o", name: "r" }, [version, broken], {
      from: START,
      until: START + DAY,
    });
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
    expect(told).toMatchObject({
      repository: "o/r",
      configs: [
        { commit: HEAD, valid: true, lawful: true, lastLawful: HEAD },
        { commit: EARLIER_HEAD, valid: false, lawful: false, lastLawful: HEAD, teams: [], decisions: [] },
      ],
    });
    expect(undocumented(told)).toEqual([]);
  });
});

describe("shadow --json", () => {
  const w = inFcp();
  w.say("KitsuneRal", "@mscbot concern it leaks");
  const looked = judged(
    { ...w.snapshot(), register: null, ownComments: [] },
    { rules: w.rules, adoptedAt: w.now },
    w.now,
  );
  const lines = [
    headJson({
      ...{ repository: "a/b", clerk: null, olderBots: ["mscbot"], since: START },
      rulesFrom: { kind: "file", file: "x.yml", alsoOnBranch: true },
    }),
    looked.kind === "compared" ? lookedJson(looked) : {},
    lookedJson({ kind: "unreadable", number: 1, why: "it is gone" }),
    summaryJson({
      ...{ agree: 1, differ: 0, unreadable: 0, notProposals: 0, amendments: 0, requests: 1, firstDayOn: 0 },
      ...{ kinds: new Map(), firstDay: new Map(), notLookedAt: 0 },
    }),
  ];

  test("tells each line’s kind, moments as GitHub writes them, and what is not there as null", () => {
    expect(lines.map((line) => (line as { kind: unknown }).kind)).toEqual([
      "look",
      "proposal",
      "unreadable",
      "summary",
    ]);
    expect(lines[1]).toMatchObject({
      agrees: false,
      at: expect.stringMatching(/^2026-03-\d\dT[\d:]+Z$/),
      clerk: { state: "fcp", began: expect.stringMatching(/Z$/), ended: null, openConcerns: ["it leaks"] },
      olderBot: { state: "fcp", comment: null, began: expect.stringMatching(/Z$/), ended: null },
      differences: [{ kind: "concerns", why: expect.any(String) }],
    });
  });

  test("docs/commands.md has every field", () => {
    expect(lines.flatMap(undocumented)).toEqual([]);
  });
});

describe("every command that has --json", () => {
  const programs = CLI_COMMANDS.filter(({ options }) => "json" in options);

  test.each(programs.map(({ name }) => [name]))("docs/commands.md has the format of %s", (name) => {
    expect(DOCS).toMatch(new RegExp(`"format": "msc-clerk ${name}(?: check)? \\d+"`));
  });

  test("verify and replay tell theirs, and docs/commands.md has every field", () => {
    const saved: CaseFile = {
      ...{ type: CASE_TYPE, version: CASE_VERSION },
      read: { at: 0, by: "passer-by", from: "https://api.github.com" },
      repository: { id: 1, name: "org/repo" },
      ...{ proposal: 1, register: null, configs: [], history: null, thread: null },
      records: [
        {
          json: "{}",
          hash: "",
          url: "",
          motion: null,
          savedBy: "not known",
          signature: null,
          checkpoint: null,
        },
      ],
    };
    const told = [verifyCase(saved, []), replayText(caseText(saved), "a.json")].map((one) =>
      "json" in one ? one.json : {},
    );
    expect(told).toMatchObject([
      { format: "msc-clerk verify 1", records: [{ record: null, levels: [{ level: "signed" }] }] },
      { format: "msc-clerk replay 1", replays: [{ code: 4 }] },
    ]);
    expect(told.flatMap(undocumented)).toEqual([]);
  });
});
