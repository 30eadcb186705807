import { describe, expect, test } from "vitest";
import { askFor, type Questioner } from "../../../src/cli/init/ask.js";
import { GitHubLookUp } from "../../../src/cli/init/lookUp.js";
import { QUESTION_OPTIONS, type QuestionOption } from "../../../src/cli/init/questions.js";
import { existsText, writtenText } from "../../../src/cli/init/words.js";
import type { FoundAccount, PeopleReader } from "../../../src/github/read/people.js";

/** What `init` asks, and what it makes of the answers. */

const KNOWN: readonly FoundAccount[] = [
  { login: "Alice", id: 101, type: "User" },
  { login: "bob", id: 102, type: "User" },
  { login: "acme", id: 7, type: "Organization" },
];

const gitHub = (reachable = true): PeopleReader => ({
  account: async (login) => {
    if (!reachable) return { kind: "unreadable", why: "GitHub cannot be reached", retryAt: null };
    const account = KNOWN.find((one) => one.login.toLowerCase() === login.toLowerCase());
    return account === undefined ? { kind: "gone", why: "Not Found" } : { kind: "read", account };
  },
  mayRead: async () => ({ kind: "read", mayRead: true }),
  team: async (_, team) =>
    team === "core"
      ? { kind: "read", members: KNOWN }
      : team === "empty"
        ? { kind: "read", members: [] }
        : { kind: "gone", why: "Not Found" },
});

const given = (said: Partial<Record<QuestionOption, string>>) =>
  new Map(QUESTION_OPTIONS.flatMap((option) => (said[option] === undefined ? [] : [[option, said[option]]])));

/** Somebody who types these, line by line, and then has had enough. */
function typing(...lines: readonly string[]) {
  const left = [...lines];
  const seen: { readonly question: string; readonly suggestion: string | null }[] = [];
  const told: string[] = [];
  const asker: Questioner = {
    ask: async (question, suggestion) => {
      seen.push({ question, suggestion });
      return left.shift() ?? null;
    },
    tell: (text) => void told.push(text),
  };
  return { asker, seen, told };
}

const ask = (
  said: Partial<Record<QuestionOption, string>>,
  {
    asker = null,
    suggested = false,
    reachable = true,
  }: { asker?: Questioner | null; suggested?: boolean; reachable?: boolean } = {},
) => askFor(given(said), asker, suggested, new GitHubLookUp(gitHub(reachable), () => {}));

const ALL = {
  ...{ name: "Working Group", members: "alice, @bob", threshold: "2/3", quorum: "none", period: "10 days" },
  ...{ proposals: "changed:texts/**", specification: "no", mention: "@WG-Clerk", merge: "manual" },
};

describe("on a terminal", () => {
  test("each question in turn, with what is suggested, which an empty line takes; the shares are told for the very team", async () => {
    const { asker, seen, told } = typing("Board", "alice bob", "", "", "", "", "", "", "");
    const asked = await ask({}, { asker });
    expect(asked).toEqual({
      kind: "answers",
      answers: {
        ...{ name: "Board", quorum: null, period: "5 days", proposals: { by: "all" } },
        members: [
          { login: "Alice", id: 101 },
          { login: "bob", id: 102 },
        ],
        threshold: { text: "75%", value: { numerator: 3, denominator: 4 } },
        ...{ specification: false, mention: "board-clerk", merge: "manual" },
      },
    });
    expect(seen.map(({ suggestion }) => suggestion)).toEqual([
      ...[null, null, "75%", "none", "5 days", "all", "no", "board-clerk", "manual"],
    ]);
    expect(seen[2]?.question).toBe(
      "Which share of the team has to say yes to a proposal? Of 2 members 1/2 is 1, 2/3 is 2, 75% is 2 and 100% is 2.",
    );
    expect(told).toEqual([]);
  });

  test("what is wrong is told, and asked again", async () => {
    const { name: _, members: __, threshold: ___, ...rest } = ALL;
    const { asker, told } = typing(
      "",
      "x".repeat(101),
      "Board",
      "alice, nobody",
      "acme",
      "alice",
      "4",
      "0%",
      "1/2",
    );
    expect(await ask(rest, { asker })).toMatchObject({
      kind: "answers",
      answers: { name: "Board", threshold: { text: "1/2" }, mention: "wg-clerk" },
    });
    expect(told).toEqual([
      "An answer is needed.",
      expect.stringMatching(/100/),
      "GitHub has no account “nobody”.",
      "Of “acme” GitHub says that no person has that account.",
      "4 is only a number: write 4% if it is meant per cent, or a fraction such as 4/5.",
      "“0%” is no share: write it as 75% or 2/3.",
    ]);
  });

  test("whoever has had enough has written nothing", async () => {
    const { asker } = typing("Board");
    expect(await ask({}, { asker })).toEqual({ kind: "ended" });
  });
});

