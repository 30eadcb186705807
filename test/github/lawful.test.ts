import { describe, expect, it } from "vitest";
import type { ValidConfig } from "../../src/config/outcome.js";
import { differences, rulesFingerprint } from "../../src/domain/amendment/differences.js";
import type { ConfigVersion } from "../../src/domain/amendment/history.js";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import type { LawfulNote, Register } from "../../src/domain/model/register.js";
import type { Rules } from "../../src/domain/model/rules.js";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import { DAY, type Instant, MINUTE, SECOND } from "../../src/domain/text/time.js";
import { Meter } from "../../src/github/client/meter.js";
import type { LawfulConfig, LawfulMemory } from "../../src/github/ports.js";
import type { ConfigHistory } from "../../src/github/read/governance/configHistory.js";
import { Lawful } from "../../src/github/read/governance/lawful.js";
import { MergedRecords } from "../../src/github/read/governance/mergedRecords.js";
import type { Pulls } from "../../src/github/read/pulls.js";
import { silentLog } from "../../src/platform/log.js";
import { inMemoryStore } from "../../src/store/inMemory.js";
import { adding, removing } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { CLERK, START, world } from "../support/world.js";

const REF = { installation: 1, owner: "matrix-org", name: "matrix-spec-proposals" };
const COMMIT = "c".repeat(40);
const NINE = adding("clokep", 210)(MATRIX);
const WEAK = removing("dbkr")(MATRIX);
const TEN = adding("jon", 211)(NINE);

/** Texts stand for rules by their print here. */
const RENAMED: Rules = { ...WEAK, labels: { ...WEAK.labels, fcp: "last-call", proposed_fcp: "call" } };
/** The same rules in another order. */
const SHUFFLED: Rules = {
  ...MATRIX,
  teams: MATRIX.teams.map((team) => ({ ...team, members: [...team.members].reverse() })),
};
const KNOWN = [MATRIX, NINE, WEAK, TEN, RENAMED, SHUFFLED];
const textOf = (rules: Rules): string => rulesFingerprint(rules);
const note = (number: number, rules: Rules, more: Partial<LawfulNote> = {}): LawfulNote => ({
  number,
  fingerprint: rulesFingerprint(rules),
  commit: COMMIT,
  adoptedAt: START,
  ...more,
});

class Body {
  now: Instant = START + 100 * DAY;
  present: Rules = MATRIX;
  adoptedAt: Instant = START;
  store: LawfulMemory = inMemoryStore();
  readonly pulls = new Map<number, Snapshot>();
  motions: number[] = [];
  openMotions = (_: Rules): readonly number[] => this.motions;
  closed: number[] = [];
  versions: ConfigVersion[] = [];
  readonly texts = new Map<string, string>();
  issues = false;
  /** What was asked for, by name. */
  asked: string[] = [];
  fails: string | null = null;
  #lawful: Lawful | null = null;

  get lawful(): Lawful {
    this.#lawful ??= this.#made();
    return this.#lawful;
  }

  /** The process ends and another begins. */
  restart(): void {
    this.#lawful = null;
  }

