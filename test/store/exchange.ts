import { describe, expect, test } from "vitest";
import { checkStore } from "../../src/store/check.js";
import { exportStore } from "../../src/store/export.js";
import { importStore } from "../../src/store/import.js";
import { openStore, type StoreSettings } from "../../src/store/open.js";
import type { Store } from "../../src/store/port.js";
import { decision, intent, lawful, line, ODD_TEXTS, OF, register, row, stored } from "./contract.js";
import { opened } from "./opened.js";

/** The registers of these tests are no domain's: `record 7`, and whatever of an odd text follows. */
export const sequenceOf = (record: string): number | null => {
  const found = /^record (\d+)/.exec(record)?.[1];
  return found === undefined ? null : Number(found);
};

export async function linesOf(settings: StoreSettings): Promise<string[]> {
  const lines: string[] = [];
  const done = await exportStore(settings, async (one) => {
    lines.push(one);
  });
  if (done.kind === "refused") throw new Error(done.why);
  return lines;
}

async function* each(lines: readonly string[]) {
  yield* lines;
}

export const importing = (settings: StoreSettings, lines: readonly string[]) =>
  importStore(settings, each(lines), sequenceOf);

export const wrongIn = async (settings: StoreSettings) => (await checkStore(settings, sequenceOf)).wrong;

const OTHER = { repository: 8, pull: 1 };

/** Something of all that a store holds, more than one page of it, and odd texts wherever there are texts. */
export async function fill(store: Store): Promise<void> {
  const odd = ODD_TEXTS.filter(([, text]) => text.length < 1000).map(([, text]) => text);
  await store.putRegister(OF, register(1), null, line(1));
  await store.putRegister(OF, register(3, "record 3"), 1, line(3));
  for (const [n, text] of [odd.slice(0, 8).join(), odd.slice(8).join()].entries())
    await store.putRegister({ repository: 7, pull: 1000 + n }, register(2, `record 2: ${text}`), null, {
      ...line(2),
      what: text,
    });
  await store.putProposals(
    9,
    Array.from({ length: 120 }, (_, n) => row(1 + n)),
  );
  await store.putRegister(OTHER, register(0), null, line(0));
  await store.putLawful(7, { ...lawful(4), text: odd.join("\n") }, null);
  await store.putLawful(8, lawful(1), null);
  await store.intend(OF, intent("comment 1"));
  await store.intend(OF, intent(odd.join()));
  await store.putDecision(7, decision(1), null);
  await store.putDecision(7, decision(2), 1);
  await store.linkDecision(7, 1, "https://github.com/matrix-org/1");
  await store.putProposals(7, [
    row(1, { title: odd.join(), labels: odd }),
    row(2, { nextCheckAt: null, state: "closed", members: false, settled: "" }),
  ]);
  await store.putRound(7, { upTo: 1_772_546_700_000 });
  await store.views.putRepository({
    ...{ repository: 7, owner: "o", name: "r", url: "https://github.com/o/r", isPublic: true },
  });
  const many = Array.from({ length: 120 }, (_, n) => ({
    ...{ id: `vote 1 team C_${n} ${n}`, at: n, event: odd[n % odd.length] ?? "{}", words: "" },
  }));
  await store.views.putView(OF, { summary: "{}", detail: "" }, many);
  await store.notices.putMark({ repository: 7, since: 5 });
  for (const { id, at } of many.slice(6))
    await store.notices.begin(OF, { event: id, at, transaction: `t ${at}` });
  await store.notices.end(OF, "vote 1 team C_7 7");
}

