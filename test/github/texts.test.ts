import { describe, expect, it } from "vitest";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import { MINUTE, SECOND } from "../../src/domain/text/time.js";
import type { Answer, Caller } from "../../src/github/client/call.js";
import { Texts } from "../../src/github/read/texts.js";
import { MATRIX } from "../support/rules.js";
import { HEAD, START, world } from "../support/world.js";

const REF = { installation: 1, owner: "matrix-org", name: "proposals", number: 1234 };
const NEW = "b".repeat(40);

interface File {
  readonly filename: string;
  readonly previous_filename?: string;
}
type Tree = Readonly<Record<string, { mode: number; oid: string }>>;

/** A GitHub that knows what some commits change, and their trees. */
function github() {
  const made = {
    now: START,
    asked: [] as string[],
    files: new Map<string, readonly File[] | number | "down">(),
    trees: new Map<string, Tree | null>([["base", {}]]),
    /** Where a commit forked from, if not from the same as ever. */
    bases: new Map<string, string>(),
    texts: null as unknown as Texts,
    read: async (register: Partial<Snapshot["register"] & object> = {}) => {
      const w = world();
      w.review("dbkr", "approved", "", HEAD);
      w.push(NEW);
      const snapshot = { ...w.snapshot(), texts: [], register: { ...emptyRegister, ...register } };
      return made.texts.complete(REF, snapshot, MATRIX);
    },
  };
  const call = async (_: unknown, route: string, parameters: Record<string, unknown>): Promise<unknown> => {
    if (route.startsWith("GET")) {
      const basehead = String(parameters.basehead);
      made.asked.push(basehead);
      const files = made.files.get(basehead.split("...")[1] ?? "") ?? 404;
      if (files === "down") return { kind: "later", why: "502", retryAt: null };
      if (typeof files === "number") return { kind: "no", status: files, why: "none", at: "request" };
      const sha = made.bases.get(basehead.split("...")[1] ?? "") ?? "base";
      return { kind: "ok", data: { files, commits: [], merge_base_commit: { sha } }, headers: {} };
    }
    const variables = parameters.variables as Record<string, string>;
    made.asked.push(`tree of ${variables.commit}`);
    const tree = made.trees.get(variables.commit ?? "") ?? null;
    const parts = Object.entries(variables).flatMap(([name, path]) => {
      const at = /^path(\d+)$/.exec(name)?.[1];
      return at === undefined ? [] : [[`part${at}`, tree?.[path] ?? null] as const];
    });
    const object = tree === null ? null : Object.fromEntries(parts);
    return { kind: "ok", data: { data: { repository: { object } } }, headers: {} } satisfies
      | Partial<Answer>
      | object;
  };
  made.texts = new Texts({ call, now: () => made.now } as unknown as Caller);
  return made;
}

const blob = (oid: string, mode = 0o100644) => ({ mode, oid });

/** The texts of the head before and the head. */
async function both(g: ReturnType<typeof github>, register = {}) {
  const read = await g.read(register);
  if (read.kind !== "read") throw new Error(read.why);
  const known = new Map(read.snapshot.texts.map(({ commit, text }) => [commit, text]));
  return [known.get(HEAD), known.get(NEW)] as const;
}

/** Until it does not wait any more. */
async function waited(g: ReturnType<typeof github>): Promise<void> {
  for (let read = await g.read(); read.kind === "unreadable"; read = await g.read())
    g.now = read.retryAt ?? g.now;
}

