import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, it } from "vitest";
import type { FileChanges } from "../../src/commits.js";
import {
  all,
  config,
  type Edit,
  guardians,
  lead,
  minimum,
  noLead,
  seat,
  specChange,
  swapped,
  unseat,
} from "../support/constitution.js";
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
const others = (...without: readonly string[]) => SCT.filter((login) => !without.includes(login));

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

async function started(options: RehearsalOptions = {}): Promise<Rehearsal> {
  r = rehearsal(options);
  for (const [login, id] of [
    ["clokep", 50_000_001],
    ["newcomer1", 50_000_011],
    ["newcomer2", 50_000_012],
    ["newcomer3", 50_000_013],
    ["newcomer4", 50_000_014],
    ["mallory", 50_000_666],
    ["g3", 50_000_103],
    ["g4", 50_000_104],
  ] as const) {
    r.sandbox.addUser(login, { id });
  }
  return r.start();
}

/** Opens an amendment, and who sits in a team stands behind it once the clerk has seen it. */
async function amend(login: string, edit: Edit, files: FileChanges = {}, body?: string): Promise<number> {
  const number = await open(login, edit, files, body);
  if ([...SCT, "AmandineLP"].includes(login))
    await r.act(() => r.as(login).comment(number, "@mscbot propose"));
  return number;
}

/** Opens an amendment and no more: the config of the default branch, edited. */
async function open(
  login: string,
  edit: Edit,
  files: FileChanges = {},
  body = "Why: we need it.",
): Promise<number> {
  let number = 0;
  await r.act(() => {
    const text = r.sandbox.fileText(CONFIG) ?? "";
    ({ number } = r.as(login).openPull({
      title: "Amend the config",
      body,
      files: { [CONFIG]: edit(text), ...files },
    }));
  });
  return number;
}

const green = (n: number) => r.check(n)?.conclusion === "success";

async function approve(n: number, ...logins: readonly string[]): Promise<void> {
  for (const login of logins) await r.act(() => r.as(login).approve(n));
}

const issues = () => r.reports();

describe("who sits in the teams, over HTTP", () => {
  it("amend.add: a ninth member is added on the eighth of eight approvals and not on the seventh", async () => {
    await started();
    const n = await amend("richvdh", seat("clokep", 50_000_001));
    expect(r.check(n)).toMatchObject({ status: "in_progress" });
    await approve(n, ...others("richvdh").slice(0, 6));
    expect(r.check(n)).toMatchObject({ status: "in_progress" });
    expect(r.check(n)?.summary).toContain("1 of the Spec Core Team");
    await approve(n, ...others("richvdh").slice(6));
    expect(r.check(n)).toMatchObject({ status: "completed", conclusion: "success" });

    await r.act(() => r.as("richvdh").merge(n));
    const p = r.propose();
    await r.act(() => r.as("clokep").comment(p, "@mscbot fcp merge"));
    expect(r.status(p).body).toContain("**1 of 7 needed, of 9**");
    expect(issues()).toEqual([]);
  });

  it("amend.remove: six of eight remove a member, the member in question counted, who votes no more afterwards", async () => {
    await started();
    const n = await amend("richvdh", unseat("KitsuneRal"));
    await approve(n, "ara4n", "erikjohnston", "dbkr", "KitsuneRal");
    expect(green(n)).toBe(false);
    await approve(n, "uhoreg");
    expect(green(n)).toBe(true);
    await r.act(() => r.as("richvdh").merge(n, "squash"));

    const p = r.propose();
    await r.act(() => r.as("dbkr").comment(p, "@mscbot fcp merge"));
    let vote = 0;
    await r.act(() => (vote = r.as("KitsuneRal").comment(p, "@mscbot reviewed").id));
    expect(r.reactions(vote)).toEqual(["confused"]);
    expect(r.status(p).body).toContain("**1 of 6 needed, of 7**");
    expect(issues()).toEqual([]);
  });

  it("amend.resign: a resignation needs no vote, and both boards are told in one issue", async () => {
    await started();
    const n = await open("KitsuneRal", unseat("KitsuneRal"), {}, "");
    expect(green(n)).toBe(false);
    await r.act(() => r.as("KitsuneRal").comment(n, "@mscbot propose"));
    expect(green(n)).toBe(true);
    await r.act(() => r.as("KitsuneRal").merge(n));
    await r.advance(HOUR);
    expect(issues().map(({ title, state }) => ({ title, state }))).toEqual([
      { title: "KitsuneRal has resigned from the Spec Core Team", state: "open" },
    ]);
    const [issue] = issues();
    for (const login of [...others("KitsuneRal"), "AmandineLP"]) expect(issue?.body).toContain(`@${login}`);
    await r.act(() => r.as("ara4n").close(issue?.number ?? 0));
    await r.advance(2 * DAY);
    expect(issues()).toHaveLength(1);
    expect(issues()[0]?.state).toBe("closed");
  });

  it("amend.lead: another lead is named by six of eight", async () => {
    await started();
    const n = await amend("richvdh", lead("richvdh"));
    await approve(n, "erikjohnston", "dbkr", "uhoreg", "anoadragon453");
    expect(green(n)).toBe(false);
    await approve(n, "ara4n");
    expect(green(n)).toBe(true);
  });

  it("amend.appoint: three of four Guardians appoint a member, and who sits on both boards votes once per hat", async () => {
    await started({
      config: config(
        guardians(
          { login: "ara4n", id: 1294269 },
          { login: "AmandineLP", id: 40_000_009 },
          { login: "g3", id: 50_000_103 },
          { login: "g4", id: 50_000_104 },
        ),
      ),
    });
    const n = await amend("AmandineLP", seat("clokep", 50_000_001));
    await approve(n, "ara4n");
    expect(r.status(n).body).toContain("**1 of 8 needed, of 8**");
    expect(r.status(n).body).toContain("**1 of 3 needed, of 4**");
    await r.act(() => r.as("g3").comment(n, "@mscbot reviewed"));
    expect(green(n)).toBe(false);
    await r.act(() => r.as("ara4n").comment(n, "@mscbot reviewed as guardians"));
    expect(r.status(n).body).toContain("**1 of 8 needed, of 8**");
    expect(green(n)).toBe(true);
  });
});