  #made(): Lawful {
    const answer = <T>(what: string, value: T): T | { kind: "unreadable"; why: string; retryAt: null } => {
      this.asked.push(what);
      return this.fails === what ? { kind: "unreadable", why: "502", retryAt: null } : value;
    };
    const list = (numbers: readonly number[]) => ({ kind: "read", numbers, upTo: this.now }) as const;
    const texts: ConfigHistory = {
      amendment: async () => ({ kind: "read", facts: null }),
      versions: async () => answer("versions", { kind: "read", versions: this.versions } as const),
      textAt: async (_, commit) =>
        answer("textAt", { kind: "read", text: this.texts.get(commit) ?? null } as const),
      openMotions: async (_, rules) => answer("openMotions", list(this.openMotions(rules))),
      lately: async () =>
        answer("lately", {
          kind: "read",
          pulls: this.closed.map((number) => ({
            number,
            merged: this.pulls.get(number)?.pull.state === "merged",
          })),
        } as const),
    };
    const pulls: Pick<Pulls, "read"> = {
      read: async ({ number }) => {
        const snapshot = this.pulls.get(number);
        return answer(
          `#${number}`,
          snapshot === undefined
            ? ({ kind: "gone", why: "no such pull request" } as const)
            : ({ kind: "read", snapshot } as const),
        );
      },
    };
    return new Lawful({
      memory: this.store,
      registers: new MergedRecords(pulls),
      texts,
      clock: { now: () => this.now, sleep: async () => {} },
      log: silentLog,
      meter: new Meter(),
      parse: (text) => KNOWN.find((rules) => textOf(rules) === text) ?? null,
      hasIssues: async () => answer("issues", { kind: "read", any: this.issues } as const),
    });
  }

  left(): void {
    this.issues = true;
  }

  config(rules = this.present): ValidConfig {
    return {
      kind: "valid",
      rules,
      commit: COMMIT,
      adoptedAt: this.adoptedAt,
      repository: 1,
      text: textOf(rules),
    };
  }

  state(sight: Snapshot | null = null) {
    return this.lawful.state(REF, this.config(), sight);
  }

  kept = async (): Promise<LawfulConfig | null> => {
    const stored = await this.store.lawful(1);
    return stored.kind === "stored" ? stored.kept : null;
  };

  /** The config comes to the branch: by a PR, or pushed. */
  comes(rules: Rules, at: Instant, pull: number | null = null): void {
    this.present = rules;
    this.versions.push({
      commit: `${at}`.padEnd(40, "0"),
      at,
      rules,
      pull,
      mergedHead: pull === null ? null : "a".repeat(40),
      author: null,
      by: "mallory",
      approved: false,
    });
    this.texts.set(`${at}`.padEnd(40, "0"), textOf(rules));
  }

  pull(
    number: number,
    register: Register | null,
    more: (snapshot: Snapshot) => Snapshot = (one) => one,
  ): Snapshot {
    const w = world();
    w.pull.number = number;
    const snapshot = more({ ...w.snapshot(), register });
    this.pulls.set(number, snapshot);
    return snapshot;
  }

  /** A merged amendment that had passed, as the clerk's record has it. */
  amendment(
    number: number,
    from: LawfulNote | null,
    base: Rules,
    makes: Rules,
    at: Instant,
    passed = true,
  ): void {
    const seen: NonNullable<Register["lastSeen"]> = {
      head: "a".repeat(40),
      base: rulesFingerprint(base),
      makes: rulesFingerprint(makes),
      fingerprints: differences(base, makes, new Map()).map(({ fingerprint: print }) => print),
      since: [],
      own: [],
      judgedBy: from === null ? null : { number: from.number, fingerprint: from.fingerprint },
      passed,
      record: null,
    };
    this.pull(number, { ...emptyRegister, seq: 1, lastSeen: seen, lawful: from }, (snapshot) => ({
      ...snapshot,
      pull: { ...snapshot.pull, state: "merged", mergedAt: at, closedAt: at },
    }));
  }
}

function body(): Body {
  const made = new Body();
  made.comes(MATRIX, START);
  made.texts.set(COMMIT, textOf(MATRIX));
  return made;
}

/** With MATRIX kept as the first. */
async function founded(): Promise<Body> {
  const made = body();
  await made.state();
  made.asked = [];
  return made;
}

describe("the first sight of a repository", () => {
  it("config.lawful: where the clerk has never been, the present config is the first, and kept at once", async () => {
    const b = body();
    expect(await b.state()).toEqual({ kind: "lawful", note: note(1, MATRIX) });
    expect(await b.kept()).toMatchObject({ number: 1, text: textOf(MATRIX), adoptedAt: START });
    b.asked = [];
    await b.state();
    expect(b.asked).toEqual([]);
  });

  it.each(["issues", "openMotions", "lately", "versions", "#5"])(
    "config.lawful: while %s cannot be read, nobody knows whether it is the first",
    async (what) => {
      const b = body();
      b.motions = [5];
      b.pull(5, null);
      b.fails = what;
      expect((await b.state()).kind).toBe("unreadable");
      expect(await b.kept()).toBeNull();
      b.fails = null;
      expect((await b.state()).kind).toBe("lawful");
    },
  );

  it("act.adoption: it is never after the clerk's own first word", async () => {
    const b = body();
    const at = START - 5 * DAY;
    b.pull(5, null, (snapshot) => ({
      ...snapshot,
      events: [
        ...snapshot.events,
        { id: "E", at, actor: CLERK, byClerk: true, kind: "unlabeled", label: "proposal-in-review" },
      ],
    }));
    b.closed = [5];
    await b.state();
    expect((await b.kept())?.adoptedAt).toBe(at);
  });

  it("config.lawful: of two instances that see it at once, what one has kept is what the other believes", async () => {
    const b = body();
    const { store } = b;
    b.store = {
      lawful: store.lawful.bind(store),
      putLawful: async (repository, next, expected) => {
        await store.putLawful(
          repository,
          { ...next, text: textOf(WEAK), fingerprint: rulesFingerprint(WEAK) },
          null,
        );
        return store.putLawful(repository, next, expected);
      },
    };
    expect(await b.state()).toMatchObject({ kind: "unlawful", rules: WEAK });
  });

  it("config.lawful: without its store the clerk decides nothing", async () => {
    const b = body();
    const down = { kind: "unavailable", why: "the disk is full" } as const;
    b.store = { lawful: async () => down, putLawful: async () => down };
    expect(await b.state()).toMatchObject({ kind: "unreadable", retryAt: b.now + MINUTE });
  });
});