describe("without a terminal", () => {
  test("all is said by options", async () => {
    expect(await ask(ALL)).toMatchObject({
      kind: "answers",
      answers: {
        ...{ name: "Working Group", period: "10 days", proposals: { by: "changed", path: "texts/**" } },
        ...{ mention: "wg-clerk", merge: "manual", threshold: { text: "2/3" } },
      },
    });
  });

  test("what is missing is named, all at once, with its option", async () => {
    expect(await ask({ name: "Board", merge: "squash" })).toEqual({
      kind: "misuse",
      why: [
        "init asks on a terminal, and this is none. Say as well:",
        "  --members a,b,c, or --team ORG/TEAM",
        "  --threshold SHARE (suggested: 75%)",
        "  --quorum SHARE|none (suggested: none)",
        "  --period LENGTH (suggested: 5 days)",
        "  --proposals WHAT (suggested: all)",
        "  --specification yes|no (suggested: no)",
        "  --mention APP",
        "or take what is suggested, where anything is, with --suggested.",
      ].join("\n"),
    });
  });

  test("what is suggested has to be asked for; nobody can suggest who votes", async () => {
    expect(await ask({ name: "Board", members: "alice" }, { suggested: true })).toMatchObject({
      answers: { mention: "board-clerk", threshold: { text: "75%" } },
    });
    expect(await ask({}, { suggested: true })).toMatchObject({
      kind: "misuse",
      why: expect.stringMatching(/\n {2}--name NAME\n {2}--members a,b,c, or --team ORG\/TEAM\nor take/),
    });
  });

  test.each([
    ["threshold", "75", /^--threshold: 75 is only a number: write 75%/],
    ["quorum", "most", /^--quorum: “most” is no share: write it as 75% or 2\/3, or none\.$/],
    ["period", "5", /^--period: /],
    [
      "proposals",
      "some",
      /^--proposals: “some” says none of these: all, label:NAME, added:PATH or changed:PATH\.$/,
    ],
    ["proposals", "added:/abs", /^--proposals: /],
    ["proposals", "label:rejected", /^--proposals: .*label/],
    ["specification", "perhaps", /^--specification: “perhaps” is neither yes nor no\.$/],
    ["mention", "My App", /^--mention: “My App” cannot be the name of an App/],
    ["mention", "a".repeat(35), /^--mention: /],
    ["merge", "rebased", /^--merge: “rebased” is none of manual, merge, squash or rebase\.$/],
    ["members", "nobody", /^--members: GitHub has no account “nobody”\.$/],
    ["members", ", ,", /^--members: /],
    ["name", "zero\u200bwidth", /^--name: .*U\+200B/],
    ["name", "two\nlines", /^--name: /],
  ] as const)("--%s %j is refused with what to do", async (option, text, why) => {
    expect(await ask({ ...ALL, [option]: text })).toEqual({
      kind: "misuse",
      why: expect.stringMatching(why),
    });
  });
});

describe("who the members are", () => {
  test("a team of GitHub’s, people only, and its name as what the team is called", async () => {
    expect(await ask({ members: "acme/core" }, { suggested: true })).toMatchObject({
      answers: { name: "Core", members: [{ login: "Alice" }, { login: "bob" }] },
    });
    expect(await ask({ ...ALL, members: "acme/empty" })).toMatchObject({
      why: "--team: the team acme/empty has no members.",
    });
    expect(await ask({ ...ALL, members: "acme/secret" })).toMatchObject({
      why: expect.stringMatching(
        /^--team: GitHub shows no team acme\/secret: .* read:org in GITHUB_TOKEN\.$/,
      ),
    });
  });

  test("named twice is one seat", async () => {
    expect(await ask({ ...ALL, members: "bob,BOB, @bob" })).toMatchObject({
      answers: { members: [{ login: "bob", id: 102 }] },
    });
  });

  test("where GitHub does not answer they stay as they were typed, without ids, and that is said", async () => {
    const asked = await ask({ ...ALL, members: "alice,bob" }, { reachable: false });
    if (asked.kind !== "answers") throw new Error(asked.kind);
    expect(asked.answers.members).toEqual([
      { login: "alice", id: null },
      { login: "bob", id: null },
    ]);
    expect(writtenText("x.yml", asked.answers, "GitHub cannot be reached")).toContain(
      "2 members have no id yet (GitHub did not tell: GitHub cannot be reached): the file says beside each where to find it.",
    );
  });
});

describe("what is said at the end", () => {
  test("what it comes to, and the next steps", async () => {
    const asked = await ask(ALL);
    if (asked.kind !== "answers") throw new Error(asked.kind);
    expect(writtenText(".github/msc-clerk.yml", asked.answers, null)).toBe(
      [
        ".github/msc-clerk.yml is written. Working Group, 2 members: 2 of 2 have to say yes; whoever abstains counts like a no.",
        "",
        "Next, each in its time (docs/adopting.md leads through it):",
        "  rehearse it with your own people       npm run sandbox -- --config .github/msc-clerk.yml",
        "  see what your proposals would be       npx msc-clerk simulate .github/msc-clerk.yml OWNER/REPO",
        "  check it in CI, on every pull request  npx msc-clerk check .github/msc-clerk.yml",
        "  run the clerk                          docs/hosting.md",
        "  and put the file on the default branch: from then on it changes by vote alone.",
      ].join("\n"),
    );
    expect(writtenText("a.yml", { ...asked.answers, merge: "squash" }, null)).toMatch(
      /docs\/hosting\.md, with the permissions of app\.merge\.yml\n {2}and put it on the default branch as \.github\/msc-clerk\.yml/,
    );
    expect(existsText("a.yml")).toMatch(/is left as it is\. .* --force\.$/);
  });
});
