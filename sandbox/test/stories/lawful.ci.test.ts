import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, it } from "vitest";
import { type Edit, seat, specChange, unseat } from "../support/constitution.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { CONFIG, type Rehearsal, type RehearsalOptions, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 0 });

const SCT = [
  "ara4n",
  "erikjohnston",
  "richvdh",
  "dbkr",
  "uhoreg",
  "anoadragon453",
  "turt2live",
  "KitsuneRal",
] as const;

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

/** The clerk at work, with one open motion; mallory may push anywhere and is on no team. */
async function atWork(options: RehearsalOptions = {}): Promise<number> {
  r = rehearsal(options);
  r.sandbox.addUser("mallory", { id: 50_000_666, level: "write" });
  r.sandbox.addUser("clokep", { id: 50_000_001 });
  await r.start();
  const n = r.propose();
  await r.act(() => r.as("KitsuneRal").comment(n, "@mscbot fcp merge"));
  await r.advance(HOUR);
  return n;
}

const text = () => r.sandbox.fileText(CONFIG) ?? "";
const weak = () => specChange("1%")(text());
const tip = () => r.sandbox.repository.branches.get(r.sandbox.repository.defaultBranch) ?? "";
const issues = () => r.reports();
const UNLAWFUL = "The config was changed without an approved amendment";

/** What one vote does to a new proposal: with the weaker config and nothing else it would begin. */
async function oneVote(): Promise<readonly string[]> {
  const p = r.propose("MSC2448: Blurhash", { "proposals/2448-blurhash.md": "# Blurhash\n" });
  await r.act(() => r.as("KitsuneRal").comment(p, "@mscbot fcp merge"));
  await r.advance(HOUR);
  return r.labels(p);
}

async function reportedAndHeld(): Promise<void> {
  await r.advance(HOUR);
  expect(await oneVote()).not.toContain("final-comment-period");
  expect(issues()).toMatchObject([{ title: UNLAWFUL, state: "open" }]);
  expect(issues()[0]?.body).toContain("from “75%” to “1%”");
}

/** All that whoever may push can do to a history. */
const PUSHES: readonly (readonly [string, () => void])[] = [
  ["pushed to the branch", () => void r.as("mallory").pushTo(null, { [CONFIG]: weak() })],
  [
    "merged from a branch that never knew the old one, without force",
    () => {
      const [before, changed] = [tip(), weak()];
      const side = r.as("mallory").pushTo("side", { [CONFIG]: changed }, { onto: [] }).oid;
      r.as("mallory").pushTo(
        null,
        { [CONFIG]: changed },
        { onto: [before, side], message: "Merge branch side" },
      );
    },
  ],
  [
    "the history is rewritten by force",
    () => void r.as("mallory").pushTo(null, { [CONFIG]: weak() }, { onto: [] }),
  ],
  [
    "rewritten with dates of long ago",
    () =>
      void r
        .as("mallory")
        .pushTo(null, { [CONFIG]: weak() }, { onto: [], committer: { date: Date.UTC(2001, 0, 1) } }),
  ],
  [
    "another branch, with another history, is the default branch now",
    () => {
      r.as("mallory").pushTo("next", { [CONFIG]: weak() }, { onto: [] });
      for (const thread of r.sandbox.repository.threads.values())
        if (thread.pull) r.as("ara4n").edit(thread.number, { base: "next" });
      r.sandbox.setDefaultBranch("next");
    },
  ],
];

/** Which of them are tried while the clerk is away: they are the same to a start. `LAWFUL=all` tries each. */
const some = (...at: readonly number[]) =>
  process.env.LAWFUL === "all" ? PUSHES : PUSHES.filter((_, index) => at.includes(index));

