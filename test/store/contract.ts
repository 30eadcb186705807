import { afterEach, describe, expect, test } from "vitest";
import type {
  DecisionLine,
  Intent,
  KeptDecision,
  KeptLawful,
  KeptRegister,
  ProposalKey,
  ProposalRow,
  Store,
  Transition,
} from "../../src/store/port.js";
import { noticeContract } from "./noticeContract.js";
import { viewContract } from "./viewContract.js";

/** What every store does alike. `open`: a new, empty one. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  viewContract(name, open);
  noticeContract(name, open);
  const opened: Store[] = [];
  const fresh = async (): Promise<Store> => {
    const store = await open();
    opened.push(store);
    return store;
  };
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });

  describe(`the store ${name}: rows of proposals`, () => {
    test("none is kept before any was, and no round", async () => {
      const store = await fresh();
      expect(await store.proposals(OF.repository)).toEqual(stored([]));
      expect(await store.round(OF.repository)).toEqual(stored(null));
    });

    test("each stands in the place of the one of its number, those of another repository apart", async () => {
      const store = await fresh();
      expect(await store.putProposals(7, [row(2), row(1)])).toEqual(stored(null));
      await store.putProposals(8, [row(1, { title: "Another\u0000’s" })]);
      const closed = row(1, { state: "closed", nextCheckAt: null, labels: [], members: false, settled: "" });
      await store.putProposals(7, [closed]);
      expect(await store.proposals(7)).toEqual(stored([closed, row(2)]));
      expect(await store.proposals(8)).toEqual(stored([row(1, { title: "Another\u0000’s" })]));
    });

    test("what is no longer known to be so says so, and nothing else of it changes", async () => {
      const store = await fresh();
      await store.putProposals(7, [row(1), row(2)]);
      await store.putProposals(8, [row(1)]);
      expect(await store.unsettle(7, [1, 99])).toEqual(stored(null));
      expect(await store.proposals(7)).toEqual(stored([row(1, { settled: "" }), row(2)]));
      expect(await store.proposals(8)).toEqual(stored([row(1)]));
    });

    test("how far a repository was read is kept", async () => {
      const store = await fresh();
      await store.putRound(7, { upTo: 1 });
      await store.putRound(7, { upTo: 1_772_000_000_000 });
      expect(await store.round(7)).toEqual(stored({ upTo: 1_772_000_000_000 }));
      expect(await store.round(8)).toEqual(stored(null));
    });

    test("they go with the repository; registers stay", async () => {
      const store = await fresh();
      for (const repository of [7, 8, 9]) await store.putRound(repository, { upTo: 5 });
      for (const repository of [7, 8]) await store.putProposals(repository, [row(1)]);
      await store.putRegister({ repository: 7, pull: 1 }, register(1), null, line(1));
      expect(await store.keepRowsOf([8])).toEqual(stored(null));
      expect(await store.proposals(7)).toEqual(stored([]));
      expect(await store.round(7)).toEqual(stored(null));
      expect(await store.round(9)).toEqual(stored(null));
      expect(await store.proposals(8)).toEqual(stored([row(1)]));
      expect(await store.round(8)).toEqual(stored({ upTo: 5 }));
      expect(await store.register({ repository: 7, pull: 1 })).toEqual(stored(register(1)));
    });

    test("what could not be read back is not written, of all of them", async () => {
      const store = await fresh();
      const half = await store.putProposals(7, [row(1), row(2, { readAt: 0.5 })]);
      expect(half.kind).toBe("unavailable");
      expect(await store.proposals(7)).toEqual(stored([]));
    });
  });

  describe(`the store ${name}: registers`, () => {
    test("nothing is kept of a proposal before anything was", async () => {
      const store = await fresh();
      expect(await store.register(OF)).toEqual(stored(null));
      expect(await store.transitions(OF)).toEqual(stored([]));
      expect(await store.intents(OF)).toEqual(stored([]));
    });

    test("the newest is kept, and a line for each change, oldest first", async () => {
      const store = await fresh();
      expect(await put(store, 0, null)).toEqual(stored(null));
      expect(await put(store, 1, 0)).toEqual(stored(null));
      expect(await put(store, 1_772_000_000, 1)).toEqual(stored(null));
      expect(await store.register(OF)).toEqual(stored(register(1_772_000_000)));
      expect(await store.transitions(OF)).toEqual(stored([line(0), line(1), line(1_772_000_000)]));
    });

    test.each<[string, number | null]>([
      ["an older one is expected", 3],
      ["a newer one is expected", 5],
      ["none is expected", null],
    ])("%s than is kept: a conflict that tells what is kept and changes nothing", async (_what, expected) => {
      const store = await fresh();
      await put(store, 4, null);
      expect(await put(store, 9, expected)).toEqual({ kind: "conflict", kept: register(4) });
      expect(await store.register(OF)).toEqual(stored(register(4)));
      expect(await store.transitions(OF)).toEqual(stored([line(4)]));
    });

    test.each([0, 1])("number %i is expected and none is kept: a conflict that says so", async (expected) => {
      const store = await fresh();
      expect(await put(store, 7, expected)).toEqual({ kind: "conflict", kept: null });
      expect(await store.register(OF)).toEqual(stored(null));
      expect(await store.transitions(OF)).toEqual(stored([]));
    });

    test.each<[string, number | null]>([
      ["of a first one", null],
      ["of a later one", 4],
    ])(
      "of many writers %s at once exactly one wins, and the others are told of it",
      async (_what, expected) => {
        const store = await fresh();
        if (expected !== null) await put(store, expected, null);
        const answers = await Promise.all(
          Array.from({ length: 8 }, (_, n) =>
            store.putRegister(OF, register(10 + n, `writer ${n}`), expected, line(10 + n)),
          ),
        );
        const won = answers.findIndex((answer) => answer.kind === "stored");
        const kept = register(10 + won, `writer ${won}`);
        expect(answers.filter((_, n) => n !== won)).toEqual(Array(7).fill({ kind: "conflict", kept }));
        expect(await store.register(OF)).toEqual(stored(kept));
        expect(await store.transitions(OF)).toEqual(
          stored([...(expected === null ? [] : [line(expected)]), line(10 + won)]),
        );
      },
    );

    test("a proposal is its repository's id and its number: neither alone, nor their digits in a row", async () => {
      const store = await fresh();
      const keys = [OF, { repository: 8, pull: 12 }, { repository: 7, pull: 1 }, { repository: 71, pull: 2 }];
      for (const [n, of] of keys.entries())
        await store.putRegister(of, register(n, `register ${n}`), null, line(n));
      for (const [n, of] of keys.entries()) {
        expect(await store.register(of)).toEqual(stored(register(n, `register ${n}`)));
        expect(await store.transitions(of)).toEqual(stored([line(n)]));
      }
    });

    test("what was handed in or out may be changed by its owner, and the store does not notice", async () => {
      const store = await fresh();
      const [handed, said] = [{ ...register(1) }, { ...line(1) }];
      await store.putRegister(OF, handed, null, said);
      handed.record = "changed";
      said.what = "changed";
      const out = await store.register(OF);
      if (out.kind === "stored" && out.kept !== null) Object.assign(out.kept, { record: "changed" });
      expect(await store.register(OF)).toEqual(stored(register(1)));
      expect(await store.transitions(OF)).toEqual(stored([line(1)]));
    });
  });

  describe(`the store ${name}: what it keeps to the letter`, () => {
    test("numbers up to the last that JavaScript tells from the next", async () => {
      const store = await fresh();
      const of = { repository: LAST, pull: LAST };
      const next = { sequence: LAST, record: "" };
      expect(await store.putRegister(of, { ...next, sequence: LAST - 1 }, null, line(LAST - 1))).toEqual(
        stored(null),
      );
      expect(await store.putRegister(of, next, LAST - 1, { ...line(LAST), at: LAST })).toEqual(stored(null));
      expect(await store.register(of)).toEqual(stored(next));
      expect(await store.register({ ...of, pull: LAST - 1 })).toEqual(stored(null));
      expect(await store.transitions(of)).toEqual(stored([line(LAST - 1), { ...line(LAST), at: LAST }]));
      await store.intend({ repository: 0, pull: 0 }, { ...intent("a"), at: -LAST });
      expect(await store.intents({ repository: 0, pull: 0 })).toEqual(
        stored([{ ...intent("a"), at: -LAST }]),
      );
    });

    test.each(ODD_TEXTS)("a text: %s", async (_what, text) => {
      const store = await fresh();
      await store.putRegister(OF, register(1, text), null, { ...line(1), what: text });
      await store.putLawful(7, { ...lawful(1), fingerprint: text, commit: text, text }, null);
      await store.intend(OF, { ...intent(text), by: text });
      expect(await store.register(OF)).toEqual(stored(register(1, text)));
      expect(await store.transitions(OF)).toEqual(stored([{ ...line(1), what: text }]));
      expect(await store.lawful(7)).toEqual(stored({ ...lawful(1), fingerprint: text, commit: text, text }));
      expect(await store.intents(OF)).toEqual(stored([{ ...intent(text), by: text }]));
      await store.settle(OF, text);
      expect(await store.intents(OF)).toEqual(stored([]));
    });

    test("texts that look alike are different ones", async () => {
      const store = await fresh();
      const subjects = ODD_TEXTS.map(([, text]) => text);
      for (const subject of subjects) await store.intend(OF, intent(subject));
      expect((await subjectsOf(store)).sort()).toEqual([...subjects].sort());
      for (const subject of subjects) {
        await store.settle(OF, subject);
        expect(await subjectsOf(store)).not.toContain(subject);
      }
      expect(await subjectsOf(store)).toEqual([]);
    });
  });

  describe(`the store ${name}: what it refuses, before anything is written`, () => {
    const no = (what: RegExp) => ({ kind: "unavailable", why: expect.stringMatching(what) });
    test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("the number %d", async (number) => {
      const store = await fresh();
      const whole = no(/^The store cannot keep this: .* is no whole number from 0 on\.$/);
      expect(await put(store, number, null)).toEqual(whole);
      for (const of of [
        { ...OF, repository: number },
        { ...OF, pull: number },
      ]) {
        expect(await store.putRegister(of, register(1), null, line(1))).toEqual(whole);
        expect(await store.register(of)).toEqual(whole);
        expect(await store.transitions(of)).toEqual(whole);
        expect(await store.intend(of, intent("a"))).toEqual(whole);
        expect(await store.settle(of, "a")).toEqual(whole);
        expect(await store.intents(of)).toEqual(whole);
      }
      expect(await store.lawful(number)).toEqual(whole);
      expect(await store.putLawful(number, lawful(1), null)).toEqual(whole);
      expect(await store.putLawful(7, lawful(number), null)).toEqual(no(/no whole number from 1 on/));
      expect(await store.register(OF)).toEqual(stored(null));
      expect(await store.lawful(7)).toEqual(stored(null));
    });

    test.each([0.5, Number.NaN, -(2 ** 53)])("the moment %d", async (at) => {
      const store = await fresh();
      const moment = no(/the moment is no whole millisecond/);
      expect(await store.putRegister(OF, register(1), null, { ...line(1), at })).toEqual(moment);
      expect(await store.putLawful(7, { ...lawful(1), adoptedAt: at }, null)).toEqual(moment);
      expect(await store.intend(OF, { ...intent("a"), at })).toEqual(moment);
      expect(await store.register(OF)).toEqual(stored(null));
    });

    test("a register or a config that is no newer than the one it would take the place of", async () => {
      const store = await fresh();
      await put(store, 4, null);
      await store.putLawful(7, lawful(4), null);
      for (const number of [4, 3]) {
        expect(await put(store, number, 4)).toEqual(no(/the sequence is no newer/));
        expect(await store.putLawful(7, lawful(number), 4)).toEqual(no(/the number is no newer/));
      }
      expect(await store.register(OF)).toEqual(stored(register(4)));
      expect(await store.lawful(7)).toEqual(stored(lawful(4)));
    });

    test("a line of another change than the one that is kept with it", async () => {
      const store = await fresh();
      expect(await store.putRegister(OF, register(2), null, line(1))).toEqual(no(/another sequence/));
      expect(await store.register(OF)).toEqual(stored(null));
    });

    test("a lawful config of number 0", async () => {
      const store = await fresh();
      expect(await store.putLawful(7, lawful(0), null)).toEqual(no(/no whole number from 1 on/));
    });
  });

  describe(`the store ${name}: what is lawful`, () => {
    test("nothing is lawful before anything was kept; then the newest is, in its own repository alone", async () => {
      const store = await fresh();
      expect(await store.lawful(7)).toEqual(stored(null));
      expect(await store.putLawful(7, lawful(1), null)).toEqual(stored(null));
      expect(await store.putLawful(8, lawful(5), null)).toEqual(stored(null));
      expect(await store.putLawful(7, lawful(2), 1)).toEqual(stored(null));
      expect(await store.lawful(7)).toEqual(stored(lawful(2)));
      expect(await store.lawful(8)).toEqual(stored(lawful(5)));
    });

    test.each([null, 1, 3])(
      "another number than the expected %s is kept: a conflict, nothing changes",
      async (expected) => {
        const store = await fresh();
        await store.putLawful(7, lawful(2), null);
        expect(await store.putLawful(7, lawful(9), expected)).toEqual({ kind: "conflict", kept: lawful(2) });
        expect(await store.putLawful(8, lawful(9), 1)).toEqual({ kind: "conflict", kept: null });
        expect(await store.lawful(7)).toEqual(stored(lawful(2)));
        expect(await store.lawful(8)).toEqual(stored(null));
      },
    );

    test("of two writers at once exactly one wins", async () => {
      const store = await fresh();
      const answers = await Promise.all([1, 2].map((number) => store.putLawful(7, lawful(number), null)));
      const won = answers.findIndex((answer) => answer.kind === "stored") + 1;
      expect(answers).toContainEqual({ kind: "conflict", kept: lawful(won) });
      expect(await store.lawful(7)).toEqual(stored(lawful(won)));
    });
  });

  describe(`the store ${name}: decisions`, () => {
    test("record.signed: nothing was decided before anything was; then all are there by number, in their own repository alone", async () => {
      const store = await fresh();
      expect(await store.newestDecision(7)).toEqual(stored(null));
      expect(await store.decisions(7)).toEqual(stored([]));
      expect(await store.decisionsOf(OF)).toEqual(stored([]));
      for (const number of [1, 2, 3])
        expect(await store.putDecision(7, decision(number), number === 1 ? null : number - 1)).toEqual(
          stored(null),
        );
      expect(await store.putDecision(8, decision(1), null)).toEqual(stored(null));
      expect(await store.newestDecision(7)).toEqual(stored(decisionLine(3)));
      expect(await store.decisions(7)).toEqual(stored([1, 2, 3].map(decisionLine)));
      expect(await store.decisions(8)).toEqual(stored([decisionLine(1)]));
      expect(await store.decisionsOf({ repository: 7, pull: 102 })).toEqual(stored([decision(2)]));
    });

    test("record.signed: of many that want the next number at once exactly one gets it, and the others are told of it", async () => {
      const store = await fresh();
      await store.putDecision(7, decision(1), null);
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) => store.putDecision(7, { ...decision(2), pull: 200 + n }, 1)),
      );
      const won = answers.findIndex(({ kind }) => kind === "stored");
      const kept = { ...decisionLine(2), pull: 200 + won };
      expect(answers.filter((_, n) => n !== won)).toEqual(Array(7).fill({ kind: "conflict", kept }));
      expect(await store.decisions(7)).toEqual(stored([decisionLine(1), kept]));
    });

    test.each<[string, number | null]>([
      ["none", null],
      ["an older one", 1],
      ["one that is not there yet", 3],
    ])(
      "record.signed: where %s is expected to be the newest and is not: a conflict, nothing changes",
      async (_what, expected) => {
        const store = await fresh();
        await store.putDecision(7, decision(1), null);
        await store.putDecision(7, decision(2), 1);
        const answer = await store.putDecision(7, { ...decision((expected ?? 0) + 1), pull: 300 }, expected);
        expect(answer).toEqual({ kind: "conflict", kept: decisionLine(2) });
        expect(await store.decisions(7)).toEqual(stored([1, 2].map(decisionLine)));
      },
    );

    test("record.signed: a motion gets one number and no second; another motion of the same proposal does", async () => {
      const store = await fresh();
      await store.putDecision(7, decision(1), null);
      const again = { ...decision(2), pull: 101 };
      expect(await store.putDecision(7, again, 1)).toEqual({ kind: "conflict", kept: decisionLine(1) });
      expect(await store.putDecision(7, { ...again, motion: 2 }, 1)).toEqual(stored(null));
    });

    test("record.signed: only the next number is taken, so that there is no gap", async () => {
      const store = await fresh();
      await store.putDecision(7, decision(1), null);
      expect(await store.putDecision(7, decision(3), 1)).toMatchObject({ kind: "unavailable" });
      expect(await store.putDecision(7, decision(1), 1)).toMatchObject({ kind: "unavailable" });
      expect(await store.putDecision(8, decision(2), null)).toMatchObject({ kind: "unavailable" });
      expect(await store.putDecision(8, decision(0), null)).toMatchObject({ kind: "unavailable" });
    });

    test("record.signed: where a record stands is written beside it; one that is not there is no fault", async () => {
      const store = await fresh();
      await store.putDecision(7, decision(1), null);
      expect(await store.linkDecision(7, 1, "https://github.com/o/r/pull/101#issuecomment-1")).toEqual(
        stored(null),
      );
      expect(await store.linkDecision(7, 2, "elsewhere")).toEqual(stored(null));
      expect(await store.linkDecision(8, 1, "elsewhere")).toEqual(stored(null));
      expect(await store.decisions(7)).toEqual(
        stored([{ ...decisionLine(1), url: "https://github.com/o/r/pull/101#issuecomment-1" }]),
      );
    });
  });

  describe(`the store ${name}: intents`, () => {
    test("are there until settled; one of the same subject takes the place of the older", async () => {
      const store = await fresh();
      await store.intend(OF, intent("comment announce 1:begun"));
      await store.intend(OF, intent("check"));
      await store.intend({ ...OF, pull: 13 }, intent("check"));
      await store.intend(OF, { subject: "check", at: 9, by: "another process" });
      expect(await store.intents(OF)).toEqual({ kind: "stored", kept: expect.any(Array) });
      expect((await subjectsOf(store)).sort()).toEqual(["check", "comment announce 1:begun"]);
      expect(await store.settle(OF, "comment announce 1:begun")).toEqual(stored(null));
      expect(await store.intents(OF)).toEqual(stored([{ subject: "check", at: 9, by: "another process" }]));
      await store.settle(OF, "check");
      expect(await store.intents(OF)).toEqual(stored([]));
      expect(await store.intents({ ...OF, pull: 13 })).toEqual(stored([intent("check")]));
    });

    test("of one subject written down by many at once are one", async () => {
      const store = await fresh();
      const many = Array.from({ length: 8 }, (_, n) => ({ ...intent("check"), by: `process ${n}` }));
      for (const answer of await Promise.all(many.map((one) => store.intend(OF, one))))
        expect(answer).toEqual(stored(null));
      const kept = await store.intents(OF);
      expect(kept.kind === "stored" ? kept.kept : []).toHaveLength(1);
    });

    test("one that is not there is settled without a fault", async () => {
      const store = await fresh();
      expect(await store.settle(OF, "check")).toEqual(stored(null));
    });

    test("do not make a register", async () => {
      const store = await fresh();
      await store.intend(OF, intent("check"));
      expect(await store.register(OF)).toEqual(stored(null));
      expect(await put(store, 0, null)).toEqual(stored(null));
    });
  });

  test(`the store ${name}: closed, it says so instead of answering, and may be closed again`, async () => {
    const store = await fresh();
    await put(store, 1, null);
    await store.close();
    await store.close();
    const closed = { kind: "unavailable", why: "The store is closed: the clerk is stopping." };
    expect(await store.register(OF)).toEqual(closed);
    expect(await put(store, 2, 1)).toEqual(closed);
    expect(await store.intend(OF, intent("check"))).toEqual(closed);
  });

  test(`the store ${name}: what was asked for before it was closed is done to the end`, async () => {
    const store = await fresh();
    const pulls = [1, 2, 3, 4, 5, 6, 7, 8];
    const asked = Promise.all(
      pulls.map((pull) => store.putRegister({ ...OF, pull }, register(1), null, line(1))),
    );
    await store.close();
    expect(await asked).toEqual(pulls.map(() => stored(null)));
  });

  const subjectsOf = async (store: Store): Promise<string[]> => {
    const kept = await store.intents(OF);
    return kept.kind === "stored" ? kept.kept.map(({ subject }) => subject) : [];
  };
}

export const OF: ProposalKey = { repository: 7, pull: 12 };
const LAST = Number.MAX_SAFE_INTEGER;

export const stored = <T>(kept: T) => ({ kind: "stored", kept }) as const;

export const register = (sequence: number, record = `record ${sequence}`): KeptRegister => ({
  sequence,
  record,
});

export const line = (sequence: number): Transition => ({
  sequence,
  at: 1_772_546_700_000,
  what: `change ${sequence}`,
});

export const lawful = (number: number): KeptLawful => ({
  number,
  fingerprint: `print ${number}`,
  commit: `commit ${number}`,
  text: "version: 1\n",
  adoptedAt: 1_772_546_700_123,
});

/** The first motion of pull request 100 + number. */
export const decisionLine = (number: number): DecisionLine => ({
  number,
  pull: 100 + number,
  motion: 1,
  outcome: "merge",
  at: 1_772_546_700_000,
  hash: String(number).repeat(64).slice(0, 64),
  url: "",
});