describe("text.same: what a pull request changes at a commit", () => {
  const changed = (tree: Tree, files: readonly File[] = [{ filename: "a.md" }]) => {
    const g = github();
    g.files.set(HEAD, [{ filename: "a.md" }]).set(NEW, files);
    g.trees.set(HEAD, { "a.md": blob("1"), "b.md": blob("9") }).set(NEW, tree);
    return g;
  };

  it("is the same with the same paths, modes and blobs, whatever else the tree holds", async () => {
    const [one, other] = await both(changed({ "a.md": blob("1"), "b.md": blob("8") }));
    expect(one).toBeDefined();
    expect(other).toBe(one);
  });

  it.each<[string, Tree, readonly File[]]>([
    ["another blob", { "a.md": blob("2") }, [{ filename: "a.md" }]],
    ["another mode", { "a.md": blob("1", 0o100755) }, [{ filename: "a.md" }]],
    ["another path", { "c.md": blob("1") }, [{ filename: "c.md" }]],
    ["one more file", { "a.md": blob("1"), "b.md": blob("9") }, [{ filename: "a.md" }, { filename: "b.md" }]],
    ["one file less", {}, []],
    ["the file removed", {}, [{ filename: "a.md" }]],
    ["a file moved", { "a.md": blob("1") }, [{ filename: "a.md", previous_filename: "z.md" }]],
  ])("is another with %s", async (_, tree, files) => {
    const [one, other] = await both(changed(tree, files));
    expect(other).toBeDefined();
    expect(other).not.toBe(one);
  });

  it("is another where the same blob takes the place of another one: what the default branch got meanwhile is taken back", async () => {
    const g = changed({ "a.md": blob("1") });
    g.trees.set("base", { "a.md": blob("0") }).set("newer base", { "a.md": blob("5") });
    g.bases.set(NEW, "newer base");
    const [one, other] = await both(g);
    expect(other).toBeDefined();
    expect(other).not.toBe(one);
  });

  it("is the same from a newer default branch that has not touched its files", async () => {
    const g = changed({ "a.md": blob("1") });
    g.trees.set("base", { "a.md": blob("0") }).set("newer base", { "a.md": blob("0"), "b.md": blob("5") });
    g.bases.set(NEW, "newer base");
    const [one, other] = await both(g);
    expect(one).toBeDefined();
    expect(other).toBe(one);
  });

  it("is not known without the tree it forked from", async () => {
    const g = changed({ "a.md": blob("1") });
    g.bases.set(NEW, "gone");
    expect((await both(g))[1]).toBeUndefined();
  });

  it.each([404, 422])(
    "of a head is waited for where GitHub answers %i, as it does for seconds after a push to a fork",
    async (status) => {
      const g = changed({ "a.md": blob("1") });
      g.files.set(NEW, status);
      for (const second of [2, 5, 8]) {
        const read = await g.read();
        expect(read).toMatchObject({ kind: "unreadable", retryAt: START + second * SECOND });
        g.now = START + second * SECOND;
      }
      g.files.set(NEW, [{ filename: "a.md" }]);
      const [one, other] = await both(g);
      expect(other).toBeDefined();
      expect(other).toBe(one);
    },
  );

  it("of an older commit is not waited for", async () => {
    const g = changed({ "a.md": blob("1") });
    g.files.set(HEAD, 404);
    expect((await both(g))[0]).toBeUndefined();
  });

  it.each([404, 410, 422, 451])(
    "is not known where GitHub answers %i for a minute, and asked again after ten",
    async (status) => {
      const g = changed({ "a.md": blob("1") });
      g.files.set(NEW, status);
      await waited(g);
      expect(g.now).toBeLessThan(START + MINUTE);
      expect((await both(g))[1]).toBeUndefined();
      g.files.set(NEW, [{ filename: "a.md" }]);
      g.now += 10 * MINUTE - 1;
      expect((await both(g))[1]).toBeUndefined();
      g.now += 1;
      expect((await both(g))[1]).toBe((await both(g))[0]);
    },
  );

  it("is not known where there may be more files than are listed, or no tree", async () => {
    const list = (count: number) => Array.from({ length: count }, (_, at) => ({ filename: `${at}.md` }));
    expect((await both(changed({ "a.md": blob("1") }, list(300))))[1]).toBeUndefined();
    expect((await both(changed({ "a.md": blob("1") }, list(299))))[1]).toBeDefined();
    const g = changed({});
    g.trees.set(NEW, null);
    await waited(g);
    expect((await both(g))[1]).toBeUndefined();
  });

  it("makes the pull request unreadable while GitHub fails, and is not known when it fails again and again", async () => {
    const g = changed({});
    g.files.set(NEW, "down");
    expect((await g.read()).kind).toBe("unreadable");
    expect((await g.read()).kind).toBe("unreadable");
    expect((await both(g))[1]).toBeUndefined();
  });

  it("is asked once for each commit, and not at all where the register has it or one commit is all there is", async () => {
    const g = changed({ "a.md": blob("1") });
    await both(g);
    expect(g.asked).toHaveLength(6);
    await both(g);
    expect(g.asked).toHaveLength(6);

    const kept = changed({ "a.md": blob("1") });
    await both(kept, { heads: [{ commit: HEAD, text: "kept", at: START }] });
    expect(kept.asked).toEqual([`main...${NEW}`, `tree of ${NEW}`, "tree of base"]);

    const alone = world();
    alone.review("dbkr", "approved");
    const read = await kept.texts.complete(REF, { ...alone.snapshot(), texts: [] }, MATRIX);
    expect(read).toMatchObject({ kind: "read", snapshot: { texts: [] } });
    expect(kept.asked).toHaveLength(3);
  });

  it("is told against the default branch alone: on another, a file that lies there already would not be seen", async () => {
    const g = changed({ "a.md": blob("1") });
    const w = world();
    w.review("dbkr", "approved", "", HEAD);
    w.push(NEW);
    w.pull.base = "another";
    const read = await g.texts.complete(REF, { ...w.snapshot(), texts: [] }, MATRIX);
    expect(read).toMatchObject({ kind: "read", snapshot: { texts: [] } });
    expect(g.asked).toEqual([]);
  });

  it("is not asked for pull requests in which nobody on the roster has a hand", async () => {
    const g = changed({});
    const w = world();
    w.reconcile();
    w.push(NEW);
    const snapshot = { ...w.snapshot(), texts: [], events: [], utterances: [] };
    expect(await g.texts.complete(REF, snapshot, MATRIX)).toMatchObject({ snapshot: { texts: [] } });
    expect(g.asked).toEqual([]);
  });
});
