import { DAY, HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { inMemoryStore } from "msc-clerk/store/inMemory.js";
import { afterEach, describe, expect, test } from "vitest";
import { unseat } from "../support/constitution.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 0 });

/** A person with write access who is on no team, and wrote the proposal, tries to make the clerk forget or remember what suits them. */
let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const TEAM = ["erikjohnston", "dbkr", "uhoreg", "anoadragon453", "turt2live"] as const;
const FILE = "proposals/1772-spaces.md";

async function started(): Promise<number> {
  r = rehearsal();
  r.sandbox.addUser("mallory", { id: 50_000_666, level: "write" });
  await r.start();
  let n = 0;
  await r.act(() => {
    ({ number: n } = r.as("mallory").openPull({
      title: "MSC1772: Matrix spaces",
      body: "A proposal.",
      files: { [FILE]: "# Spaces\n" },
      labels: ["proposal"],
    }));
  });
  return n;
}

async function inFcp(): Promise<number> {
  const n = await started();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  for (const login of TEAM) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  expect(r.labels(n)).toContain("final-comment-period");
  return n;
}

/** One push of so many commits that no read reaches the check run that held the record. */
function pushFar(n: number, last = "# Spaces, the last\n"): void {
  const texts = Array.from({ length: 100 }, (_, at) => `# Spaces\n${at}\n`);
  r.as("mallory").pushAll(
    n,
    [...texts, last].map((text) => ({ [FILE]: text })),
  );
}

const deleteSaid = (n: number) => {
  for (const { id } of r.said(n)) r.as("mallory").deleteComment(id);
};
const title = (n: number) => r.check(n)?.title ?? "";
const isGreen = (n: number) => r.check(n)?.conclusion === "success";
const listings = (n: number) => r.kinds(n).filter((kind) => kind.startsWith("announce rebuilt:")).length;
const confirm = async (n: number, ...logins: readonly string[]) => {
  for (const login of logins) await r.act(() => r.as(login).comment(n, "@mscbot confirm"));
};

/** What a person does, with the store there, or with it lost at the same time. */
const memories = [
  ["the store there", false],
  ["the store lost too", true],
] as const;

async function attack(lost: boolean, ...doings: readonly (() => unknown)[]): Promise<void> {
  if (!lost) {
    await r.act(() => {
      for (const doing of doings) doing();
    });
    return;
  }
  r.loseStore();
  await r.clock.advance(1_000);
  for (const doing of doings) doing();
  await r.start();
  await r.advance(MINUTE);
}

describe("the record made to get lost by a long push and a deleted comment", () => {
  test.each(memories)("memory.lost: with %s, no text slips in after the vote", async (_, lost) => {
    const n = await inFcp();
    await r.advance(DAY);
    await attack(
      lost,
      () => pushFar(n, "# Mallory decides everything\n"),
      () => r.as("mallory").deleteComment(r.status(n).id),
    );
    await r.advance(5 * DAY);
    expect(isGreen(n)).toBe(false);
    if (!lost) {
      expect(r.labels(n)).toContain("finished-final-comment-period");
      return;
    }
    expect(title(n)).toContain("record was lost");
    expect(listings(n)).toBe(1);
    await confirm(n, "mallory", "dbkr", "uhoreg");
    await r.advance(HOUR);
    expect(r.labels(n)).toContain("finished-final-comment-period");
    expect(isGreen(n)).toBe(false);
    await r.act(() => r.as("dbkr").approve(n));
    expect(isGreen(n)).toBe(false);
    await r.act(() => r.as("uhoreg").approve(n));
    expect(isGreen(n)).toBe(true);
  });

  test("memory.kept: a vote whose comment was deleted stands", async () => {
    const n = await started();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    let vote = 0;
    await r.act(() => {
      vote = r.as("dbkr").comment(n, "@mscbot reviewed").id;
    });
    await attack(
      false,
      () => pushFar(n),
      () => r.as("mallory").deleteComment(vote),
      () => r.as("mallory").deleteComment(r.status(n).id),
    );
    expect(r.status(n).body).toContain("**2 of 6 needed");
    expect(listings(n)).toBe(0);
  });

  test("memory.lost: a vote whose comment was deleted is missing from the list, so that members see it", async () => {
    const n = await started();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    let vote = 0;
    await r.act(() => {
      vote = r.as("dbkr").comment(n, "@mscbot reviewed").id;
    });
    await attack(
      true,
      () => pushFar(n),
      () => r.as("mallory").deleteComment(vote),
      () => deleteSaid(n),
    );
    const listing = r.said(n).find(({ body }) => body.includes("announce rebuilt:"))?.body ?? "";
    expect(listing).toContain("Approved: richvdh.");
    expect(listing).toContain("deleted by mallory");
    expect(title(n)).toContain("record was lost");
  });

  test.each(memories)(
    "memory.lost: with %s, a concern whose comment was deleted does not let it conclude",
    async (_, lost) => {
      const n = await inFcp();
      let concern = 0;
      await r.act(() => {
        concern = r.as("KitsuneRal").comment(n, "@mscbot concern this breaks every client").id;
      });
      await r.advance(HOUR);
      await attack(
        lost,
        () => pushFar(n),
        () => r.as("mallory").deleteComment(concern),
        () => deleteSaid(n),
      );
      await r.advance(9 * DAY);
      expect(r.labels(n)).not.toContain("finished-final-comment-period");
      expect(isGreen(n)).toBe(false);
      if (!lost) expect(r.labels(n)).toContain("unresolved-concerns");
    },
  );

  test.each(memories)("memory.lost: with %s, a cancelled period does not come back", async (_, lost) => {
    const n = await inFcp();
    let cancel = 0;
    await r.act(() => {
      cancel = r.as("KitsuneRal").comment(n, "@mscbot fcp cancel").id;
    });
    await r.advance(5 * DAY);
    await attack(
      lost,
      () => pushFar(n),
      () => r.as("mallory").deleteComment(cancel),
      () => deleteSaid(n),
    );
    await r.advance(HOUR);
    await confirm(n, "dbkr", "uhoreg");
    await r.advance(9 * DAY);
    expect(isGreen(n)).toBe(false);
    expect(r.labels(n)).toEqual(["proposal"]);
  });

  test.each(memories)(
    "memory.lost: with %s, eleven forced pushes are as good as one long push",
    async (_, lost) => {
      const n = await inFcp();
      await r.advance(DAY);
      await attack(
        lost,
        () => {
          for (let at = 0; at < 11; at += 1) r.as("mallory").forcePush(n, { [FILE]: `# Spaces ${at}\n` });
        },
        () => deleteSaid(n),
      );
      await r.advance(6 * DAY);
      expect(isGreen(n)).toBe(false);
    },
  );

  test.each(memories)(
    "memory.lost: with %s, an amendment is not green without its votes",
    async (_, lost) => {
      await started();
      let n = 0;
      await r.act(() => {
        const text = unseat("KitsuneRal")(r.sandbox.fileText(CONFIG) ?? "");
        ({ number: n } = r
          .as("richvdh")
          .openPull({ title: "Thanks, KitsuneRal", body: "Why.", files: { [CONFIG]: text } }));
      });
      await r.act(() => r.as("richvdh").comment(n, "@mscbot propose"));
      for (const login of [...TEAM, "ara4n"]) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
      expect(isGreen(n)).toBe(true);
      await attack(lost, () => {
        // The clerk's comments go, and with a new head every run that is near.
        for (let at = 0; at < 12; at += 1) {
          const text = unseat("KitsuneRal")(r.sandbox.fileText(CONFIG) ?? "");
          r.as("richvdh").forcePush(n, { [CONFIG]: `${text}# ${at}\n` });
        }
        deleteSaid(n);
      });
      await r.advance(DAY);
      expect(isGreen(n)).toBe(!lost);
    },
  );
});

describe("an older signed record put back", () => {
  const statuses = (n: number) => r.said(n).filter(({ body }) => body.startsWith("<!-- msc-clerk:status"));

  test.each(memories)(
    "memory.kept: with %s, a forced push and a deletion do not bring an ended motion's record back",
    async (_, lost) => {
      const n = await started();
      await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
      await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp cancel"));
      await r.act(() => r.as("dbkr").comment(n, "@mscbot fcp close"));
      for (const login of ["erikjohnston", "uhoreg", "turt2live"])
        await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
      await attack(
        lost,
        () => r.as("mallory").forcePush(n, { [FILE]: "# Spaces, forced\n" }),
        () => r.as("mallory").deleteComment(statuses(n)[1]?.id ?? 0),
      );
      expect(r.labels(n)).toContain("disposition-close");
      if (!lost) expect(r.status(n).body).toContain("**4 of 6 needed");
    },
  );

  test.each(memories)(
    "memory.kept: with %s, a decision to merge that a newer motion made void does not come back",
    async (_, lost) => {
      const n = await inFcp();
      await r.advance(5 * DAY + HOUR);
      expect(isGreen(n)).toBe(true);
      const head = r.sandbox.pull(n).pull.headOid;
      let move = 0;
      await r.act(() => {
        move = r.as("KitsuneRal").comment(n, "@mscbot fcp close").id;
      });
      const [first, second] = statuses(n);
      await attack(
        lost,
        () => r.as("mallory").forcePush(n, { [FILE]: "# Spaces, for a moment\n" }),
        () => r.as("mallory").deleteComment(second?.id ?? 0),
        () => r.as("mallory").deleteComment(move),
        () =>
          r
            .as("mallory")
            .editComment(first?.id ?? 0, `${first?.body ?? ""}\n`.replace("Team member", "Team  member")),
      );
      await r.advance(10 * MINUTE);
      for (let at = 0; at < 12; at += 1)
        await r.act(() => r.as("passer-by").comment(n, `@mscbot nonsense ${at}`));
      await r.act(() => r.as("mallory").pointBranch(r.sandbox.pull(n).pull.headRef, head));
      await r.advance(6 * DAY);
      expect(isGreen(n)).toBe(false);
    },
  );

  test.each(memories)(
    "memory.kept: with %s, a saved body pasted over the newest one is not believed",
    async (_, lost) => {
      const n = await inFcp();
      const saved = r.status(n).body;
      await r.act(() => r.as("KitsuneRal").comment(n, "@mscbot concern this breaks every client"));
      await r.act(() => r.as("dbkr").comment(n, "@mscbot retract"));
      await attack(
        lost,
        () => pushFar(n),
        () => r.as("mallory").editComment(r.status(n).id, saved),
      );
      await r.advance(9 * DAY);
      expect(isGreen(n)).toBe(false);
      expect(r.labels(n)).not.toContain("finished-final-comment-period");
    },
  );

  test("memory.kept: a record of another pull request, signed as it is, is none here", async () => {
    const n = await inFcp();
    await r.advance(5 * DAY + HOUR);
    const decided = r.status(n).body;
    const other = r.propose("MSC2448: Blurhash", { "proposals/2448-blurhash.md": "# Blurhash\n" });
    await r.act(() => r.as("richvdh").comment(other, "@mscbot fcp merge"));
    await r.act(() => r.as("mallory").editComment(r.status(other).id, decided));
    await r.advance(HOUR);
    expect(isGreen(other)).toBe(false);
    expect(r.status(other).body).toContain("**1 of 6 needed");
  });
});

describe("what the record holds", () => {
  /** Texts that do not pack. */
  let x = 12_345;
  const han = (length: number) =>
    Array.from({ length }, () => {
      x = (Math.imul(x, 1_103_515_245) + 12_345) >>> 0;
      return String.fromCharCode(0x4e00 + ((x >>> 8) % 20_900));
    }).join("");
  const flood = (command: (at: number) => string) =>
    Array.from({ length: 40 }, (_, at) => command(at)).join("\n");

  test("memory.kept: a member who raises more than it holds is told, and no vote is forgotten", async () => {
    const n = await started();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    for (let at = 0; at < 3; at += 1)
      await r.act(() =>
        r.as("KitsuneRal").comment(
          n,
          flood(() => `@mscbot concern ${han(490)}`),
        ),
      );
    expect(r.said(n).some(({ body }) => body.includes("as many concerns, or as long ones"))).toBe(true);
    let vote = 0;
    await r.act(() => {
      vote = r.as("dbkr").comment(n, "@mscbot reviewed").id;
    });
    await r.act(() => r.as("mallory").deleteComment(vote));
    expect(r.status(n).body).toContain("**2 of 6 needed");
    // The same from GitHub alone.
    r.loseStore();
    await r.start();
    await r.advance(HOUR);
    expect(r.status(n).body).toContain("**2 of 6 needed");
    expect(listings(n)).toBe(0);
  });
});

describe("the store itself", () => {
  test("memory.kept: with a new store and GitHub's copy whole, nothing is lost and nothing held, and the store has it again", async () => {
    const n = await inFcp();
    r.loseStore();
    await r.start();
    await r.advance(6 * DAY);
    expect(isGreen(n)).toBe(true);
    expect(listings(n)).toBe(0);
    const kept = await r.store.register({ repository: r.sandbox.repositoryId, pull: n });
    expect(kept.kind === "stored" && kept.kept?.sequence).toBeGreaterThan(0);
  });

  test("memory.kept: with a store that is put back from before, GitHub's newer record is believed", async () => {
    const n = await inFcp();
    const [old, now] = [inMemoryStore(), r.store];
    const key = { repository: r.sandbox.repositoryId, pull: n };
    const kept = await now.register(key);
    if (kept.kind !== "stored" || kept.kept === null) throw new Error("a register wanted");
    await old.putRegister(key, kept.kept, null, { sequence: kept.kept.sequence, at: 0, what: "before" });
    await r.act(() => r.as("KitsuneRal").comment(n, "@mscbot concern this breaks every client"));
    r.kill();
    r.store = old;
    await r.start();
    await r.advance(9 * DAY);
    expect(r.labels(n)).toContain("unresolved-concerns");
    expect(isGreen(n)).toBe(false);
    expect(listings(n)).toBe(0);
  });

  test("memory.kept: while the store cannot be read or written, nothing is written to GitHub; afterwards it goes on", async () => {
    const n = await started();
    const whole = r.store;
    let down = true;
    const breaking = <T extends object>(part: T): T =>
      new Proxy(part, {
        get: (target, name) => {
          const of: unknown = Reflect.get(target, name);
          if (typeof of === "object" && of !== null) return breaking(of);
          if (down && name !== "close") return async () => ({ kind: "unavailable", why: "the disk is full" });
          return typeof of === "function" ? of.bind(target) : of;
        },
      });
    const broken = breaking(whole);
    r.kill();
    r.store = broken;
    await r.start();
    const before = r.sandbox.requests.writes.length;
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    await r.advance(HOUR);
    expect(r.sandbox.requests.writes.length).toBe(before);
    down = false;
    await r.advance(10 * MINUTE);
    expect(r.labels(n)).toContain("disposition-merge");
  });
});