describe("a weaker config that nobody approved", () => {
  it.each(PUSHES)("config.lawful: %s: it lets nothing begin, and is reported once", async (_, push) => {
    await atWork();
    await r.act(push);
    await reportedAndHeld();
    // Two rounds later.
    await r.advance(13 * HOUR);
    expect(issues()).toHaveLength(1);
  });

  it.each(some(0, 3))("config.lawful: … also while the clerk is down: %s", async (_, push) => {
    await atWork();
    r.kill();
    await r.act(push);
    await r.start();
    await reportedAndHeld();
  });

  it.each(some(2, 4))("config.lawful: … also when it has lost its store meanwhile: %s", async (_, push) => {
    await atWork();
    r.loseStore();
    await r.act(push);
    await r.start();
    await reportedAndHeld();
  });

  it("config.lawful: the store has it also where every signed copy is gone", async () => {
    const n = await atWork();
    await r.act(() => r.as("mallory").deleteComment(r.status(n).id));
    r.kill();
    await r.act(() => {
      r.as("mallory").deleteComment(r.status(n).id);
      r.as("ShadowJonathan").push(n, { "proposals/1772-spaces.md": "# Spaces, again\n" });
      r.as("mallory").pushTo(null, { [CONFIG]: weak() }, { onto: [] });
    });
    await r.start();
    await reportedAndHeld();
  });

  it("config.lawful: with both copies lost nothing begins, it is told, and members who confirm a record confirm the config", async () => {
    const n = await atWork();
    r.loseStore();
    await r.act(() => {
      // No read reaches the check run that held the record.
      r.as("ShadowJonathan").pushAll(
        n,
        Array.from({ length: 101 }, (_, at) => ({ "proposals/1772-spaces.md": `# Spaces\n${at}\n` })),
      );
      for (const { id } of r.said(n)) r.as("mallory").deleteComment(id);
      r.as("mallory").pushTo(null, { [CONFIG]: weak() }, { onto: [] });
    });
    await r.start();
    await r.advance(HOUR);
    expect(issues()).toMatchObject([
      { title: "The clerk does not know any more which config is lawful", state: "open" },
    ]);
    expect(await oneVote()).not.toContain("final-comment-period");
    const p = Math.max(...r.sandbox.repository.threads.keys());
    expect(r.status(p).body).toContain("the clerk has lost what it knew to be lawful");
    for (const login of ["dbkr", "uhoreg"]) await r.act(() => r.as(login).comment(n, "@mscbot confirm"));
    await r.advance(DAY);
    expect(issues()).toMatchObject([{ state: "closed" }]);
    expect(r.labels(p)).toContain("final-comment-period");
  });

  it("config.lawful: reverted, by whatever history, it is lawful again and the report is closed", async () => {
    await atWork();
    const before = text();
    await r.act(() => r.as("mallory").pushTo(null, { [CONFIG]: weak() }, { onto: [] }));
    await reportedAndHeld();
    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: `${before}# as it was\n` }, { onto: [] }));
    await r.advance(HOUR);
    expect(issues()).toMatchObject([{ state: "closed" }]);
  });

  it("config.lawful: broken by a rewritten history, it is reported too", async () => {
    await atWork();
    await r.act(() => r.as("mallory").pushTo(null, { [CONFIG]: "version: 2\n" }, { onto: [] }));
    await r.advance(HOUR);
    expect(issues()).toMatchObject([{ title: UNLAWFUL, state: "open" }]);
  });

  it("config.lawful: a change that changes nothing by its meaning is none, whatever the history", async () => {
    await atWork();
    await r.act(() => r.as("mallory").pushTo(null, { [CONFIG]: `${text()}# a note\n` }, { onto: [] }));
    await r.advance(HOUR);
    expect(issues()).toEqual([]);
  });
});

