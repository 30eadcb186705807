import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import { MOST_ITEM_BYTES, MOST_ITEMS } from "../../src/domain/model/gates.js";
import { LABEL_NAMES } from "../../src/domain/model/labels.js";
import type { Register } from "../../src/domain/model/register.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { CHECK_ROOM, COMMENT_ROOM, compose } from "../../src/github/record/marker.js";
import { sealRecord } from "../../src/github/record/seal.js";
import { MATRIX } from "../support/rules.js";
import {
  CLERK,
  type Connected,
  connect,
  FakeGitHub,
  KEYS,
  REPOSITORY_ID,
  snapshot,
  user,
} from "./fakeGitHub.js";

const FILE = "MSC_CHECKLIST.md";
const GATED: Rules = {
  ...MATRIX,
  gates: [{ kind: "checklist", name: "checklist", file: FILE, before: "begin" }],
};
const richvdh = user("richvdh", 103);

describe("what is read of a checklist", () => {
  let github: FakeGitHub;
  let connected: Connected;
  beforeEach(() => {
    nock.disableNetConnect();
    github = new FakeGitHub().serve();
    connected = connect();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  const list = (text: string, over: { mode?: number; blob?: Record<string, unknown> } = {}) =>
    github.texts.set(FILE, { oid: "e".repeat(40), text, ...over });
  const read = async (rules = GATED) => (await snapshot(connected, rules)).gates?.checklist;
  const items = (many: number, length = 5) =>
    Array.from({ length: many }, (_, at) => `- [ ] ${String(at).padEnd(length, "x")}`).join("\n");

  it("gate.begin: its items, with the commit they were read at; and nothing is asked where no gate asks", async () => {
    list("# List\n- [ ] one\n  - [x] two\n");
    expect(await read()).toEqual({
      ...{ file: FILE, commit: github.defaultHead, problem: null },
      items: [
        { text: "one", depth: 0 },
        { text: "two", depth: 1 },
      ],
    });
    const asked = github.asked.length;
    expect(await read(MATRIX)).toBeUndefined();
    expect(github.asked.slice(asked)).not.toContain("FileNow");
  });

  it.each([
    ["a file that is not there", () => {}, "absent"],
    ["an empty file", () => list(""), "no_items"],
    ["a file without boxes", () => list("# List\n- one\n"), "no_items"],
    ["a symbolic link", () => list("other.md", { mode: 0o120000 }), "not_text"],
    ["what is no text", () => list("", { blob: { text: null, isBinary: true } }), "not_text"],
    ["more than 64 KB", () => list(`${items(1)}\n${"x".repeat(64 * 1024)}`), "too_long"],
    ["one item too many", () => list(items(MOST_ITEMS + 1)), "too_long"],
    ["one byte of words too many", () => list(`${items(MOST_ITEM_BYTES / 200, 200)}\n- [ ] x`), "too_long"],
  ] as const)(
    "gate.begin: %s is told for what it is, never taken for a list that is all ticked",
    async (_, put, problem) => {
      put();
      expect(await read()).toMatchObject({ problem, items: [] });
    },
  );

  it("gate.begin: exactly as much as is kept is read, and a long item is cut", async () => {
    list(items(MOST_ITEMS));
    expect((await read())?.items).toHaveLength(MOST_ITEMS);
    list(items(MOST_ITEM_BYTES / 200, 200));
    expect((await read())?.items).toHaveLength(60);
    list(items(1, 400));
    const [long] = (await read())?.items ?? [];
    expect([long?.text.length, long?.text.endsWith("…")]).toEqual([300, true]);
  });

  it("memory.lost: without a register it is read at the commit that the clerk’s own comment names, and at no other’s word", async () => {
    list("- [ ] one\n");
    const at = "9".repeat(40);
    github.comment(richvdh, compose({ kind: "checklist", key: `1:${"8".repeat(40)}` }, "text", null));
    expect((await read())?.commit).toBe(github.defaultHead);
    github.comment(CLERK, compose({ kind: "checklist", key: `1:${at}` }, "text", null));
    expect(await read()).toMatchObject({ commit: at, items: [{ text: "one" }] });
  });

  it("gate.begin: each edit of it by others is brought by the one request of a look", async () => {
    const body = (box: string) =>
      compose({ kind: "checklist", key: `1:${"9".repeat(40)}` }, `- [${box}] one <!-- item 1 -->`, null);
    const comment = github.comment(CLERK, body(" "));
    github.comment(CLERK, compose({ kind: "status", key: "1" }, "text", null));
    await snapshot(connected);
    github.edit(comment, richvdh, body("x"));
    github.edit(comment, CLERK, body("x"));
    connected.clock.at = github.at;
    const asked = github.asked.length;
    const [own] = (await snapshot(connected)).ownComments;
    expect(own?.revisions.map(({ byClerk }) => byClerk)).toEqual([true, false, true]);
    expect(github.asked.slice(asked)).toEqual(["Warm"]);
  });

  it("label.state: of an empty repository the clerk makes the labels it always made, and those of a gate only with it", async () => {
    const made = async (rules: Rules): Promise<readonly string[]> => {
      const names: string[] = [];
      nock("https://api.github.com")
        .get(/\/labels$/)
        .query(true)
        .reply(200, []);
      nock("https://api.github.com")
        .post(/\/labels$/, ({ name }) => names.push(name) > 0)
        .times(30)
        .reply(201, { id: 1 });
      await connected.writer.ensureLabels({ installation: 1, owner: "o", name: "r" }, rules);
      nock.cleanAll();
      return names;
    };
    const usual = [
      ...["proposal", "proposal-placeholder", "proposal-in-review", "proposed-final-comment-period"],
      ...["final-comment-period", "finished-final-comment-period", "rejected", "proposal-postponed"],
      ...["disposition-merge", "disposition-close", "disposition-postpone", "unresolved-concerns"],
      ...["vote:approve", "vote:abstain", "vote:retract", "spec-pr-missing", "spec-pr-in-review", "merged"],
    ];
    expect(await made(MATRIX)).toEqual(usual);
    const { needs_implementation, implementation_needs_checking } = LABEL_NAMES;
    const labels = { ...MATRIX.labels, needs_implementation, implementation_needs_checking };
    expect(await made({ ...MATRIX, labels })).toEqual([
      ...usual,
      "needs-implementation",
      "implementation-needs-checking",
    ]);
  });
});

describe("memory.kept: how much a record takes", () => {
  /** Words that no packing makes shorter. */
  const noise = (length: number, seed: number): string =>
    Array.from({ length }, (_, at) =>
      String.fromCharCode(33 + ((seed * 7919 + at * at * 104_729 + at * seed * 31) % 90)),
    ).join("");

  it("memory.kept: the longest checklist, all ticked, and the longest links fit beside the rest of it", () => {
    const by = { login: "a".repeat(39), id: 40_000_000 };
    const items = Array.from({ length: MOST_ITEMS }, (_, at) => ({
      text: noise(MOST_ITEM_BYTES / MOST_ITEMS, at),
      depth: at % 5,
    }));
    const full: Register = {
      ...emptyRegister,
      seq: 1,
      gates: {
        ...{ labels: [], waivers: [], dependencies: [] },
        checklist: {
          ...{ motion: 1, file: noise(200, 1), commit: "c".repeat(40), at: 1_772_000_000_000, items },
          ticks: items.map((_, at) => ({
            ...{ item: at + 1, by, at: 1_772_000_000_000 + at * 977_000 },
            head: `${at % 10}`.repeat(40),
          })),
        },
        implementation: {
          links: Array.from({ length: 20 }, (_, at) => ({ address: noise(300, at + 500), by, at: 1 + at })),
          checked: { by, at: 1, url: noise(100, 3) },
        },
      },
    };
    const binding = { repository: REPOSITORY_ID, pull: 1779 };
    const sealed = sealRecord(full, KEYS, binding, CHECK_ROOM);
    expect(sealed.kind).toBe("sealed");
    // Half of what holds a record is left for everything else.
    expect(sealed.line.length).toBeLessThan(COMMENT_ROOM / 2);
  });
});