describe("with what is kept", () => {
  it("config.lawful: another config without an approved amendment is not lawful, and the kept one is the measure", async () => {
    const b = await founded();
    b.comes(WEAK, b.now);
    expect(await b.state()).toEqual({ kind: "unlawful", note: note(1, MATRIX), rules: MATRIX });
    b.comes(MATRIX, b.now + 1);
    expect((await b.state()).kind).toBe("lawful");
  });

  it("config.lawful: the kept config in another order needs no amendment, and nothing is searched for", async () => {
    const b = await founded();
    b.asked = [];
    b.comes(SHUFFLED, b.now);
    expect(await b.state()).toEqual({ kind: "lawful", note: note(1, MATRIX) });
    expect(b.asked).toEqual([]);
    b.comes(WEAK, b.now + 1);
    expect(await b.state()).toMatchObject({ kind: "unlawful", rules: MATRIX });
  });

  it("config.lawful: an amendment that passed leads on, and what it made is kept", async () => {
    const b = await founded();
    b.amendment(7, note(1, MATRIX), MATRIX, NINE, b.now);
    b.comes(NINE, b.now, 7);
    expect(await b.state()).toMatchObject({
      kind: "lawful",
      note: { number: 2, fingerprint: rulesFingerprint(NINE) },
    });
    expect(await b.kept()).toMatchObject({ number: 2, text: textOf(NINE), adoptedAt: START });
  });

  it.each([
    ["had not passed", (b: Body) => b.amendment(7, note(1, MATRIX), MATRIX, NINE, b.now, false)],
    ["was judged by another lawful config", (b: Body) => b.amendment(7, note(1, WEAK), MATRIX, NINE, b.now)],
    ["was judged by an earlier one", (b: Body) => b.amendment(7, note(0, MATRIX), MATRIX, NINE, b.now)],
    ["was to make something else", (b: Body) => b.amendment(7, note(1, MATRIX), MATRIX, TEN, b.now)],
    ["left no record", (b: Body) => void b.pull(7, null)],
    [
      "is not merged",
      (b: Body) => {
        b.amendment(7, note(1, MATRIX), MATRIX, NINE, b.now);
        const made = b.pulls.get(7);
        if (made) b.pulls.set(7, { ...made, pull: { ...made.pull, state: "open", mergedAt: null } });
      },
    ],
  ])("config.lawful: one that %s leads nowhere", async (_, made) => {
    const b = await founded();
    made(b);
    b.comes(NINE, b.now, 7);
    expect((await b.state()).kind).toBe("unlawful");
  });

  it("config.lawful: two of them that the clerk has not seen land are two steps", async () => {
    const b = await founded();
    b.amendment(7, note(1, MATRIX), MATRIX, NINE, b.now);
    b.comes(NINE, b.now, 7);
    b.amendment(8, note(2, NINE), NINE, TEN, b.now + 1);
    b.comes(TEN, b.now + 1, 8);
    expect(await b.state()).toMatchObject({ kind: "lawful", note: { number: 3 } });
  });

  it("config.lawful: past the last that landed, what was pushed over it is not lawful by that one", async () => {
    const b = await founded();
    b.amendment(7, note(1, MATRIX), MATRIX, NINE, b.now);
    b.comes(NINE, b.now, 7);
    b.comes(WEAK, b.now + 1);
    expect(await b.state()).toMatchObject({ kind: "unlawful", note: { number: 2 }, rules: NINE });
  });

  it("config.lawful: what was not found is looked for again after ten minutes, and not at every look", async () => {
    const b = await founded();
    b.comes(NINE, b.now);
    expect((await b.state()).kind).toBe("unlawful");
    // GitHub shows the merge only now.
    b.closed = [7];
    b.amendment(7, note(1, MATRIX), MATRIX, NINE, b.now);
    b.asked = [];
    b.now += 10 * MINUTE - 1;
    expect((await b.state()).kind).toBe("unlawful");
    expect(b.asked).toEqual([]);
    b.now += 1;
    expect((await b.state()).kind).toBe("lawful");
  });

  it("config.lawful: a history that does not show the present config yet is asked again, and reports nothing", async () => {
    const b = await founded();
    b.present = WEAK;
    expect((await b.state()).kind).toBe("unreadable");
  });

  it("config.lawful: another instance that keeps another one meanwhile is not written over", async () => {
    const b = await founded();
    b.amendment(7, note(1, MATRIX), MATRIX, NINE, b.now);
    b.comes(NINE, b.now, 7);
    const { store } = b;
    const theirs = { ...note(2, TEN), text: textOf(TEN) };
    b.store = {
      lawful: store.lawful.bind(store),
      putLawful: async (repository, next, expected) => {
        await store.putLawful(repository, theirs, 1);
        return store.putLawful(repository, next, expected);
      },
    };
    b.restart();
    expect(await b.state()).toMatchObject({ kind: "unreadable", retryAt: b.now + SECOND });
    expect(await b.kept()).toEqual(theirs);
  });
});

