import { asApp } from "msc-clerk/cli/asApp.js";
import { asReader } from "msc-clerk/cli/asReader.js";
import type { Session } from "msc-clerk/cli/session.js";
import { EXIT, type Outlet, shadow } from "msc-clerk/cli/shadow/shadow.js";
import { DAY, HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { OlderBotAtWork } from "../support/olderBot.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

/** `msc-clerk shadow` on a repository where an older bot is at work, and no clerk and no config yet. */

let r: Rehearsal;
let bot: OlderBotAtWork;
beforeEach(async () => {
  r = await rehearsal({ config: null }).open();
  bot = new OlderBotAtWork(r);
});
afterEach(() => r.close());

const wanted = () => ({ owner: r.sandbox.ownerLogin, name: r.sandbox.repository.name });

async function signIn(app: string | null = null) {
  const token = r.sandbox.tokenFor("passer-by");
  const credentials = { token, variable: "GITHUB_TOKEN", baseUrl: r.sandbox.url } as const;
  return asReader(wanted(), credentials, app, r.clock, true);
}

async function session(): Promise<Session> {
  const signedIn = await signIn();
  if (signedIn.kind === "not") throw new Error(signedIn.why);
  return signedIn.session;
}

type Line = Record<string, unknown> & {
  readonly number?: number;
  readonly differences?: readonly Record<"kind" | "sentence" | "why" | "url", string | null>[];
};

function outlet(json = false) {
  const texts: string[] = [];
  const notes: string[] = [];
  const lines: Line[] = [];
  const progress: string[] = [];
  const out: Outlet = {
    tell: (text) => void texts.push(text),
    json: json ? (line) => void lines.push(JSON.parse(JSON.stringify(line)) as Line) : null,
    progress: (text) => void progress.push(text),
    note: (text) => void notes.push(text),
  };
  return { out, texts, notes, lines, progress };
}

const DRAFT = { file: "draft.yml", text: matrixConfig() };

async function look({ json = false, given = DRAFT as typeof DRAFT | null, since = 90 * DAY } = {}) {
  const { out, texts, notes, lines, progress } = outlet(json);
  const signal = new AbortController().signal;
  const asked = { wanted: wanted(), since: r.clock.now() - since, given, signal };
  const code = await shadow(asked, false, await session(), out);
  if (process.env.SHOW) console.log([...texts, ...notes].join("\n"));
  return { code, text: texts.join("\n"), notes, lines, progress };
}

/** What is told of one proposal: `kind: sentence why`. */
async function differencesOn(n: number): Promise<readonly string[]> {
  const { lines } = await look({ json: true });
  const found = lines.find((line) => line.number === n);
  return (found?.differences ?? []).map(({ kind, sentence, why }) =>
    `${kind}: ${sentence} ${why ?? ""}`.trim(),
  );
}

/** With the mover six of eight, as many as it needs. */
const OTHERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"] as const;

const file = (name: string) => ({ [`proposals/${name}.md`]: `# ${name}\n` });

/** Voted through, and its period over, by the older bot's book. */
async function finished(n: number, disposition = "merge"): Promise<void> {
  await bot.moves(n, "richvdh", disposition);
  await bot.reviewed(n, ...OTHERS);
  await bot.begins(n);
  await r.advance(5 * DAY + HOUR);
  await bot.finishes(n);
  await r.advance(HOUR);
}

describe("where the clerk and the older bot agree, it is told in one line", () => {
  test("a proposal carried from motion to merge, with a concern and with ticks by hand", async () => {
    const n = r.propose();
    await bot.moves(n, "richvdh");
    await bot.concern(n, "dbkr", "it leaks");
    await bot.ticks(n, "ara4n");
    await bot.reviewed(n, "erikjohnston", "dbkr", "uhoreg", "turt2live");
    await bot.resolves(n, "dbkr", "it leaks");
    await bot.begins(n);
    await r.advance(5 * DAY + HOUR);
    await bot.finishes(n);
    r.as("ara4n").merge(n);
    await r.advance(HOUR);
    const { code, text, notes } = await look();
    expect(text.split("\n")).toEqual([
      "matrix-org/matrix-spec-proposals, judged by draft.yml, as no config is on the default branch. No clerk is to be seen there yet.",
      "Every open pull request, and every other that was changed since 7 December 2025. Nothing is written anywhere.",
      `#${n} MSC1772: Matrix spaces: agrees. Merged after its Final Comment Period.`,
      "1 proposal: 1 agrees, 0 differ.",
      "On its first day the clerk would write nothing.",
      "Reading took 5 requests.",
    ]);
    expect([code, notes]).toEqual([EXIT.agrees, []]);
  });

  test("one in review, one that is voted on, one in its period, and one closed", async () => {
    r.propose("In review", file("1-a"));
    const proposed = r.propose("Voted on", file("2-b"));
    await bot.moves(proposed, "richvdh");
    await bot.ticks(proposed, "uhoreg");
    await bot.concern(proposed, "dbkr", "it leaks");
    const closed = r.propose("Closed", file("3-c"));
    await finished(closed, "close");
    const running = r.propose("In its period", file("4-d"));
    await bot.moves(running, "richvdh");
    await bot.reviewed(running, ...OTHERS);
    await bot.begins(running);
    await r.advance(HOUR);
    const { code, text } = await look();
    expect(text).toMatch(
      /^#1 In review: agrees\. In review: no Final Comment Period has been proposed yet\.$/m,
    );
    expect(text).toMatch(
      /^#2 Voted on: agrees\. Waiting for 4 more approvals .* concern C1 to be resolved\.$/m,
    );
    expect(text).toMatch(
      /^#3 Closed: agrees\. Decided: the Final Comment Period has concluded, and this is closed\.$/m,
    );
    expect(text).toMatch(/^#4 In its period: agrees\. Final Comment Period to merge until 12 March 2026/m);
    expect(text).toContain("\n4 proposals: 4 agree, 0 differ.\n");
    expect(code).toBe(EXIT.agrees);
  });

  test("an hour after the period is over the older bot may not have looked yet; a day after it should have", async () => {
    const n = r.propose();
    await bot.moves(n, "richvdh");
    await bot.reviewed(n, ...OTHERS);
    await bot.begins(n);
    await r.advance(5 * DAY + HOUR);
    expect(await differencesOn(n)).toEqual([]);
    await r.advance(DAY);
    expect(await differencesOn(n)).toEqual([
      "phase: The clerk would have it accepted; there it is in its Final Comment Period. It would now say: Accepted: the Final Comment Period has concluded, and this can be merged.",
    ]);
  });
});

describe("what differs is told with why", () => {
  test("votes: an approval by review, words in an edit, words in a review", async () => {
    const n = r.propose();
    await bot.moves(n, "richvdh");
    const said = r.as("uhoreg").comment(n, "I am not sure.");
    await r.advance(HOUR);
    r.as("uhoreg").editComment(said.id, "I am sure now.\n\n@mscbot reviewed");
    await r.advance(MINUTE);
    r.as("KitsuneRal").approve(n);
    await r.advance(MINUTE);
    r.as("dbkr").review(n, { event: "COMMENT", body: "@mscbot reviewed" });
    await r.advance(HOUR);
    expect(await differencesOn(n)).toEqual([
      "votes: uhoreg: a yes by the clerk’s count, no tick there. They said so when they edited a comment, which that bot does not hear, on 2 March 2026.",
      "votes: KitsuneRal: a yes by the clerk’s count, no tick there. They approved by a review, which that bot does not count, on 2 March 2026.",
      "votes: dbkr: a yes by the clerk’s count, no tick there. They said so in the text of a review, which that bot does not hear, on 2 March 2026.",
    ]);
  });

  test("votes: a box ticked by somebody else, one noted by the bot alone, and one taken back by a review", async () => {
    const n = r.propose();
    await bot.moves(n, "richvdh");
    await bot.ticks(n, "ara4n", "erikjohnston");
    await bot.notes(n, "dbkr");
    await bot.reviewed(n, "turt2live");
    await r.advance(HOUR);
    r.as("turt2live").requestChanges(n, "Please mend the second paragraph.");
    await r.advance(HOUR);
    expect(await differencesOn(n)).toEqual([
      "votes: erikjohnston: a tick there, no yes by the clerk’s count. It was ticked by ara4n: the clerk takes a tick for the vote of whoever makes it.",
      "votes: dbkr: a tick there, no yes by the clerk’s count. Nothing that they have said or ticked themselves is found now: it was edited or deleted, or somebody noted it for them.",
      "votes: turt2live: a tick there, no yes by the clerk’s count. They took it back by a review that requests changes on 2 March 2026.",
      "concerns: Concern “changes requested by turt2live”: open for the clerk, not there. A review of turt2live’s that requests changes stands as a concern until they approve or somebody resolves it.",
    ]);
  });

  test("roster: who has left the team since", async () => {
    const n = r.propose();
    await bot.moves(n, "richvdh", "merge", ["leonerd"]);
    await bot.notes(n, "leonerd");
    await r.advance(HOUR);
    expect(await differencesOn(n)).toEqual([
      "roster: leonerd: a tick there, no yes by the clerk’s count. They sit in no team that decides this by the config: they have left it, are not seated yet, or have another login in it.",
    ]);
  });

  test("concerns and phase: one from before the motion carries over, one is struck through by nobody, one is resolved by its number", async () => {
    const n = r.propose();
    r.as("dbkr").comment(n, "@mscbot concern said early");
    await r.advance(HOUR);
    await bot.moves(n, "richvdh");
    await bot.concern(n, "uhoreg", "it leaks");
    await bot.concern(n, "dbkr", "it is slow");
    await bot.resolves(n, null, "it leaks");
    r.as("dbkr").comment(n, "@mscbot resolve C3");
    await r.advance(HOUR);
    await bot.reviewed(n, ...OTHERS);
    await bot.begins(n);
    await r.advance(2 * HOUR);
    expect(await differencesOn(n)).toEqual([
      expect.stringMatching(
        /^phase: The clerk would have it proposed for its Final Comment Period; there it is in its Final Comment Period\. Just before that step the clerk would have said \(since .*\): Waiting for concerns C1 and C2 to be resolved\.$/,
      ),
      "concerns: Concern “said early”: open for the clerk, not there. It was raised before the present motion, and belongs to the proposal: it carries over until somebody resolves it.",
      "concerns: Concern “it leaks”: open for the clerk, not there. It is struck through there; nobody whom the clerk hears has said so in words that it knows.",
      "concerns: Concern “it is slow”: open there, not for the clerk. dbkr resolved it on 2 March 2026.",
    ]);
  });

  test("phase: a motion by somebody on no team", async () => {
    const n = r.propose();
    await bot.moves(n, "passer-by");
    await r.advance(HOUR);
    expect(await differencesOn(n)).toEqual([
      "phase: The clerk would have it without a motion or a decision; there it is proposed for its Final Comment Period. The clerk would have refused “fcp merge” by passer-by (not a member).",
    ]);
  });

  test("outcome: finished before its time, and merged", async () => {
    const n = r.propose();
    await bot.moves(n, "richvdh");
    await bot.reviewed(n, ...OTHERS);
    await bot.begins(n);
    await r.advance(3 * DAY);
    await bot.finishes(n);
    r.as("ara4n").merge(n);
    await r.advance(HOUR);
    expect(await differencesOn(n)).toEqual([
      expect.stringMatching(
        /^outcome: The clerk would have it without a motion or a decision; there it is accepted\. Just before that step the clerk would have said \(since .*\): Final Comment Period to merge until 7 March 2026/,
      ),
    ]);
  });

  test("period: begun later there, and so ended later", async () => {
    const n = r.propose();
    await bot.moves(n, "richvdh");
    await bot.reviewed(n, ...OTHERS);
    await r.advance(2 * DAY);
    await bot.begins(n);
    await r.advance(5 * DAY + HOUR);
    await bot.finishes(n);
    r.as("ara4n").merge(n);
    await r.advance(HOUR);
    expect(await differencesOn(n)).toEqual([
      "period: The clerk would have begun the Final Comment Period on 2 March 2026, 09:00 UTC; there it began on 4 March 2026, 09:00 UTC.",
      "period: The clerk would have concluded it on 7 March 2026, 09:00 UTC; there it ended on 9 March 2026, 10:00 UTC.",
    ]);
  });

  test("labels: postponed, and only finished there", async () => {
    const n = r.propose();
    await finished(n, "postpone");
    expect(await differencesOn(n)).toEqual([
      "labels: The clerk would put on “proposal-postponed” and take off “finished-final-comment-period”.",
    ]);
  });

  test("text: pushed after it was accepted", async () => {
    const n = r.propose();
    await bot.moves(n, "richvdh");
    await bot.reviewed(n, ...OTHERS);
    r.as("KitsuneRal").approve(n);
    await bot.begins(n);
    await r.advance(5 * DAY + HOUR);
    await bot.finishes(n);
    r.as("ShadowJonathan").push(n, { "proposals/1772-spaces.md": "# Quite another text\n" });
    await r.advance(HOUR);
    expect(await differencesOn(n)).toContain(
      "text: Accepted by both, and the clerk’s check would wait: 0 of 2 members needed have said yes to the text that stands now. Commits came after those that members have approved, or GitHub does not tell which one stood when.",
    );
  });

  test("takeover: a label put on by hand, and what is accepted and not merged yet", async () => {
    const accepted = r.propose("Accepted", file("1-a"));
    await finished(accepted);
    const byHand = r.propose("By hand", file("2-b"));
    await bot.moves(byHand, "richvdh");
    r.as("ara4n").unlabel(byHand, "proposed-final-comment-period");
    r.as("ara4n").label(byHand, "proposed-final-comment-period");
    await r.advance(HOUR);
    expect(await differencesOn(byHand)).toEqual([
      "takeover: What an older bot had under way here is not taken over: the label that tells of it was put on last by somebody else than that bot. Its votes do not count; to go on, a member proposes it anew.",
    ]);
    expect(await differencesOn(accepted)).toEqual([
      "takeover: Accepted there and not merged yet: on its first day the clerk would know nothing of it, and its check would wait. What is over is not taken over: merge it before the clerk comes, or have it recorded then by `override finished: REASON` and a second.",
    ]);
    expect((await look()).code).toBe(EXIT.differs);
  });
});

describe("which pull requests, and by which rules", () => {
  test("those that are no proposals and those that change the config are counted apart; an ended one only if it changed since", async () => {
    const n = r.propose();
    r.as("ara4n").close(n);
    r.as("kegsay").openPull({ title: "A typing error", files: { "README.md": "better" } });
    r.as("kegsay").openPull({ title: "Adopt the clerk", files: { [CONFIG]: DRAFT.text } });
    await r.advance(2 * DAY);
    expect((await look({ since: DAY })).text).toContain(
      "\n0 proposals: 0 agree, 0 differ.\nLeft out: 1 pull request that is no proposal and 1 change of the config.\n",
    );
    expect((await look({ since: 3 * DAY })).text).toContain("\n1 proposal: 1 agrees, 0 differ.\n");
  });

  test("by the config of the default branch where there is one; without either it says what to give", async () => {
    const { code, text, notes } = await look({ given: null });
    expect([code, text]).toEqual([EXIT.unreadable, ""]);
    expect(notes).toEqual([
      "matrix-org/matrix-spec-proposals has no config file on its default branch: say by which rules it is judged with --config FILE.",
    ]);
    r.as("ara4n").pushTo(null, { [CONFIG]: DRAFT.text }, { message: "Adopt the clerk" });
    expect((await look({ given: null })).text).toMatch(
      /^matrix-org\/matrix-spec-proposals, judged by the config on the default branch \([0-9a-f]{7}\)\. No clerk/,
    );
    expect((await look()).text).toMatch(
      /judged by draft\.yml, and not by the config that is on the default branch\./,
    );
    expect((await look({ given: { file: "draft.yml", text: "version: 2" } })).notes.join("\n")).toMatch(
      /^draft\.yml is not right, so nothing is judged by it:\ndraft\.yml:1:1: /,
    );
  });

  test("a clerk that is at work there is named, and of several it is not guessed", async () => {
    const n = r.propose();
    const check = { name: "msc-clerk", externalId: `${n}:success`, conclusion: "success" } as const;
    r.sandbox.addApp("one-clerk").check(n, check);
    expect((await look()).text).toContain("one-clerk is the clerk at work there.");
    r.sandbox.addApp("another-clerk").check(n, check);
    expect(await signIn()).toEqual({
      kind: "not",
      why: expect.stringContaining("several Apps have a check run"),
    });
  });
});

test("as the App it tells the same", async () => {
  const n = r.propose();
  await bot.moves(n, "richvdh");
  await bot.concern(n, "dbkr", "it leaks");
  await r.advance(HOUR);
  const signedIn = await asApp(wanted(), r.credentials, r.clock);
  if (signedIn.kind === "not") throw new Error(signedIn.why);
  const { out, lines } = outlet(true);
  const asked = { wanted: wanted(), since: 0, given: DRAFT, signal: new AbortController().signal };
  expect(await shadow(asked, false, signedIn.session, out)).toBe(EXIT.agrees);
  const byToken = await look({ json: true });
  expect(lines[1]).toEqual(byToken.lines[1]);
  expect(lines[1]).toMatchObject({ number: n, agrees: true, clerk: { openConcerns: ["it leaks"] } });
});

describe("it writes nothing, and goes on", () => {
  test("every request is a GET or a query", async () => {
    const n = r.propose();
    await bot.moves(n, "richvdh");
    await finished(r.propose("Accepted", file("1-a")));
    const before = r.sandbox.requests.all.length;
    await look();
    const asked = r.sandbox.requests.all.slice(before);
    expect(asked.length).toBeGreaterThanOrEqual(8);
    expect(
      asked.filter(({ kind, method, path }) => kind !== "read" || (method !== "GET" && path !== "/graphql")),
    ).toEqual([]);
  });

  test("one that cannot be read is told, and the others are read all the same", async () => {
    r.propose("First", file("1-a"));
    r.propose("Second", file("2-b"));
    r.propose("Third", file("3-c"));
    r.sandbox.faults.byChance = ({ variables }) =>
      variables.number === 2 ? { kind: "gone", status: 451 } : null;
    const looking = look();
    await waiting();
    await r.advance(5 * MINUTE);
    const { code, text, notes } = await looking;
    expect(notes).toHaveLength(2);
    expect(text).toMatch(/^#2 cannot be read: /m);
    expect(text).toContain("\n2 proposals: 2 agree, 0 differ.\n1 pull request could not be read.\n");
    expect(code).toBe(EXIT.unreadable);
  });

  test("GitHub’s limit is waited out, and told", async () => {
    r.propose("First", file("1-a"));
    r.propose("Second", file("2-b"));
    const { out, texts, notes } = outlet();
    const asked = { wanted: wanted(), since: 0, given: DRAFT, signal: new AbortController().signal };
    const signedIn = await session();
    r.sandbox.faults.fail(
      { kind: "primary", resetIn: 20 * MINUTE },
      { when: ({ variables }) => variables.number === 2 },
    );
    const looking = shadow(asked, false, signedIn, out);
    await waiting();
    expect(notes).toEqual([
      expect.stringMatching(/^GitHub asks for patience \(.*\): going on 2 March 2026, /),
    ]);
    await r.advance(21 * MINUTE);
    expect(await looking).toBe(EXIT.agrees);
    expect(texts.join("\n")).toContain("\n2 proposals: 2 agree, 0 differ.\n");
  });

  test("for programs: an object a line, the look first, the summary last, and how far it is beside them", async () => {
    const n = r.propose();
    await bot.moves(n, "richvdh");
    r.as("KitsuneRal").approve(n);
    await r.advance(HOUR);
    const { lines, progress, text } = await look({ json: true });
    expect(text).toBe("");
    expect(progress).toEqual(["Reading 1 of 1 …"]);
    expect(lines.map(({ kind }) => kind)).toEqual(["look", "proposal", "summary"]);
    expect(new Set(lines.map(({ format }) => format))).toEqual(new Set(["msc-clerk shadow 1"]));
    expect(lines[1]).toMatchObject({
      number: n,
      agrees: false,
      clerk: { state: "proposed", openConcerns: [], began: null, ended: null },
      olderBot: { state: "proposed", ticked: ["richvdh"], openConcerns: [] },
      differences: [{ kind: "votes" }],
      wouldWrite: [
        expect.stringMatching(/^comment: status comment of motion 1/),
        expect.stringMatching(/^check: /),
        expect.stringMatching(/^form check: /),
      ],
    });
    expect(lines[2]).toMatchObject({
      agree: 0,
      differ: 1,
      differences: { votes: 1, roster: 0 },
      wouldWriteOn: 1,
    });
  });
});

describe("--follow", () => {
  async function following() {
    const told = outlet();
    const stopped = new AbortController();
    const asked = { wanted: wanted(), since: 0, given: DRAFT, signal: stopped.signal };
    const running = shadow(asked, true, await session(), told.out);
    await waiting();
    const news = () => told.texts.splice(0);
    const end = () => {
      stopped.abort();
      return running;
    };
    return { ...told, news, end };
  }

  test("each day at the same moment it tells what is new or different, and ends when it is asked to", async () => {
    const n = r.propose("First", file("1-a"));
    const { news, notes, end } = await following();
    expect(news()).toHaveLength(3);
    await bot.moves(n, "richvdh");
    await r.advance(DAY);
    await waiting();
    expect(news()).toEqual([
      expect.stringMatching(/^3 March 2026, 09:00 UTC: what is new or different/),
      expect.stringMatching(/^#1 First: agrees\. Waiting for/),
      expect.stringMatching(/^1 proposal:/),
    ]);
    await r.advance(DAY);
    await waiting();
    expect(news()).toEqual(["4 March 2026, 09:00 UTC: nothing is new."]);
    expect(await end()).toBe(EXIT.agrees);
    expect(notes).toEqual([]);
  });

  test("a day on which GitHub does not answer is told, and the next one goes on", async () => {
    r.propose("First", file("1-a"));
    const { news, notes, end } = await following();
    news();
    r.sandbox.faults.byChance = ({ path }) =>
      path.endsWith("/pulls") ? { kind: "gone", status: 404 } : null;
    await r.advance(DAY);
    await waiting();
    expect(notes).toEqual([
      expect.stringMatching(
        /^3 March 2026, 09:00 UTC: this look came to nothing: The pull requests of .* cannot be listed: .*\. The next one is on 4 March 2026, 09:00 UTC\.$/,
      ),
    ]);
    r.sandbox.faults.clear();
    const second = r.propose("Second", file("2-b"));
    await r.advance(DAY);
    await waiting();
    expect(news().join("\n")).toMatch(new RegExp(`^4 March .*\n#${second} Second: agrees`));
    expect(await end()).toBe(EXIT.agrees);
  });
});

test("a run that is ended before it has read all says so, and does not call it agreement", async () => {
  r.propose("First", file("1-a"));
  r.propose("Second", file("2-b"));
  const stopped = new AbortController();
  const { out, texts } = outlet();
  const asked = { wanted: wanted(), since: 0, given: DRAFT, signal: stopped.signal };
  const code = await shadow(asked, false, await session(), { ...out, progress: () => stopped.abort() });
  expect(texts.at(-1)).toContain("It was ended before all were read: 1 pull request was not looked at.");
  expect(code).toBe(EXIT.unreadable);
});

/** Until it waits for the clock, and for nothing else. */
async function waiting(): Promise<void> {
  while (r.clock.sleepers === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}
