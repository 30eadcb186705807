import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Pages } from "../../src/domain/acts/pages.js";
import {
  changedItems,
  itemBoxesOf,
  type ListRevision,
  listRevisionOf,
} from "../../src/domain/gates/checklistBoxes.js";
import type { ChecklistFacts, Gate, GateMoment } from "../../src/domain/model/gates.js";
import { DAY, HOUR, MINUTE } from "../../src/domain/text/time.js";
import { MATRIX } from "../support/rules.js";
import { OUTSIDER, type World, type WorldOptions, world } from "../support/world.js";
import { replies } from "./reading.js";

const FILE = "MSC_CHECKLIST.md";
const COMMIT = "d".repeat(40);
const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"] as const;

const checklist = (before: GateMoment = "conclude"): Gate => ({
  ...{ kind: "checklist", name: "checklist", file: FILE, before },
});

const facts = (...texts: readonly string[]): ChecklistFacts => ({
  ...{ file: FILE, commit: COMMIT, problem: null },
  items: texts.map((text) => ({ text, depth: 0 })),
});

const ITEMS = ["Implementations are linked", "All threads are resolved", "Security is considered"] as const;

/** A proposal whose config asks for a checklist, and the file on the default branch. */
function listed(
  before: GateMoment = "conclude",
  found: ChecklistFacts = facts(...ITEMS),
  options: WorldOptions = {},
): World {
  const w = world({ rules: { ...MATRIX, gates: [checklist(before)] }, ...options });
  w.gates = { checklist: found };
  return w;
}

function moved(...given: Parameters<typeof listed>): World {
  const w = listed(...given);
  w.say("richvdh", "@mscbot fcp merge");
  w.reconcile();
  return w.wait(MINUTE);
}

function voted(...given: Parameters<typeof listed>): World {
  const w = moved(...given);
  for (const login of VOTERS) w.say(login, "@mscbot reviewed");
  w.reconcile();
  return w.wait(MINUTE);
}

const comment = (w: World, motion = 1) =>
  w.ownComments.find(({ marker }) => marker.kind === "checklist" && marker.key.startsWith(`${motion}:`));

const withBox = (body: string, item: number, ticked: boolean): string =>
  body
    .split("\n")
    .map((line) =>
      line.includes(`<!-- item ${item} -->`) ? line.replace(/\[[ x]\]/, ticked ? "[x]" : "[ ]") : line,
    )
    .join("\n");

/** Somebody ticks (or unticks) items in the comment, from the text that stands or that their browser held. */
function tick(w: World, by: string, items: readonly number[], ticked = true, from?: string): void {
  const own = comment(w);
  if (own === undefined) throw new Error("there is no checklist");
  w.rewrite(
    by,
    items.reduce((body, item) => withBox(body, item, ticked), from ?? own.body),
    own,
  );
}

const ticks = (w: World) => w.register.gates?.checklist?.ticks.map(({ item, by }) => [item, by.login]) ?? [];
const view = (w: World) => w.decide().gates?.[0];
const boxes = (w: World) => itemBoxesOf(comment(w)?.body ?? "").map(({ ticked }) => ticked);