describe("with the store lost", () => {
  it("config.lawful: the newest note of all signed records is believed, and its text read at its commit", async () => {
    const b = body();
    b.motions = [5, 6];
    b.pull(5, { ...emptyRegister, seq: 90, lawful: note(2, WEAK) });
    b.pull(6, { ...emptyRegister, seq: 3, lawful: note(3, MATRIX, { adoptedAt: START - DAY }) });
    b.comes(WEAK, b.now);
    expect(await b.state()).toMatchObject({ kind: "unlawful", note: { number: 3 }, rules: MATRIX });
    expect(await b.kept()).toMatchObject({ number: 3, text: textOf(MATRIX), adoptedAt: START - DAY });
  });

  it("config.lawful: a config that calls the labels otherwise hides no record", async () => {
    const b = body();
    b.openMotions = (rules) => (rules.labels.fcp === MATRIX.labels.fcp ? [6] : []);
    b.pull(6, { ...emptyRegister, seq: 3, lawful: note(3, MATRIX) });
    b.comes(RENAMED, b.now);
    expect(await b.state()).toMatchObject({ kind: "unlawful", rules: MATRIX });
  });

  it("config.lawful: an older note leads on by the amendments since", async () => {
    const b = body();
    b.motions = [5];
    b.pull(5, { ...emptyRegister, seq: 9, lawful: note(1, MATRIX) });
    b.amendment(7, note(1, MATRIX), MATRIX, NINE, b.now);
    b.comes(NINE, b.now, 7);
    expect(await b.state()).toMatchObject({ kind: "lawful", note: { number: 2 } });
  });

  it("config.lawful: records of a clerk that noted nothing go by the history, once", async () => {
    const b = body();
    b.motions = [5];
    b.pull(5, { ...emptyRegister, seq: 9 });
    b.comes(WEAK, b.now);
    b.texts.set(COMMIT, textOf(WEAK));
    expect(await b.state()).toMatchObject({ kind: "unlawful", rules: MATRIX });
  });
});

describe("with a store put back from before", () => {
  it("config.lawful: a newer note in a signed record overtakes it", async () => {
    const b = await founded();
    b.comes(NINE, b.now);
    const sight = b.pull(5, { ...emptyRegister, seq: 9, lawful: note(2, NINE, { commit: "d".repeat(40) }) });
    b.texts.set("d".repeat(40), textOf(NINE));
    expect(await b.state(sight)).toMatchObject({ kind: "lawful", note: { number: 2 } });
    expect(await b.kept()).toMatchObject({ number: 2, text: textOf(NINE) });
    b.asked = [];
    expect(await b.state(sight)).toMatchObject({ kind: "lawful" });
    expect(b.asked).toEqual([]);
  });

  it("config.lawful: what was voted out since does not become lawful again by the older store", async () => {
    const b = await founded();
    const sight = b.pull(5, { ...emptyRegister, seq: 9, lawful: note(2, NINE, { commit: "d".repeat(40) }) });
    b.texts.set("d".repeat(40), textOf(NINE));
    expect(await b.state(sight)).toMatchObject({ kind: "unlawful", note: { number: 2 }, rules: NINE });
  });

  it.each([1, 0])(
    "config.lawful: a note of number %i, no newer than the store's, changes nothing",
    async (number) => {
      const b = await founded();
      const sight = b.pull(5, { ...emptyRegister, seq: 9, lawful: note(number, WEAK) });
      expect(await b.state(sight)).toMatchObject({ kind: "lawful", note: { number: 1 } });
      expect(b.asked).toEqual([]);
    },
  );

  it("config.lawful: with the newer one's text gone it is lost and held, and not searched for at every look", async () => {
    const b = await founded();
    const sight = b.pull(5, { ...emptyRegister, seq: 9, lawful: note(2, NINE, { commit: "d".repeat(40) }) });
    expect(await b.state(sight)).toMatchObject({ kind: "lost" });
    b.asked = [];
    expect(await b.state(sight)).toMatchObject({ kind: "lost" });
    expect(b.asked).toEqual([]);
    b.now += 10 * MINUTE;
    b.texts.set("d".repeat(40), textOf(NINE));
    expect(await b.state(sight)).toMatchObject({ kind: "unlawful", rules: NINE });
  });
});