describe("the rules, over HTTP", () => {
  it("amend.rules: the threshold is lowered from 75% to 50% by both boards at 75% and a Final Comment Period", async () => {
    await started();
    const n = await amend("richvdh", specChange("50%"));
    await approve(n, "ara4n", "erikjohnston", "dbkr", "uhoreg", "anoadragon453");
    await approve(n, "AmandineLP");
    expect(r.labels(n)).not.toContain("final-comment-period");
    await r.act(() => r.as("ara4n").comment(n, "@mscbot reviewed as guardians"));
    expect(r.labels(n)).toContain("final-comment-period");
    expect(green(n)).toBe(false);
    await r.advance(5 * DAY + HOUR);
    expect(green(n)).toBe(true);
    await r.act(() => r.as("richvdh").merge(n));
    await r.advance(HOUR);
    expect(issues()).toEqual([]);

    const p = r.propose();
    await r.act(() => r.as("dbkr").comment(p, "@mscbot fcp merge"));
    expect(r.status(p).body).toContain("**1 of 4 needed, of 8**");
  });
});

describe("what an amendment does to open motions, over HTTP", () => {
  /** A motion with every vote it needs, held as a draft, so that it has passed and has not begun. */
  async function heldMotion(title: string, path: string): Promise<number> {
    const p = r.propose(title, { [path]: "# Text\n" });
    await r.settle();
    await r.act(() => r.as("richvdh").comment(p, "@mscbot fcp merge"));
    await r.act(() => r.as("ShadowJonathan").toDraft(p));
    for (const login of others("richvdh", "turt2live", "KitsuneRal"))
      await r.act(() => r.as(login).comment(p, "@mscbot reviewed"));
    return p;
  }
  const four = all(
    seat("newcomer1", 50_000_011),
    seat("newcomer2", 50_000_012),
    seat("newcomer3", 50_000_013),
    seat("newcomer4", 50_000_014),
  );

  it("amend.preview: one that adds four members and un-passes two open motions says so before it is merged; both show it afterwards, and a running FCP is untouched", async () => {
    await started();
    const running = r.propose("MSC3001: Running", { "proposals/3001-running.md": "# Running\n" });
    await r.settle();
    await r.act(() => r.as("richvdh").comment(running, "@mscbot fcp merge"));
    for (const login of others("richvdh", "turt2live", "KitsuneRal"))
      await r.act(() => r.as(login).comment(running, "@mscbot reviewed"));
    expect(r.labels(running)).toContain("final-comment-period");
    const one = await heldMotion("MSC3002: One", "proposals/3002-one.md");
    const two = await heldMotion("MSC3003: Two", "proposals/3003-two.md");
    expect(r.status(one).body).toContain("**6 of 6 needed, of 8**");

    const n = await amend("richvdh", four);
    const told = r.check(n)?.summary ?? "";
    expect(told).toMatch(/MSC3002: One.*\*\*would no longer reach its threshold\*\*: 6 of 9 \(now 6 of 6\)/);
    expect(told).toMatch(/MSC3003: Two.*\*\*would no longer reach its threshold\*\*/);
    expect(told).toMatch(/MSC3001: Running.*untouched/);

    await approve(n, ...others("richvdh"));
    expect(green(n)).toBe(true);
    const endsAt = /ends on \*\*(.*?)\*\*/.exec(r.status(running).body)?.[1];
    await r.act(() => r.as("richvdh").merge(n));
    for (const p of [one, two]) expect(r.status(p).body).toContain("**6 of 9 needed, of 12**");
    await r.act(() => r.as("ShadowJonathan").ready(one));
    expect(r.labels(one)).not.toContain("final-comment-period");
    expect(r.labels(running)).toContain("final-comment-period");
    expect(/ends on \*\*(.*?)\*\*/.exec(r.status(running).body)?.[1]).toBe(endsAt);
  });

  it("amend.preview: a vote on an open motion shows in the check of an open amendment", async () => {
    await started();
    const p = r.propose();
    await r.settle();
    await r.act(() => r.as("richvdh").comment(p, "@mscbot fcp merge"));
    const n = await amend("richvdh", unseat("KitsuneRal"));
    expect(r.check(n)?.summary).toContain("unchanged, 1 of 6");
    await r.act(() => r.as("dbkr").approve(p));
    expect(r.check(n)?.summary).toContain("unchanged, 2 of 6");
    await r.act(() => r.as("dbkr").comment(p, "@mscbot fcp cancel"));
    expect(r.check(n)?.summary).toContain("No motion is open");
  });

  it("config.lawful: three people added by a direct push carry no motion over the line, and one issue reports it until it is reverted", async () => {
    await started({ config: config(specChange("50%")) });
    const p = r.propose();
    await r.settle();
    for (const login of ["dbkr", "uhoreg", "anoadragon453"]) {
      await r.act(() => r.as(login).comment(p, login === "dbkr" ? "@mscbot fcp merge" : "@mscbot reviewed"));
    }
    const before = r.sandbox.fileText(CONFIG) ?? "";
    const three = all(
      seat("newcomer1", 50_000_011),
      seat("newcomer2", 50_000_012),
      seat("newcomer3", 50_000_013),
    );
    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: three(before) }, { message: "More hands" }));
    for (const login of ["newcomer1", "newcomer2", "newcomer3"]) {
      await r.act(() => r.as(login).comment(p, "@mscbot reviewed"));
    }
    await r.advance(HOUR);
    // Six of six needed, of eleven, and yet three of the eight: that is what it waits for, and what is shown.
    expect(r.status(p).body).toContain("**3 of 4 needed, of 8** (50%), by the last lawful config.");
    expect(r.status(p).body).not.toContain("of 11");
    expect(r.labels(p)).not.toContain("final-comment-period");
    expect(r.status(p).body).toContain("changed without an approved amendment");
    expect(issues()).toHaveLength(1);
    expect(issues()[0]).toMatchObject({
      title: "The config was changed without an approved amendment",
      state: "open",
    });
    expect(issues()[0]?.body).toContain("by ara4n, pushed directly");
    expect(issues()[0]?.body).toContain("Add **newcomer1**");
    expect(issues()[0]?.body).toContain("100% of the Spec Core Team");

    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: before }, { message: "Revert" }));
    await r.advance(HOUR);
    expect(issues()[0]?.state).toBe("closed");
    expect(r.status(p).body).toContain("**3 of 4 needed, of 8**");
    await r.act(() => r.as("erikjohnston").approve(p));
    expect(r.labels(p)).toContain("final-comment-period");
  });
});

