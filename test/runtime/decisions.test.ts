import { describe, expect, test } from "vitest";
import { recordInComment } from "../../src/decisions/inComment.js";
import { readRegisterPage, wholeRegister } from "../../src/decisions/registerText.js";
import { SigningKeys } from "../../src/decisions/signingKeys.js";
import type { OwnIssue } from "../../src/domain/duties/duties.js";
import { type RegisterLine, registerPages } from "../../src/domain/messages/registerOfDecisions.js";
import { signedRecord } from "../../src/domain/messages/signedRecord.js";
import type { PublicRecordDraft } from "../../src/domain/model/publicRecord.js";
import { DAY } from "../../src/domain/text/time.js";
import { systemClock } from "../../src/platform/systemClock.js";
import { Decisions, type Recovered } from "../../src/runtime/reconcile/decisions.js";
import { recoverRegister } from "../../src/runtime/reconcile/recoverRegister.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import type { Store } from "../../src/store/port.js";
import { inFcp } from "../support/world.js";
import { REPOSITORY } from "./fakes.js";

const KEYS = SigningKeys.from("a secret that only this test has");
const [KEY = ""] = KEYS.publicKeys;
const NOTHING: Recovered = { kind: "lines", lines: [] };

/** The repository of the small worlds. */
const DRAFTS_OF = 1;

interface Comment {
  readonly body: string;
  readonly url: string;
}

const draft = (pull: number): PublicRecordDraft => {
  const w = inFcp();
  w.pull.number = pull;
  w.wait(6 * DAY);
  const [made] = w.unpublished();
  if (made === undefined) throw new Error("nothing is about to be announced");
  return made;
};

function clerk(store: Store = inMemoryStore(), recovered: Recovered = NOTHING) {
  const asked: number[] = [];
  let published = 0;
  const decisions = new Decisions({
    store,
    keys: KEYS,
    host: "github.com",
    version: "1.0.0",
    recover: async (_ref, repository) => {
      asked.push(repository);
      return recovered;
    },
    onPublished: () => {
      published += 1;
    },
  });
  const publish = (pull: number, drafts = [draft(pull)]) =>
    decisions.publish(drafts, {
      ref: REPOSITORY,
      of: { repository: 1, pull },
      clerk: { login: "msc-clerk", id: 900 },
      listed: [KEY],
    });
  return { store, decisions, publish, asked, published: () => published };
}

const numbersIn = (answer: Awaited<ReturnType<Decisions["publish"]>>) =>
  answer.kind === "published" ? answer.records.map(({ number }) => number) : answer.why;

describe("record.signed: numbers under compare-and-swap", () => {
  test("record.signed: asked again, whoever asks gets the same record and no second number", async () => {
    const one = clerk();
    const first = await one.publish(1);
    const again = await one.publish(1);
    expect(again).toEqual(first);
    expect(numbersIn(first)).toEqual([1]);
    expect(one.published()).toBe(0);
    await one.decisions.link(REPOSITORY, 1, 1, "https://github.com/o/r/pull/1#issuecomment-1");
    expect(one.published()).toBe(1);
    const afterARestart = clerk(one.store);
    expect(await afterARestart.publish(1)).toEqual(first);
  });

  test("record.signed: twelve decisions at the same time, by two instances, get twelve numbers and one chain", async () => {
    const store = inMemoryStore();
    const instances = [clerk(store), clerk(store)];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, n) => (instances[n % 2] ?? instances[0])?.publish(n + 1)),
    );
    const records = answers
      .flatMap((answer) => (answer?.kind === "published" ? answer.records : []))
      .sort((a, b) => a.number - b.number);
    expect(records.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    for (const [at, { json }] of records.entries())
      expect(JSON.parse(json).previous).toBe(records[at - 1]?.hash ?? null);
  });

  test("record.signed: while the store cannot be read or written nothing is published, and it says why", async () => {
    const store = inMemoryStore();
    const down = async () => ({ kind: "unavailable", why: "the disk is full" }) as const;
    for (const broken of [
      { ...store, putDecision: down },
      { ...store, decisionsOf: down },
      { ...store, newestDecision: down },
    ])
      expect(await clerk(broken).publish(1)).toEqual({ kind: "unavailable", why: "the disk is full" });
    expect(await store.decisions(1)).toEqual({ kind: "stored", kept: [] });
  });
});