describe("with both copies lost", () => {
  const spoken = (b: Body) => {
    b.motions = [5];
    return b.pull(5, null, (snapshot) => ({
      ...snapshot,
      events: [
        ...snapshot.events,
        {
          id: "E",
          at: START + DAY,
          actor: CLERK,
          byClerk: true,
          kind: "labeled",
          label: "final-comment-period",
        },
      ],
    }));
  };

  it.each([
    ["a label of a motion that it put on", spoken],
    [
      "a comment that somebody has deleted",
      (b: Body) => {
        b.closed = [5];
        b.pull(5, null, (snapshot) => ({
          ...snapshot,
          events: [
            ...snapshot.events,
            {
              id: "E",
              at: START,
              actor: { type: "User", login: "mallory", id: 666 },
              byClerk: false,
              kind: "comment_deleted",
              author: CLERK,
            },
          ],
        }));
      },
    ],
    ["an issue", (b: Body) => b.left()],
  ])(
    "config.lawful: %s shows that it was here: what is lawful is not known, and nothing is kept",
    async (_, made) => {
      const b = body();
      made(b);
      expect(await b.state()).toEqual({
        kind: "lost",
        present: note(Math.floor(b.now / SECOND), MATRIX),
      });
      expect(await b.kept()).toBeNull();
    },
  );

  it("config.lawful: what is written while nobody knows is no record of a clerk of before, to go by the history", async () => {
    const b = body();
    b.motions = [5];
    b.pull(5, { ...emptyRegister, seq: 9, lawful: note(0, WEAK) });
    b.comes(WEAK, b.now);
    expect((await b.state()).kind).toBe("lost");
  });

  it("config.lawful: the text of the newest note being gone from GitHub, nothing older is believed", async () => {
    const b = body();
    b.motions = [5, 6];
    b.pull(5, { ...emptyRegister, seq: 9, lawful: note(1, MATRIX) });
    b.pull(6, { ...emptyRegister, seq: 9, lawful: note(2, NINE, { commit: "f".repeat(40) }) });
    expect((await b.state()).kind).toBe("lost");
  });

  it("config.lawful: it is searched for again after ten minutes, and at once where a record has been confirmed", async () => {
    const b = body();
    const sight = spoken(b);
    await b.state();
    b.asked = [];
    b.now += 10 * MINUTE - 1;
    expect((await b.state(sight)).kind).toBe("lost");
    expect(b.asked).toEqual([]);
    const confirmed = b.pull(5, { ...emptyRegister, seq: 9, lawful: note(1_800_000_000, MATRIX) });
    expect(await b.state(confirmed)).toMatchObject({ kind: "lawful", note: { number: 1_800_000_000 } });
  });

  it("config.lawful: an amendment that passed meanwhile is lawful by what it made, one of before is not", async () => {
    const b = body();
    spoken(b);
    b.amendment(7, null, WEAK, NINE, b.now);
    b.closed = [7];
    b.comes(NINE, b.now, 7);
    expect(await b.state()).toMatchObject({ kind: "lawful", note: { number: Math.floor(b.now / SECOND) } });
  });

  it("config.lawful: a kept text that this clerk reads as no config is as good as lost, and does not make the present one the first", async () => {
    const b = await founded();
    const former = { ...note(4, MATRIX), text: "a config of another day" };
    await b.store.putLawful(1, former, 1);
    b.restart();
    expect((await b.state()).kind).toBe("lost");
    expect(await b.kept()).toEqual(former);
    b.pull(5, { ...emptyRegister, seq: 9, lawful: note(5, MATRIX) });
    b.motions = [5];
    b.now += 10 * MINUTE;
    expect(await b.state()).toMatchObject({ kind: "lawful", note: { number: 5 } });
  });
});