describe("a member's own pull request, rewritten by somebody else, over HTTP", () => {
  /** KitsuneRal mends a typo; then mallory, who may write, puts something else in its place. */
  async function rewritten(edit: Edit): Promise<number> {
    await started();
    r.sandbox.addUser("trudy", { id: 50_000_777, level: "write" });
    let n = 0;
    await r.act(() => {
      ({ number: n } = r.as("KitsuneRal").openPull({
        title: "Fix a typo in the README",
        body: "Just a typo.",
        files: { "README.md": "# Matrix\n" },
      }));
    });
    const text = r.sandbox.fileText(CONFIG) ?? "";
    await r.act(() => r.as("trudy").forcePush(n, { [CONFIG]: edit(text) }));
    return n;
  }

  it("amend.own-word: nobody resigns by what another pushed to their branch; merged all the same, it is reported", async () => {
    const n = await rewritten(unseat("KitsuneRal"));
    expect(green(n)).toBe(false);
    expect(r.check(n)?.summary).toContain("nobody’s branch speaks for them");
    await r.act(() => r.as("trudy").merge(n));
    await r.advance(HOUR);
    expect(issues()).toMatchObject([
      { title: "The config was changed without an approved amendment", state: "open" },
    ]);
    expect(issues()[0]?.body).toContain("Remove **KitsuneRal**");
  });

  it("amend.own-word: nobody is in favour of what another pushed to their branch", async () => {
    const n = await rewritten(seat("clokep", 50_000_001));
    expect(r.kinds(n)).toEqual([]);
    expect(r.check(n)?.summary).toContain("8 of the Spec Core Team");
    await r.act(() => r.as("dbkr").comment(n, "@mscbot propose"));
    expect(r.status(n).body).toContain("[ ] @KitsuneRal");
    expect(r.status(n).body).toContain("**1 of 8 needed, of 8**");
  });

  it("amend.own-word: a resignation is void once another has pushed something else, and comes back with their word only", async () => {
    await started();
    r.sandbox.addUser("trudy", { id: 50_000_777, level: "write" });
    const n = await amend("KitsuneRal", unseat("KitsuneRal"));
    expect(green(n)).toBe(true);
    const text = r.sandbox.fileText(CONFIG) ?? "";
    await r.act(() => r.as("trudy").forcePush(n, { [CONFIG]: seat("clokep", 50_000_001)(text) }));
    expect(green(n)).toBe(false);
    await r.act(() => r.as("trudy").forcePush(n, { [CONFIG]: unseat("KitsuneRal")(text) }));
    expect(green(n)).toBe(false);
    await r.act(() => r.as("KitsuneRal").comment(n, "@mscbot propose"));
    expect(green(n)).toBe(true);
    await r.act(() => r.as("KitsuneRal").comment(n, "@mscbot retract"));
    expect(green(n)).toBe(false);
  });
});