describe("record.signed: a store that was lost", () => {
  const line = (number: number): RegisterLine => ({
    number,
    pull: number,
    motion: 1,
    outcome: "merge",
    at: Date.UTC(2026, 2, number),
    hash: String(number % 10).repeat(64),
    url: `https://github.com/o/r/pull/${number}#issuecomment-${number}`,
  });

  test("record.signed: numbers go on from the register on GitHub, which is asked once", async () => {
    const one = clerk(inMemoryStore(), { kind: "lines", lines: [line(1), line(2)] });
    const answer = await one.publish(7);
    expect(numbersIn(answer)).toEqual([3]);
    expect(answer.kind === "published" && JSON.parse(answer.records[0]?.json ?? "").previous).toBe(
      "2".repeat(64),
    );
    await one.publish(8);
    expect(one.asked).toEqual([1]);
    const register = await one.decisions.register(1, [KEY]);
    expect(register.kind === "register" && register.lines.map(({ url }) => url).slice(0, 2)).toEqual([
      line(1).url,
      line(2).url,
    ]);
  });

  test("record.signed: while GitHub does not tell, or what it tells was changed, no number is given out", async () => {
    const one = clerk(inMemoryStore(), { kind: "unavailable", why: "it was changed" });
    expect(await one.publish(7)).toEqual({ kind: "unavailable", why: "it was changed" });
    expect(await one.store.decisions(1)).toEqual({ kind: "stored", kept: [] });
  });

  test("record.signed: a record that only its deleted comment had is not made up anew", async () => {
    const one = clerk(inMemoryStore(), { kind: "lines", lines: [{ ...line(1), pull: 7 }] });
    await one.publish(8);
    expect(await one.publish(7)).toEqual({ kind: "published", records: [] });
  });
});