describe("an amendment that passed", () => {
  async function approved(edit: Edit, ...more: readonly string[]): Promise<number> {
    let n = 0;
    await r.act(() => {
      ({ number: n } = r
        .as("richvdh")
        .openPull({ title: "Amend", body: "Why not", files: { [CONFIG]: edit(text()) } }));
    });
    await r.act(() => r.as("richvdh").comment(n, "@mscbot propose"));
    for (const login of [...SCT, ...more]) if (login !== "richvdh") await r.act(() => r.as(login).approve(n));
    expect(r.check(n)?.conclusion).toBe("success");
    return n;
  }
  const nobodyReports = async () => {
    await r.advance(HOUR);
    expect(issues()).toEqual([]);
  };

  it.each(["merge", "squash", "rebase"] as const)(
    "config.lawful: merged by %s while the clerk is down, it is lawful when it comes back, with its store or without",
    async (method) => {
      await atWork();
      const n = await approved(seat("clokep", 50_000_001));
      r.kill();
      await r.act(() => r.as("dbkr").merge(n, method));
      await r.start();
      await nobodyReports();
      r.loseStore();
      await r.start();
      await nobodyReports();
    },
  );

  it("config.lawful: it is found by the clerk's own record where the history does not name it", async () => {
    await atWork();
    const n = await approved(seat("clokep", 50_000_001));
    r.kill();
    await r.act(() => {
      r.as("dbkr").merge(n);
      // Somebody has rewritten the branch since; the config is what was approved.
      r.as("mallory").pushTo(null, { [CONFIG]: text() }, { onto: [] });
    });
    await r.start();
    await nobodyReports();
  });

  it("config.lawful: it leads there once: what was taken back by another amendment is not brought back by a push", async () => {
    await atWork();
    const before = text();
    const there = await approved(seat("clokep", 50_000_001));
    await r.act(() => r.as("dbkr").merge(there));
    const nine = text();
    const back = await approved(unseat("clokep"));
    await r.act(() => r.as("dbkr").merge(back));
    expect(text()).toBe(before);
    await nobodyReports();
    for (const lost of [false, true]) {
      if (lost) r.loseStore();
      else r.kill();
      await r.act(() => r.as("mallory").pushTo(null, { [CONFIG]: nine }, { onto: [] }));
      await r.start();
      await r.advance(HOUR);
      expect(issues()).toMatchObject([{ title: UNLAWFUL, state: "open" }]);
    }
  });

  it("config.lawful: it ratifies what it was approved on top of, and what is pushed past it later is reported again", async () => {
    await atWork();
    await r.act(() =>
      r.as("mallory").pushTo(null, { [CONFIG]: seat("mallory", 50_000_666)(text()) }, { onto: [] }),
    );
    await r.advance(HOUR);
    expect(issues()).toMatchObject([{ state: "open" }]);
    // By the present rules it has to pass too, and they have mallory on the team.
    const n = await approved((now) => seat("clokep", 50_000_001)(unseat("mallory")(now)), "mallory");
    await r.act(() => r.as("dbkr").merge(n));
    await r.advance(HOUR);
    expect(issues()).toMatchObject([{ state: "closed" }]);
    await r.act(() => r.as("mallory").pushTo(null, { [CONFIG]: weak() }));
    await r.advance(HOUR);
    expect(issues()).toMatchObject([{ state: "open" }]);
  });
});

describe("when the clerk was adopted", () => {
  /** The config as it is, by a commit of that date. */
  const merged = (date: number) => {
    const [before, same] = [tip(), text()];
    const dated = { author: { date }, committer: { date } };
    const side = r.as("mallory").pushTo("side", { [CONFIG]: same }, { onto: [], ...dated }).oid;
    r.as("mallory").pushTo(null, { [CONFIG]: same }, { onto: [side, before], message: "Merge" });
  };
  const heard = async () => {
    const n = r.propose("MSC2448: Blurhash", { "proposals/2448-blurhash.md": "# Blurhash\n" });
    await r.settle();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    return r.labels(n).includes("proposed-final-comment-period");
  };

  it.each([
    ["with its store", false],
    ["without it", true],
  ])("act.adoption: a commit dated 2090 makes nobody unheard after a restart, %s", async (_, lost) => {
    const n = await atWork();
    await r.act(() => merged(Date.UTC(2090, 0, 1)));
    if (lost) r.loseStore();
    else r.kill();
    await r.start();
    expect(await heard()).toBe(true);
    // Nor is it after the clerk's own first word: what was said before the restart stays said.
    await r.act(() => r.as("dbkr").comment(n, "@mscbot reviewed"));
    expect(r.status(n).body).toContain("**2 of 6 needed, of 8**");
  });

  it("act.adoption: nor where the clerk has never said a word", async () => {
    r = rehearsal();
    r.sandbox.addUser("mallory", { id: 50_000_666, level: "write" });
    await r.start();
    await r.act(() => merged(Date.UTC(2090, 0, 1)));
    r.loseStore();
    await r.start();
    expect(await heard()).toBe(true);
  });

  it("act.adoption: a commit of long ago makes nothing an act that was none", async () => {
    r = rehearsal({ config: null });
    r.sandbox.addUser("mallory", { id: 50_000_666, level: "write" });
    const n = r.propose();
    await r.clock.advance(HOUR);
    r.as("richvdh").comment(n, "@mscbot fcp merge");
    await r.clock.advance(HOUR);
    const { matrixConfig } = await import("../../src/roster.js");
    r.as("ara4n").pushTo(null, { [CONFIG]: matrixConfig() });
    await r.start();
    expect(r.labels(n)).not.toContain("proposed-final-comment-period");
    await r.act(() => merged(Date.UTC(2001, 0, 1)));
    r.kill();
    await r.start();
    await r.act(() => r.as("dbkr").comment(n, "Nice weather"));
    await r.advance(DAY);
    expect(r.labels(n)).not.toContain("proposed-final-comment-period");
  });
});