describe("attacks that fail, over HTTP", () => {
  it("amend.add: the author adds themself and approves", async () => {
    await started();
    const n = await amend("mallory", seat("mallory", 50_000_666));
    expect(r.check(n)).toMatchObject({ status: "in_progress" });
    await r.act(() => r.as("mallory").comment(n, "@mscbot propose"));
    await r.act(() => r.as("mallory").comment(n, "@mscbot reviewed"));
    await r.act(() => r.as("mallory").review(n, { event: "COMMENT", body: "@mscbot reviewed" }));
    expect(r.check(n)?.title).toContain("a member has to stand behind it");
    // Once a member stands behind it, that is one of eight.
    await r.act(() => r.as("dbkr").comment(n, "@mscbot propose"));
    expect(r.status(n).body).toContain("**1 of 8 needed, of 8**");
  });

  it("amend.rules: the roster is changed in the same pull request as a proposal", async () => {
    await started();
    const n = await amend("richvdh", seat("mallory", 50_000_666), { "proposals/3100-gift.md": "# A gift\n" });
    await r.act(() => r.as("richvdh").label(n, "proposal"));
    expect(r.check(n)).toMatchObject({
      conclusion: "failure",
      title: expect.stringContaining("an amendment stands alone"),
    });
    await approve(n, ...others("richvdh"));
    expect(r.check(n)?.conclusion).toBe("failure");
    expect(r.labels(n)).not.toContain("final-comment-period");
  });

  it("amend.rules: a proposal in its Final Comment Period slips in a change of the roster at the last moment", async () => {
    await started();
    const p = r.propose();
    await r.settle();
    for (const login of others("turt2live", "KitsuneRal"))
      await r.act(() => r.as(login).comment(p, login === "ara4n" ? "@mscbot fcp merge" : "@mscbot reviewed"));
    expect(r.labels(p)).toContain("final-comment-period");
    await r.advance(4 * DAY);
    const text = r.sandbox.fileText(CONFIG) ?? "";
    await r.act(() => r.as("ShadowJonathan").push(p, { [CONFIG]: seat("mallory", 50_000_666)(text) }));
    expect(r.check(p)?.conclusion).toBe("failure");
    await r.advance(2 * DAY);
    expect(r.check(p)?.conclusion).toBe("failure");
    expect(r.labels(p)).not.toContain("finished-final-comment-period");
    // Taken out again, it is the proposal it was.
    await r.act(() => r.as("ShadowJonathan").push(p, { [CONFIG]: text }));
    expect(r.labels(p)).toContain("finished-final-comment-period");
  });

  it("amend.identity: a member's id is swapped", async () => {
    await started();
    const n = await amend("richvdh", swapped("id: 40000004", "id: 50000666"));
    expect(r.check(n)).toMatchObject({ conclusion: "failure" });
    expect(r.check(n)?.summary).toContain("Remove **dbkr** from spec-core-team");
    expect(r.check(n)?.summary).toContain("50000666 is not the id of dbkr, which is 40000004");
    await approve(n, ...others("richvdh"));
    expect(r.check(n)).toMatchObject({ conclusion: "failure" });
  });

  it("config.invalid: a head config with an alias bomb is refused at its lines, on the diff", async () => {
    await started();
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      ..."bcdefghi".split("").map((name, at) => {
        const before = "abcdefgh".charAt(at);
        return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]`;
      }),
    ].join("\n");
    const n = await amend("richvdh", (text) => `${text}\n${bomb}\n`);
    expect(r.check(n)).toMatchObject({ conclusion: "failure" });
    expect(r.check(n)?.title).toContain("would not be valid");
    const annotations = r.check(n)?.annotations ?? [];
    expect(annotations.length).toBeGreaterThan(0);
    expect(annotations[0]).toMatchObject({ path: CONFIG });
  });

  it("config.lawful: two amendments, each harmless, that together lock the body out: the second is judged again when the first lands", async () => {
    await started();
    const raise = await amend("richvdh", minimum(8));
    const leave = await amend("richvdh", unseat("KitsuneRal"));
    for (const n of [raise, leave]) await approve(n, ...others("richvdh", "KitsuneRal", "ara4n"), "ara4n");
    await r.act(() => r.as("AmandineLP").approve(raise));
    await r.act(() => r.as("ara4n").comment(raise, "@mscbot reviewed as guardians"));
    expect(green(leave)).toBe(true);
    await r.advance(5 * DAY + HOUR);
    expect(green(raise)).toBe(true);
    await r.act(() => r.as("richvdh").merge(raise));
    expect(r.check(leave)).toMatchObject({
      conclusion: "failure",
      title: expect.stringContaining("bring this branch up to date"),
    });
    await r.act(() => {
      const text = r.sandbox.fileText(CONFIG) ?? "";
      r.as("richvdh").push(
        leave,
        { [CONFIG]: unseat("KitsuneRal")(text) },
        { onto: [r.sandbox.repository.branches.get("main") ?? ""] },
      );
    });
    expect(r.check(leave)).toMatchObject({
      conclusion: "failure",
      title: expect.stringContaining("fewer than its minimum"),
    });
  });

  it("config.lawful: both merged in the same minute: the second was never judged on the first, and is reported", async () => {
    await started();
    const raise = await amend("richvdh", minimum(8));
    const leave = await amend("richvdh", unseat("KitsuneRal"));
    for (const n of [raise, leave]) await approve(n, ...others("richvdh", "KitsuneRal", "ara4n"), "ara4n");
    await r.act(() => r.as("AmandineLP").approve(raise));
    await r.act(() => r.as("ara4n").comment(raise, "@mscbot reviewed as guardians"));
    await r.advance(5 * DAY + HOUR);
    expect([green(raise), green(leave)]).toEqual([true, true]);
    await r.act(() => {
      r.as("richvdh").merge(raise);
      r.as("richvdh").merge(leave);
    });
    await r.advance(HOUR);
    expect(r.sandbox.fileText(CONFIG)).toContain("minimum_members: 8");
    expect(r.sandbox.fileText(CONFIG)).not.toContain("KitsuneRal,");
    expect(issues()).toHaveLength(1);
    expect(issues()[0]).toMatchObject({ title: "The config was changed without an approved amendment" });
    expect(issues()[0]?.body).toContain(`#${leave}`);
    expect(issues()[0]?.body).not.toContain(`#${raise}`);
    const last = (n: number) =>
      r
        .said(n)
        .map(({ body }) => body)
        .join("\n");
    expect(last(raise)).toContain("this amendment is **approved**");
    expect(last(leave)).not.toContain("adopted");
    expect(last(leave)).toContain("Merged without approval");
  });

  it.each([
    [
      "renamed",
      (text: string) => ({ [CONFIG]: null, ".github/clerk.yml": text }),
      "an amendment stands alone",
    ],
    [
      "made a symbolic link",
      () => ({ [CONFIG]: { text: "../elsewhere.yml", mode: "120000" as const } }),
      "no longer be a plain file",
    ],
    ["deleted", () => ({ [CONFIG]: null }), "takes the config file away"],
  ])("amend.rules: the file is %s", async (_, change, said) => {
    await started();
    let n = 0;
    await r.act(() => {
      const text = r.sandbox.fileText(CONFIG) ?? "";
      ({ number: n } = r.as("richvdh").openPull({ title: "Tidy up", body: "Why not", files: change(text) }));
    });
    expect(r.check(n)).toMatchObject({ conclusion: "failure" });
    expect(r.check(n)?.summary).toMatch(new RegExp(said, "i"));
    await approve(n, ...others("richvdh"), "AmandineLP");
    expect(r.check(n)).toMatchObject({ conclusion: "failure" });
  });

  it("amend.add: approved, and then another change is pushed", async () => {
    await started();
    const text = r.sandbox.fileText(CONFIG) ?? "";
    const n = await amend("richvdh", seat("clokep", 50_000_001));
    await approve(n, ...others("richvdh"));
    expect(green(n)).toBe(true);
    await r.act(() =>
      r.as("richvdh").push(n, { [CONFIG]: `${seat("clokep", 50_000_001)(text)}# the same\n` }),
    );
    expect(green(n)).toBe(true);
    await r.act(() => r.as("richvdh").push(n, { [CONFIG]: seat("mallory", 50_000_666)(text) }));
    expect(green(n)).toBe(false);
    expect(r.check(n)?.summary).toContain("8 of the Spec Core Team");
  });

  it("amend.remove: whoever was removed while a vote was on is counted no more, and votes no more", async () => {
    await started();
    const p = r.propose();
    await r.settle();
    await r.act(() => r.as("KitsuneRal").comment(p, "@mscbot fcp merge"));
    const n = await amend("richvdh", unseat("KitsuneRal"));
    await approve(n, "ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live");
    await r.act(() => r.as("richvdh").merge(n));
    expect(r.status(p).body).toContain("**0 of 6 needed, of 7**");
    let vote = 0;
    await r.act(() => (vote = r.as("KitsuneRal").comment(p, "@mscbot reviewed").id));
    expect(r.reactions(vote)).toEqual(["confused"]);
    expect(r.status(p).body).toContain("**0 of 6 needed, of 7**");
  });
});

describe("standing duties, over HTTP", () => {
  const watched = swapped(/\nreviews:/, "\nduties: { absence: true }\n\nreviews:");
  const quietly = { timing: { resyncEvery: 7 * DAY } };

  /** Nine weeks later everybody but KitsuneRal has said something. */
  async function nineWeeksLater(): Promise<void> {
    const { number } = r.as("ara4n").openIssue("A place to talk");
    await r.advance(63 * DAY);
    await r.act(
      ...[...others("KitsuneRal"), "AmandineLP"].map((login) => () => r.as(login).comment(number, "Here")),
    );
    await r.advance(DAY);
  }
  const absence = () => issues().find(({ title }) => title === "Members not seen for eight weeks");

  it("amend.absent: who was not seen for eight weeks is listed, and removed by the ordinary routes, counted without them", async () => {
    await started({ config: config(watched, seat("clokep", 50_000_001)), ...quietly });
    await nineWeeksLater();
    await r.act(() => r.as("clokep").openIssue("Here too"));
    expect(absence()).toMatchObject({ state: "open" });
    expect(absence()?.body).toContain("@KitsuneRal");
    expect(absence()?.body).not.toContain("@dbkr");
    const n = await amend("richvdh", unseat("KitsuneRal"));
    expect(r.check(n)).toMatchObject({ status: "in_progress" });
    expect(r.check(n)?.summary).toContain("6 of 8 of the Spec Core Team");
    expect(r.check(n)?.summary).toContain("amend.absent");
    await r.advance(3 * DAY);
    expect(green(n)).toBe(false);
    await approve(n, "ara4n", "erikjohnston", "dbkr", "uhoreg");
    expect(green(n)).toBe(false);
    await approve(n, "turt2live");
    expect(green(n)).toBe(true);
    await r.act(() => r.as("richvdh").merge(n));
    await r.advance(DAY);
    expect(absence()).toMatchObject({ state: "closed" });
    expect(issues().filter(({ title }) => title.startsWith("The config"))).toEqual([]);
  });

  it("amend.absent: one word anywhere in the repository has them counted again, be it a new issue", async () => {
    await started({ config: config(watched), ...quietly });
    await nineWeeksLater();
    const n = await amend("richvdh", unseat("KitsuneRal"));
    expect(r.check(n)?.summary).toContain("6 of 7 of the Spec Core Team");
    await r.act(() => r.as("KitsuneRal").openIssue("Back from a long walk"));
    await r.advance(2 * HOUR);
    expect(r.check(n)?.summary).toContain("6 of 8 of the Spec Core Team");
    expect(r.check(n)?.summary).not.toContain("amend.absent");
    await r.advance(2 * DAY);
    expect(absence()).toMatchObject({ state: "closed" });
  });

  it("amend.lead: a lead's seat vacant for 14 days is reported until a lead is named", async () => {
    await started(quietly);
    const gone = await amend("richvdh", noLead);
    await approve(gone, "erikjohnston", "dbkr", "uhoreg", "anoadragon453", "turt2live");
    await r.act(() => r.as("richvdh").merge(gone));
    await r.advance(13 * DAY);
    expect(issues()).toEqual([]);
    await r.advance(2 * DAY);
    expect(issues()).toMatchObject([{ title: "The Spec Core Team has no lead", state: "open" }]);
    const named = await amend("richvdh", (text) =>
      text.replace("title: Spec Core Team", "title: Spec Core Team\n    lead: dbkr"),
    );
    await approve(named, "erikjohnston", "dbkr", "uhoreg", "anoadragon453", "turt2live");
    expect(green(named)).toBe(true);
    await r.act(() => r.as("richvdh").merge(named));
    await r.advance(HOUR);
    expect(issues()).toMatchObject([{ state: "closed" }]);
  });

  it("config.lawful: a push that breaks the file is reported too, until it is put right", async () => {
    await started();
    const before = r.sandbox.fileText(CONFIG) ?? "";
    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: "version: 2\n" }));
    await r.advance(HOUR);
    expect(issues()).toMatchObject([
      { title: "The config was changed without an approved amendment", state: "open" },
    ]);
    expect(issues()[0]?.body).toContain("it is not valid, so nothing is decided");
    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: before }));
    await r.advance(HOUR);
    expect(issues()).toMatchObject([{ state: "closed" }]);
  });
});