/** What an export and an import do alike, from whichever store to whichever. `fresh`: the settings of new, empty ones. */
export function exchangeContract(
  name: string,
  fresh: () => Promise<{ readonly from: StoreSettings; readonly to: StoreSettings }>,
): void {
  const filled = async () => {
    const both = await fresh();
    const store = opened(await openStore(both.from));
    await fill(store);
    await store.close();
    return { ...both, lines: await linesOf(both.from) };
  };
  const with_ = async <T>(settings: StoreSettings, work: (store: Store) => Promise<T>): Promise<T> => {
    const store = opened(await openStore(settings));
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  };

  describe(`an export and an import ${name}`, () => {
    test("all of it comes through to the letter: an export of the import is the same, line by line", async () => {
      const { from, to, lines } = await filled();
      expect(lines[0]).toBe('{"kind":"msc-clerk store","version":1}');
      expect(lines.at(-1)).toBe(`{"kind":"end","lines":${lines.length - 2}}`);
      expect(await importing(to, lines)).toEqual({
        kind: "imported",
        of: { taken: lines.length - 2, left: 0 },
      });
      expect(await linesOf(to)).toEqual(lines);
      expect(await linesOf(from)).toEqual(lines);
      for (const settings of [from, to]) expect(await wrongIn(settings)).toEqual([]);
      // And the clerk that starts on it goes on.
      await with_(to, async (store) => {
        expect(await store.putRegister(OF, register(4), 3, line(4))).toEqual(stored(null));
        expect(await store.putDecision(7, decision(3), 2)).toEqual(stored(null));
        await store.settle(OF, "comment 1");
        expect((await store.intents(OF)).kind === "stored").toBe(true);
      });
    });

    test("taken a second time it changes nothing", async () => {
      const { to, lines } = await filled();
      await importing(to, lines);
      expect(await importing(to, lines)).toEqual({
        kind: "imported",
        of: { taken: 0, left: lines.length - 2 },
      });
      expect(await linesOf(to)).toEqual(lines);
    });

    test("where something is kept, what is newer wins on either side, and no sequence is lowered", async () => {
      const { to, lines } = await filled();
      await with_(to, async (store) => {
        await store.putRegister(OF, register(5, "record 5, kept"), null, line(5));
        await store.putRegister(OTHER, register(0, "record 0, kept"), null, { ...line(0), what: "kept" });
        await store.putLawful(7, lawful(9), null);
        await store.putDecision(7, { ...decision(1), record: "" }, null);
        await store.putProposals(7, [row(1, { title: "kept" })]);
      });
      expect(await importing(to, lines)).toMatchObject({ kind: "imported" });
      await with_(to, async (store) => {
        expect(await store.register(OF)).toEqual(stored(register(5, "record 5, kept")));
        expect(await store.transitions(OF)).toEqual(stored([line(1), line(3), line(5)]));
        expect(await store.register(OTHER)).toEqual(stored(register(0, "record 0, kept")));
        expect(await store.transitions(OTHER)).toEqual(stored([{ ...line(0), what: "kept" }]));
        expect(await store.register({ repository: 7, pull: 1000 })).toMatchObject(stored({ sequence: 2 }));
        expect(await store.lawful(7)).toEqual(stored(lawful(9)));
        expect(await store.lawful(8)).toEqual(stored(lawful(1)));
        // What was recovered without its record and its link gets both.
        const linked = { ...decision(1), url: "https://github.com/matrix-org/1" };
        expect(await store.decisionsOf({ repository: 7, pull: 101 })).toEqual(stored([linked]));
        // Those are GitHub's to tell.
        expect(await store.proposals(7)).toEqual(stored([row(1, { title: "kept" })]));
        expect(await store.round(7)).toEqual(stored(null));
      });
      expect(await wrongIn(to)).toEqual([]);
    });

    const cases: readonly (readonly [string, (lines: string[]) => string[], RegExp])[] = [
      ["no line", () => [], /no export of a store/],
      ["another file", () => ["# minutes", "of the meeting"], /no export of a store/],
      [
        "a later version",
        (all) => [(all[0] ?? "").replace("1", "2"), ...all.slice(1)],
        /of version 2, and this/,
      ],
      ["its end missing", (all) => all.slice(0, -1), /not whole/],
      ["a line missing", (all) => all.toSpliced(5, 1), /not whole/],
      ["a line twice", (all) => all.toSpliced(5, 0, all[5] ?? ""), /not whole/],
      ["more after its end", (all) => [...all, all[1] ?? ""], /^Line \d+ comes after the end\./],
      [
        "a line that is cut",
        (all) => all.with(6, (all[6] ?? "").slice(0, 30)),
        /^Line 7 is no JSON object\./,
      ],
      ["a line that is no object", (all) => all.with(6, "[]"), /^Line 7 is no JSON object\./],
      ["a line of another kind", (all) => all.with(6, '{"kind":"vote"}'), /^Line 7 is of no kind/],
      [
        "a line of a kind that every object has",
        (all) => all.with(6, '{"kind":"__proto__"}'),
        /^Line 7 is of no kind/,
      ],
      [
        "a field missing",
        (all) => all.with(1, (all[1] ?? "").replace('"sequence"', '"seq"')),
        /^Line 2: sequence of this register is missing/,
      ],
      [
        "a number beyond what JavaScript tells apart",
        (all) => all.with(1, (all[1] ?? "").replace(/"sequence":\d+/, '"sequence":9007199254740993')),
        /^Line 2: sequence of this register/,
      ],
      [
        "a register of another sequence than its line",
        (all) => all.with(1, (all[1] ?? "").replace(/"sequence":\d+/, '"sequence":99')),
        /^Line 2: this msc-clerk cannot read the register/,
      ],
      [
        "a change newer than its register",
        (all) =>
          all.map((one) =>
            one.includes('"transition"') && one.includes('"pull":12,"sequence":3')
              ? one.replace('"sequence":3', '"sequence":4')
              : one,
          ),
        /proposal 12 in repository 7 does not fit the lines of its changes/,
      ],
      [
        "a gap in its decisions",
        (all) =>
          all
            .filter((one) => !/"kind":"decision",.*"number":1,/.test(one))
            .with(-1, `{"kind":"end","lines":${all.length - 3}}`),
        /decisions of repository 7 are not numbered without a gap/,
      ],
    ];
    test("a file with something wrong in it is named by its line, and nothing of it is taken", async () => {
      const { to, lines } = await filled();
      await with_(to, (store) => store.putRegister(OF, register(1), null, line(1)));
      const before = await linesOf(to);
      for (const [what, change, why] of cases) {
        const refused = await importing(to, change([...lines]));
        expect(refused, what).toEqual({ kind: "refused", why: expect.stringMatching(why) });
        expect(await linesOf(to), what).toEqual(before);
      }
    });

    test("a decision that is another one than the kept of its number refuses the file", async () => {
      const { to, lines } = await filled();
      for (const kept of [
        { ...decision(1), hash: "f".repeat(64) },
        { ...decision(1), pull: 102 },
      ]) {
        const empty = (await fresh()).to;
        await with_(empty, (store) => store.putDecision(7, kept, null));
        expect(await importing(empty, lines)).toEqual({
          kind: "refused",
          why: expect.stringMatching(
            /^Line \d+: decision [12] of repository 7 is kept already, and is another one: .* Nothing was imported\.$/,
          ),
        });
      }
      expect(to).toBeDefined();
    });

    test("beside a clerk that writes: an export is of one moment, and of an import and a write both are kept", async () => {
      const { from, to, lines } = await filled();
      await with_(from, async (store) => {
        let sequence = 3;
        let over = false;
        const writing = (async () => {
          while (!over) {
            const put = await store.putRegister(OF, register(sequence + 1), sequence, line(sequence + 1));
            if (put.kind === "stored") sequence += 1;
            // An import holds the store for longer than a write waits, where it is SQLite: then it tries again.
            else expect(put.kind).toBe("unavailable");
            // SQLite answers without the loop of events having gone round.
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        })();
        for (let time = 0; time < 3; time += 1) {
          const seen = await linesOf(from);
          const at = seen.find((one) => one.includes('"register","repository":7,"pull":12,'));
          const last = seen.findLast((one) => one.includes('"transition","repository":7,"pull":12,'));
          expect(/"sequence":\d+/.exec(last ?? "")?.[0]).toBe(/"sequence":\d+/.exec(at ?? "")?.[0]);
          expect(await wrongIn(from)).toEqual([]);
          expect((await importing(from, lines)).kind).toBe("imported");
          expect((await importing(to, seen)).kind).toBe("imported");
        }
        over = true;
        await writing;
        expect(sequence).toBeGreaterThan(3);
        expect(await store.register(OF)).toEqual(stored(register(sequence)));
      });
      expect(await wrongIn(to)).toEqual([]);
    });
  });
}