describe("record.signed: the register of decisions", () => {
  const lineAt = (number: number, year: number): RegisterLine => ({
    number,
    pull: 1000 + number,
    motion: 1 + (number % 2),
    outcome: number % 3 === 0 ? "override finished" : "merge",
    at: Date.UTC(year, 5, 1, 10, 0, number % 60),
    hash: number.toString(16).padStart(64, "0"),
    url:
      number % 5 === 0
        ? ""
        : `https://github.com/matrix-org/matrix-spec-proposals/pull/${1000 + number}#issuecomment-${2_800_000_000 + number}`,
  });
  const LONG = [
    ...Array.from({ length: 600 }, (_, n) => lineAt(n + 1, 2026)),
    ...Array.from({ length: 100 }, (_, n) => lineAt(n + 601, 2027)),
  ];

  test.each([1, 2, 180, 181, 360, 600, 601, 700])(
    "record.signed: of %i decisions every line is read back from its pages, and each page fits an issue",
    (count) => {
      const lines = LONG.slice(0, count);
      const pages = registerPages(lines, "github.com/repositories/1\n");
      expect(wholeRegister(pages.map(({ body }) => readRegisterPage(body).lines))).toEqual(lines);
      expect(new Set(pages.map(({ key }) => key)).size).toBe(pages.length);
      for (const { body } of pages) expect(body.length).toBeLessThan(65_000);
      expect(pages.at(-1)).toMatchObject({ key: "register-of-decisions", title: "Register of decisions" });
    },
  );

  test("record.signed: it is one issue while it is short, and split by year when long; a full page never changes again", () => {
    const titles = (count: number) => registerPages(LONG.slice(0, count), null).map(({ title }) => title);
    expect(titles(180)).toEqual(["Register of decisions"]);
    expect(titles(181)).toEqual(["Register of decisions, 2026", "Register of decisions"]);
    expect(titles(540)).toEqual([
      "Register of decisions, 2026",
      "Register of decisions, 2026, part 2",
      "Register of decisions",
    ]);
    expect(titles(541)).toEqual([
      "Register of decisions, 2026",
      "Register of decisions, 2026, part 2",
      "Register of decisions, 2026, part 3",
      "Register of decisions",
    ]);
    expect(registerPages(LONG.slice(0, 541), null)[0]).toEqual(registerPages(LONG, null)[0]);
  });

  const issues = async (store: Store): Promise<OwnIssue[]> => {
    const { decisions } = clerk(store);
    const register = await decisions.register(1, [KEY]);
    if (register.kind === "unavailable") throw new Error(register.why);
    return registerPages(register.lines, register.checkpoint).map((page, at) => ({
      ...page,
      number: at + 1,
      open: true,
    }));
  };
  const recovering = (given: readonly OwnIssue[], keys = KEYS, comments: readonly Comment[] = []) =>
    recoverRegister({
      issues: {
        issues: async () => ({ kind: "read", issues: given }),
        comments: async () => ({ kind: "read", comments }),
      },
      login: () => "msc-clerk[bot]",
      keys,
      clock: systemClock,
    })(REPOSITORY, DRAFTS_OF);

  test("record.signed: what was announced and never listed, as the clerk was ended in between, has its number all the same", async () => {
    const one = clerk();
    const given = [await one.publish(1), await one.publish(2), await one.publish(3)].flatMap((answer) =>
      answer.kind === "published" ? answer.records : [],
    );
    const comments = given.map((record) => ({
      body: `It is decided.\n\n${signedRecord(record)}`,
      url: `https://github.com/o/r/pull/${record.number}#issuecomment-1`,
    }));
    const kept = await one.store.decisions(1);
    const lines = (kept.kind === "stored" ? kept.kept : []).map((line, at) => ({
      ...line,
      url: comments[at]?.url,
    }));
    expect(given.every(({ json }) => JSON.parse(json).repository.id === DRAFTS_OF)).toBe(true);
    expect(await recovering([], KEYS, [...comments].reverse())).toEqual({ kind: "lines", lines });
    // After a gap nothing goes on; nor with another key, nor what somebody has changed.
    expect(await recovering([], KEYS, comments.slice(1))).toEqual({ kind: "lines", lines: [] });
    const others = SigningKeys.from("another clerk's secret key");
    expect(await recovering([], others, comments)).toEqual({ kind: "lines", lines: [] });
    const changed = comments.map((one) => ({
      ...one,
      body: one.body.replace('"number":2,', '"number":2, '),
    }));
    expect(await recovering([], KEYS, changed)).toEqual({ kind: "lines", lines: lines.slice(0, 1) });
  });

  test("record.signed: it is believed as the checkpoint below it says, signed with a key of the clerk's own", async () => {
    const one = clerk();
    for (const pull of [1, 2, 3]) await one.publish(pull);
    const [issue] = await issues(one.store);
    if (issue === undefined) throw new Error("there is no register");
    const kept = await one.store.decisions(1);
    expect(await recovering([issue])).toEqual({
      kind: "lines",
      lines: kept.kind === "stored" ? kept.kept : [],
    });
    const rows = issue.body.split("\n");
    const without = (n: number) => rows.filter((row) => !row.startsWith(`| ${n} |`)).join("\n");
    for (const body of [
      without(2),
      without(3),
      without(1),
      issue.body.replace(/`([0-9a-f]{64})` \|(?![\s\S]*` \|)/, `\`${"0".repeat(64)}\` |`),
      issue.body.replace(/```text[\s\S]*```/, ""),
    ]) {
      expect(body).not.toBe(issue.body);
      expect(await recovering([{ ...issue, body }])).toMatchObject({ kind: "unavailable" });
    }
    expect(await recovering([issue], SigningKeys.from("another clerk's secret key"))).toMatchObject({
      kind: "unavailable",
    });
  });

  test("record.signed: where there is no register, none is recovered; a clerk without keys takes it as it stands", async () => {
    expect(await recovering([])).toEqual(NOTHING);
    const one = clerk();
    await one.publish(1);
    expect(await recovering(await issues(one.store), SigningKeys.from(""))).toMatchObject({
      kind: "lines",
      lines: [{ number: 1 }],
    });
  });

  test("record.signed: what stands in a comment is none of the register's", () => {
    expect(recordInComment("nothing")).toBeNull();
    expect(readRegisterPage("| 1 | #2 | 1 | merge | yesterday | `00` |")).toEqual({
      lines: [],
      checkpoint: null,
    });
  });
});
