import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Memory } from "../../src/github/read/memory.js";
import { MATRIX } from "../support/rules.js";
import { type Connected, connect, FakeGitHub, REF, snapshot, user } from "./fakeGitHub.js";

const richvdh = user("richvdh", 103);
const passer = user("passer-by", 7_777);

describe("edits, bounded in text", () => {
  let github: FakeGitHub;
  let connected: Connected;
  /** Characters of each answer. */
  let answers: { readonly name: string; readonly size: number }[];
  beforeEach(() => {
    nock.disableNetConnect();
    github = new FakeGitHub().serve();
    connected = connect();
    answers = [];
    github.warp = (answer) => {
      answers.push({ name: github.asked.at(-1) ?? "", size: JSON.stringify(answer).length });
      return answer;
    };
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  const linesOf = async () => {
    const read = await snapshot(connected);
    return read.utterances.map(({ revisions }) => revisions.map(({ lines }) => lines));
  };

  it("act.durable: no revision of a member's is left out, however long and many", async () => {
    const text = (at: number) => `@mscbot concern number ${at}\n${"x".repeat(60_000)}`;
    const comment = github.comment(richvdh, text(0));
    for (let at = 1; at <= 120; at += 1) github.edit(comment, richvdh, text(at));
    const [revisions = []] = await linesOf();
    expect(revisions).toHaveLength(121);
    expect(revisions.map((lines) => lines?.[0])).toEqual(
      Array.from({ length: 121 }, (_, at) => `@mscbot concern number ${at}`),
    );
    expect(Math.max(...answers.map(({ size }) => size))).toBeLessThan(3_000_000);
  });

  it("act.durable: a member's first words are seen where the text has become short since", async () => {
    const comment = github.comment(richvdh, "@mscbot fcp merge");
    for (let at = 0; at < 30; at += 1) github.edit(comment, richvdh, `@mscbot hello ${"y".repeat(60_000)}`);
    github.edit(comment, richvdh, "@mscbot reviewed");
    const [revisions = []] = await linesOf();
    expect([revisions[0], revisions.at(-1)]).toEqual([["@mscbot fcp merge"], ["@mscbot reviewed"]]);
    expect(revisions).toHaveLength(32);
  });

  it("many short ones still come fifty at a time", async () => {
    for (let at = 0; at < 51; at += 1)
      github.edit(github.comment(richvdh, "@mscbot reviewd"), richvdh, "@mscbot reviewed");
    await snapshot(connected);
    expect(github.asked).toEqual(["Cold", "Edits", "Edits"]);
  });

  it("of an outsider the present text is answered, and no edits are asked for", async () => {
    const comment = github.comment(passer, "@mscbot fcp merg");
    for (let at = 0; at < 40; at += 1) github.edit(comment, passer, `@mscbot hello ${at}`);
    const read = await snapshot(connected);
    expect(github.asked).toEqual(["Cold"]);
    expect(read.utterances[0]?.revisions).toEqual([
      {
        editor: { type: "User", login: "passer-by", id: 7_777 },
        at: Date.parse(comment.createdAt),
        lines: null,
      },
      {
        editor: { type: "User", login: "passer-by", id: 7_777 },
        at: Date.parse(comment.lastEditedAt ?? ""),
        lines: ["@mscbot hello 39"],
      },
    ]);
  });

  it("act.durable: words somebody else put into an outsider's comment are not the outsider's", async () => {
    const comment = github.comment(passer, "Nice.");
    github.edit(comment, user("mallory", 666), "@mscbot fcp cancel");
    const read = await snapshot(connected);
    expect(read.utterances[0]?.revisions.at(-1)).toMatchObject({
      editor: { login: "mallory" },
      lines: ["@mscbot fcp cancel"],
    });
  });

  it("act.identity: an account with a member's old name and another id is no member", async () => {
    github.edit(github.comment(user("richvdh", 104_104), "@mscbot a"), user("richvdh", 104_104), "@mscbot b");
    await snapshot(connected);
    expect(github.asked).toEqual(["Cold"]);
  });

  it("whoever joins the roster is read from the first word on", async () => {
    const newcomer = user("newcomer", 8_888);
    github.edit(github.comment(newcomer, "@mscbot fcp merge"), newcomer, "@mscbot hello");
    await snapshot(connected);
    const [team, ...others] = MATRIX.teams;
    if (team === undefined) throw new Error("no team");
    const seat = { login: "newcomer", id: 8_888, since: null, domains: [], away: null };
    const grown = { ...MATRIX, teams: [{ ...team, members: [...team.members, seat] }, ...others] };
    const read = await snapshot(connected, grown);
    expect(read.utterances[0]?.revisions.map(({ lines }) => lines)).toEqual([
      ["@mscbot fcp merge"],
      ["@mscbot hello"],
    ]);
  });

  it("a query that GitHub cuts off is asked for in smaller pages, then by halves, and loses nothing", async () => {
    for (let at = 0; at < 4; at += 1) {
      const comment = github.comment(richvdh, `@mscbot ${at} 0`);
      for (let edit = 1; edit <= 12; edit += 1) github.edit(comment, richvdh, `@mscbot ${at} ${edit}`);
    }
    const cut: { ids: number; first: number }[] = [];
    github.warp = (answer) => {
      const { ids, first } = github.last as { ids?: string[]; first?: number };
      if (ids === undefined || first === undefined || ids.length * first <= 2) return answer;
      cut.push({ ids: ids.length, first });
      return { errors: [{ message: "Something went wrong while executing your query." }] };
    };
    const revisions = await linesOf();
    expect(revisions.map((each) => each.length)).toEqual([13, 13, 13, 13]);
    expect(cut.length).toBeGreaterThan(1);
  });

  it("a query that is cut off however small makes it unreadable, and ends", async () => {
    github.edit(github.comment(richvdh, "@mscbot a"), richvdh, "@mscbot b");
    github.warp = (answer) =>
      github.asked.at(-1) === "Edits" ? { errors: [{ message: "timed out" }] } : answer;
    await expect(snapshot(connected)).rejects.toThrow("unreadable");
    expect(github.asked.length).toBeLessThan(6);
  });
});

describe("what is remembered, in bytes", () => {
  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it("long texts count by their length: of pull requests that do not all fit the one not looked at for longest is given up", async () => {
    const github = new FakeGitHub().serve();
    github.comment(richvdh, "x".repeat(50_000));
    const roomy = connect({ capacity: 400_000 });
    for (const number of [1, 2, 1])
      await roomy.pulls.read({ ...REF, number }, { rules: MATRIX, adoptedAt: 0 });
    expect(github.asked).toEqual(["Cold", "Cold", "Warm"]);
    const tight = connect({ capacity: 300_000 });
    for (const number of [1, 2, 3, 3, 1])
      await tight.pulls.read({ ...REF, number }, { rules: MATRIX, adoptedAt: 0 });
    expect(github.asked.slice(3)).toEqual(["Cold", "Cold", "Cold", "Warm", "Cold"]);
  });

  it("edits count too; what alone would take half the room is not kept", async () => {
    const github = new FakeGitHub().serve();
    const comment = github.comment(richvdh, "@mscbot a");
    for (let at = 0; at < 20; at += 1) github.edit(comment, richvdh, `@mscbot ${at} ${"x".repeat(10_000)}`);
    const connected = connect({ capacity: 500_000 });
    for (const _ of [1, 2]) await connected.pulls.read(REF, { rules: MATRIX, adoptedAt: 0 });
    expect(github.asked.filter((name) => name === "Cold")).toHaveLength(2);
  });

  it("never holds more than it may", () => {
    const memory = new Memory(1_000_000);
    const facts = (length: number) =>
      ({
        comments: new Map([["a", { body: "x".repeat(length) }]]),
        reviews: new Map(),
        threads: new Map(),
        events: new Map(),
        edits: new Map(),
        files: [],
        pull: { commits: { nodes: [] } },
      }) as never;
    for (let at = 0; at < 50; at += 1) {
      memory.keep(`pull ${at % 20}`, facts(10_000 * (at % 30)));
      expect(memory.weight).toBeLessThanOrEqual(1_000_000);
    }
    for (let at = 0; at < 20; at += 1) memory.forget(`pull ${at}`);
    expect([memory.size, memory.weight]).toEqual([0, 0]);
  });
});