describe("gate.begin: the checklist is posted", () => {
  test("gate.begin: it is posted once, folded, when a motion to merge is made, with the file as it stands then", () => {
    const w = moved();
    expect(w.ownComments.filter(({ marker }) => marker.kind === "checklist")).toHaveLength(1);
    const body = comment(w)?.body ?? "";
    expect(body).toMatch(/^<details><summary>Checklist: 0 of 3 ticked<\/summary>\n\n/);
    expect(body).toContain(`/blob/${COMMIT}/MSC_CHECKLIST.md`);
    expect(body).toContain("- [ ] All threads are resolved <!-- item 2 -->");
    expect(body.endsWith("</details>")).toBe(true);
    expect(w.reconcile().register.seq).toBe(w.register.seq);
  });

  test("gate.begin: before a motion there is nothing to tick, and none with a motion to close or to postpone", () => {
    const w = listed();
    w.reconcile();
    expect(comment(w)).toBeUndefined();
    expect(w.check?.summary).toContain("It is posted for members to tick when a motion to merge is made.");
    for (const disposition of ["close", "postpone"]) {
      const other = listed();
      other.say("richvdh", `@mscbot fcp ${disposition}`);
      other.reconcile();
      expect(comment(other)).toBeUndefined();
    }
  });

  test("gate.end: a push that empties, changes or deletes the file changes nothing for the open motion", () => {
    const w = voted();
    for (const now of [
      { ...facts(), problem: "no_items" as const },
      { ...facts(), problem: "absent" as const },
      facts("Nothing"),
    ]) {
      w.gates = { checklist: now };
      w.wait(DAY).reconcile();
      expect(view(w)).toMatchObject({ state: "unmet", found: { total: 3 } });
    }
    w.wait(5 * DAY).reconcile();
    expect(w.decide()).toMatchObject({ phase: "fcp", reason: { code: "fcp_over" } });
    tick(w, "dbkr", [1, 2, 3]);
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("gate.begin: what people wrote in the file is words in the comment: nobody is mentioned, and no box of a member is made", () => {
    const w = moved(
      "begin",
      facts("@dbkr <!-- box spec-core-team --> looks <!-- item 2 -->", "- [x] @uhoreg", "</details> #12"),
    );
    const body = comment(w)?.body ?? "";
    expect(body).not.toMatch(/@dbkr|@uhoreg|<!-- box|#12\b/);
    expect(itemBoxesOf(body).map(({ item }) => item)).toEqual([1, 2, 3]);
    tick(w, "dbkr", [1, 2, 3]);
    w.reconcile();
    expect(ticks(w)).toHaveLength(3);
    expect(w.register.motion?.ballots.map(({ member }) => member.login)).toEqual(["richvdh"]);
  });

  test.each([
    ["no_items", "has no line that begins with"],
    ["absent", "There is no file `MSC_CHECKLIST.md` on the default branch"],
    ["too_long", "is more than the clerk keeps (64 KB, 100 items, 12000 bytes of words)"],
    ["not_text", "is no text file"],
  ] as const)(
    "gate.begin: nothing to tick (%s) meets nothing: it holds, says how to go on, and takes the mended file",
    (problem, says) => {
      const w = voted("begin", { ...facts(), problem });
      expect(w.decide()).toMatchObject({
        phase: "proposed",
        reason: { code: "gated" },
        gates: [{ state: "unknown" }],
      });
      expect(w.check?.title).toBe("Waiting for a checklist that can be ticked.");
      expect(w.status()?.body).toContain(says);
      expect(w.status()?.body).toContain(
        ", the clerk takes it at its next look (`@mscbot refresh`); or members waive this.",
      );
      expect(w.decide().nextCheckAt).toBe(w.now + HOUR);
      w.gates = { checklist: facts("One thing") };
      w.reconcile();
      tick(w, "dbkr", [1]);
      expect(w.reconcile().phase).toBe("fcp");
    },
  );
});

describe("gate.begin: members tick", () => {
  test("gate.begin: each tick is kept with who and when, and FCP begins with the last", () => {
    const w = voted("begin");
    expect(w.check?.title).toBe("Waiting for 3 items of the checklist to be ticked.");
    tick(w, "dbkr", [1]);
    tick(w, "uhoreg", [3]);
    w.reconcile();
    expect(ticks(w)).toEqual([
      [1, "dbkr"],
      [3, "uhoreg"],
    ]);
    expect(comment(w)?.body).toContain(
      "- [x] Implementations are linked <!-- item 1 --> — dbkr, 2 March 2026",
    );
    expect(w.status()?.body).toContain(
      `1 of 3 is missing: “All threads are resolved”. Members tick them [here](${comment(w)?.url}).`,
    );
    tick(w, "KitsuneRal", [2]);
    expect(w.reconcile().phase).toBe("fcp");
    expect(w.decide().gates?.[0]).toMatchObject({ state: "met" });
  });

  test("gate.begin: a member unticks what another ticked, and it is missing again", () => {
    const w = voted();
    tick(w, "dbkr", [1, 2, 3]);
    w.reconcile();
    tick(w, "uhoreg", [2], false);
    w.reconcile();
    expect(ticks(w)).toEqual([
      [1, "dbkr"],
      [3, "dbkr"],
    ]);
    expect(boxes(w)).toEqual([true, false, true]);
  });

  test("gate.begin: somebody on no team ticks nothing: it is put back, and they are told once", () => {
    const w = voted();
    for (const item of [1, 2]) {
      tick(w, OUTSIDER, [item]);
      w.wait(HOUR).reconcile();
      expect(boxes(w)).toEqual([false, false, false]);
    }
    expect(ticks(w)).toEqual([]);
    const told = replies(w).filter((body) => body.includes("the checklist is ticked by members"));
    expect(told).toHaveLength(1);
    tick(w, "dbkr", [1]);
    w.reconcile();
    tick(w, OUTSIDER, [1], false);
    w.reconcile();
    expect(ticks(w)).toEqual([[1, "dbkr"]]);
    expect(boxes(w)).toEqual([true, false, false]);
  });

  test("gate.begin: changed words are put back, and a box whose words were changed with it is nobody’s tick", () => {
    const w = voted();
    const own = comment(w);
    const before = own?.body ?? "";
    w.rewrite("dbkr", before.replace("- [ ] Security is considered", "- [x] Nothing is considered"), own);
    w.reconcile();
    expect(comment(w)?.body).toBe(before);
    expect(ticks(w)).toEqual([]);
    w.rewrite("dbkr", `${before}\n- [x] more <!-- item 44 -->`, own);
    w.reconcile();
    expect(comment(w)?.body).toBe(before);
  });

  test("act.once, gate.begin: a tick is judged by the roster of its moment, and stays when its member leaves", () => {
    const w = voted();
    tick(w, OUTSIDER, [1]);
    w.reconcile();
    w.join("spec-core-team", OUTSIDER);
    tick(w, "KitsuneRal", [2]);
    w.reconcile();
    w.leave("spec-core-team", "KitsuneRal");
    w.wait(2 * DAY).reconcile();
    expect(ticks(w)).toEqual([[2, "KitsuneRal"]]);
  });

  test("gate.begin: ticks that cross another’s, or an edit of the clerk’s, are both kept", () => {
    const w = voted();
    const held = comment(w)?.body ?? "";
    tick(w, "dbkr", [1]);
    tick(w, "uhoreg", [2], true, held);
    w.reconcile();
    tick(w, "KitsuneRal", [3], true, held);
    w.reconcile();
    expect(ticks(w)).toEqual([
      [1, "dbkr"],
      [2, "uhoreg"],
      [3, "KitsuneRal"],
    ]);
    expect(boxes(w)).toEqual([true, true, true]);
  });

  test("ballot.tick: a box of the checklist is never a vote, and a box of the status comment never an item", () => {
    const w = moved("begin");
    tick(w, "dbkr", [1]);
    w.tick("uhoreg");
    w.reconcile();
    expect(w.register.motion?.ballots.map(({ member }) => member.login)).toEqual(["richvdh", "uhoreg"]);
    expect(ticks(w)).toEqual([[1, "dbkr"]]);
    // Lines of the other kind, by hand, in the wrong comment.
    const own = comment(w);
    w.rewrite("ara4n", `${own?.body}\n- [ ] @ara4n <!-- box spec-core-team -->`, own);
    w.rewrite("ara4n", `${own?.body}\n- [x] @ara4n <!-- box spec-core-team -->`, own);
    const status = w.status();
    const line = "- [ ] Security is considered <!-- item 3 -->";
    w.rewrite("ara4n", `${status?.body}\n${line}`, status);
    w.rewrite("ara4n", `${status?.body}\n${line.replace("[ ]", "[x]")}`, status);
    w.reconcile();
    expect(w.register.motion?.ballots.map(({ member }) => member.login)).toEqual(["richvdh", "uhoreg"]);
    expect(ticks(w)).toEqual([[1, "dbkr"]]);
  });

  test("gate.begin: in whatever order and repetition GitHub lists them, the same ticks come to the same", () => {
    const steps = fc.array(
      fc.record({
        by: fc.constantFrom("dbkr", "uhoreg", OUTSIDER),
        item: fc.integer({ min: 1, max: 3 }),
        ticked: fc.boolean(),
        looks: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(steps, (done) => {
        const w = moved();
        const expected = new Set<number>();
        for (const { by, item, ticked, looks } of done) {
          tick(w, by, [item], ticked);
          // An outsider’s box stands until it is put back: a member would not see the difference.
          if (by === OUTSIDER) w.reconcile();
          else if (ticked) expected.add(item);
          else expected.delete(item);
          if (looks) w.reconcile();
        }
        const plain = w.decide().register;
        const snapshot = w.snapshot();
        const mixed = w.clone();
        mixed.ownComments = [...w.ownComments].reverse();
        expect(mixed.decide().register).toEqual(plain);
        expect(snapshot.ownComments.length).toBeGreaterThan(1);
        w.reconcile();
        expect(ticks(w).map(([item]) => item)).toEqual([...expected].sort());
        expect(boxes(w)).toEqual([1, 2, 3].map((item) => expected.has(item)));
      }),
      { numRuns: 40 },
    );
  });
});

describe("act.durable, memory.kept: what was ticked stays", () => {
  test("act.durable: the comment that somebody deletes is posted again as it stood", () => {
    const w = voted();
    tick(w, "dbkr", [1, 2]);
    w.reconcile();
    const own = comment(w);
    if (own) w.removeOwn(own, OUTSIDER);
    w.wait(MINUTE).reconcile();
    expect(comment(w)?.id).not.toBe(own?.id);
    expect(boxes(w)).toEqual([true, true, false]);
    tick(w, "uhoreg", [3]);
    w.reconcile();
    expect(ticks(w)).toEqual([
      [1, "dbkr"],
      [2, "dbkr"],
      [3, "uhoreg"],
    ]);
  });

  test("memory.kept: that is three times a day at most, and then a day later", () => {
    const w = voted();
    for (let time = 0; time < 4; time += 1) {
      const own = comment(w);
      if (own) w.removeOwn(own, OUTSIDER);
      w.wait(MINUTE).reconcile();
      expect(comment(w) === undefined).toBe(time === 3);
    }
    w.wait(DAY).reconcile();
    expect(comment(w)).toBeDefined();
  });

  test("memory.lost: with the record lost the ticks are read again from the comment’s edits, and held until it is confirmed", () => {
    const w = voted("begin");
    tick(w, "dbkr", [1]);
    w.reconcile();
    tick(w, "uhoreg", [2, 3]);
    w.forget();
    w.wait(HOUR).reconcile();
    expect(ticks(w)).toEqual([
      [1, "dbkr"],
      [2, "uhoreg"],
      [3, "uhoreg"],
    ]);
    expect(w.decide()).toMatchObject({ phase: "proposed", reason: { code: "record_lost" } });
    w.wait(MINUTE);
    for (const login of ["erikjohnston", "KitsuneRal"]) w.say(login, "@mscbot confirm");
    expect(w.reconcile().phase).toBe("fcp");
  });

  test("said.locked: while it is locked nothing can be posted, and once unlocked it is", () => {
    const w = listed();
    w.pull.locked = true;
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    expect(comment(w)).toBeUndefined();
    w.pull.locked = false;
    w.wait(HOUR).reconcile();
    expect(boxes(w)).toEqual([false, false, false]);
  });
});

describe("text.same: a new motion", () => {
  const again = (w: World) => {
    w.say("richvdh", "@mscbot fcp cancel");
    w.reconcile();
    w.wait(HOUR);
    return () => {
      w.say("richvdh", "@mscbot fcp merge");
      w.reconcile();
    };
  };

  test("text.same: on the same text it keeps what was ticked, and the list before says that it has ended", () => {
    const w = voted();
    tick(w, "dbkr", [1, 2]);
    w.reconcile();
    const move = again(w);
    expect(comment(w)?.body).toContain("This checklist was for motion 1, which has ended");
    expect(itemBoxesOf(comment(w)?.body ?? "")).toEqual([]);
    w.gates = { checklist: facts("Something new", ITEMS[1], ITEMS[0]) };
    w.push("b".repeat(40), "a".repeat(40));
    move();
    expect(w.register.gates?.checklist?.ticks.map(({ item }) => item)).toEqual([2, 3]);
    expect(comment(w, 2)?.body).toContain("2 of 3 ticked");
    expect(comment(w, 2)?.body).toContain("at an earlier commit");
    // In the old list nobody ticks any more.
    const own = comment(w);
    w.rewrite("dbkr", `${own?.body}\n- [x] x <!-- item 1 -->`, own);
    w.reconcile();
    expect(w.register.gates?.checklist?.ticks.map(({ item }) => item)).toEqual([2, 3]);
  });

  test("text.same: on another text it starts empty", () => {
    const w = voted();
    tick(w, "dbkr", [1, 2]);
    w.reconcile();
    const move = again(w);
    w.push("b".repeat(40));
    w.reconcile();
    move();
    expect(w.register.gates?.checklist).toMatchObject({ motion: 2, ticks: [] });
  });

  test("act.head: a push during the motion takes no tick away, and each says at which commit it was made", () => {
    const w = voted();
    tick(w, "dbkr", [1]);
    w.reconcile();
    w.push("b".repeat(40));
    w.reconcile();
    expect(ticks(w)).toEqual([[1, "dbkr"]]);
    expect(comment(w)?.body).toContain("dbkr, 2 March 2026, at an earlier commit ([aaaaaaa...bbbbbbb](");
  });
});

describe("what the clerk sees beside an item", () => {
  test("gate.begin: where another gate looks at it, its findings stand beside the item, and are kept current", () => {
    const w = world({
      rules: {
        ...MATRIX,
        gates: [checklist(), { kind: "review_threads", name: "review_threads", before: "never" }],
      },
    });
    const thread = {
      url: `${w.pull.url}#discussion_r1`,
      by: w.account("dbkr"),
      at: w.now,
      resolved: false,
      resolvedBy: null,
    };
    w.gates = { checklist: facts(...ITEMS), threads: [thread] };
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    expect(comment(w)?.body).toContain("<!-- item 2 --> (The clerk sees: 1 of 1 waits: [dbkr’s](");
    w.gates = {
      checklist: facts(...ITEMS),
      threads: [{ ...thread, resolved: true, resolvedBy: w.account("dbkr") }],
    };
    w.reconcile();
    expect(comment(w)?.body).toContain("<!-- item 2 --> (The clerk sees: nothing is missing.)");
    expect(comment(w)?.body).toContain("- [ ] Security is considered <!-- item 3 -->\n");
  });
});

describe("what the clerk sees of the form", () => {
  test("gate.begin: sign-off, security, an unstable prefix and long lines are told where the form was read, else nothing is said", () => {
    const words = [
      "Changes are signed off",
      "There is a security section",
      "An unstable prefix is named",
      "Lines are wrapped at 120",
    ];
    const seen = (text: string | null, signedOff: "commit" | "nowhere" | "unknown" = "nowhere") => {
      const w = listed("conclude", facts(...words));
      if (text !== null)
        w.form = {
          ...{ kind: "read", description: "", branch: "b", headRepository: null, signedOff, shown: null },
          texts: [{ path: "proposals/1234-thing.md", text }],
        };
      w.say("richvdh", "@mscbot fcp merge");
      w.reconcile();
      return itemBoxesOf(comment(w)?.body ?? "").map(
        (box) => /\(The clerk sees: (.*)\)$/.exec(box.words)?.[1] ?? null,
      );
    };
    expect(seen(null)).toEqual([null, null, null, null]);
    expect(seen("# MSC1234\n\nsecurity org.matrix.msc\n")).toEqual([
      "no sign-off of the author’s is found.",
      "no heading names security.",
      "no unstable prefix is found.",
      "no line is over 120 characters.",
    ]);
    expect(
      seen(
        `# MSC1234\n## Security considerations\n\n\`org.matrix.msc1234.thing\`\n${"word ".repeat(30)}`,
        "commit",
      ),
    ).toEqual([
      "it is signed off.",
      "a heading names security.",
      "it names org.matrix.msc1234.",
      "1 line is over 120 characters.",
    ]);
    expect(seen("# MSC1234", "unknown")[0]).toBeNull();
  });
});

describe("the boxes of a checklist", () => {
  const page = (...ticked: readonly boolean[]) =>
    listRevisionOf(
      ticked.map((each, at) => `- [${each ? "x" : " "}] thing <!-- item ${at + 1} -->`).join("\r\n"),
    );

  const pages = (...all: readonly ListRevision[]) =>
    all.reduce((so, one) => so.add(one), new Pages<ListRevision>());

  test("gate.begin: a click is read as the fewest boxes that differ from a page that was there", () => {
    const [none, first] = [page(false, false), page(true, false)];
    expect(changedItems(page(false, true), pages(none, first))).toEqual([{ item: 2, ticked: true }]);
    expect(changedItems(none, pages(none, first))).toEqual([{ item: 1, ticked: false }]);
    expect(changedItems(page(false, true), pages(none, first, page(true, true)))).toEqual([
      { item: 1, ticked: false },
    ]);
    expect(changedItems(none, pages(none))).toEqual([]);
  });
});