export const decision = (number: number): KeptDecision => ({
  ...decisionLine(number),
  record: `{"number":${number},"text":"\u0000 \\u0000 😀"}`,
});

export const intent = (subject: string): Intent => ({ subject, at: 1_772_546_700_000, by: "process 1" });

/** The next register of the one proposal that most tests have. */
export const put = (store: Store, sequence: number, expected: number | null) =>
  store.putRegister(OF, register(sequence), expected, line(sequence));

export const ODD_TEXTS: readonly (readonly [what: string, text: string])[] = [
  ["none at all", ""],
  ["a space", " "],
  ["one megabyte", "0123456789abcdef".repeat(65_536)],
  ["one megabyte that compresses badly", scattered(1_048_576)],
  ["__proto__", "__proto__"],
  ["constructor", "constructor"],
  ["toString", "toString"],
  ["quotes and the end of a statement", `'; DROP TABLE clerk_registers; --" $1 ?1 :a @b`],
  ["a number", "12"],
  ["a number with a zero in front", "012"],
  ["null", "null"],
  ["a line end", "a\nb"],
  ["a line end of Windows", "a\r\nb"],
  ["a zero character", "a\0b"],
  ["a zero character at the end", "a\0"],
  ["a zero character alone", "\0"],
  ["what a zero character might be written as", "a\\u0000b"],
  ["the same, with its backslash doubled", "a\\\\u0000b"],
  ["a backslash at the end", "a\\"],
  ["an emoji", "👍🏽"],
  ["half an emoji, the first", "a\ud83d"],
  ["half an emoji, the second", "\udc4da"],
  ["the halves the wrong way round", "\udc4d\ud83d"],
  ["the character for what cannot be read", "a\ufffd"],
  ["a byte order mark", "\ufeffa"],
  ["é in one", "\u00e9"],
  ["é in two", "e\u0301"],
  ["a capital", "É"],
  ["from right to left", "\u202eabc\u202c"],
  ["the last character of all", "\u{10ffff}\uffff"],
  ["spaces at the end", "a  "],
  ["no spaces at the end", "a"],
];

/** The same at every run. */
function scattered(length: number): string {
  let state = 1;
  let text = "";
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    text += state.toString(36);
  }
  return text.slice(0, length);
}

export const row = (pull: number, parts: Partial<ProposalRow> = {}): ProposalRow => ({
  pull,
  title: "MSC1772: Spaces “and” 'more' 🚀",
  author: "ShadowJonathan",
  labels: ["proposal", "a, b"],
  state: "open",
  createdAt: 1,
  updatedAt: 1_772_000_000_000,
  head: "a".repeat(40),
  nextCheckAt: 1_772_000_000_001,
  readAt: 1_772_000_000_002,
  settled: "f".repeat(64),
  members: true,
  outline: '{"number":1}',
  ...parts,
});
