import { describe, expect, test } from "vitest";
import { olderBotOn } from "../../src/cli/draft/olderBot.js";
import { compare } from "../../src/cli/shadow/compare.js";
import type { ShadowDifference } from "../../src/cli/shadow/difference.js";
import { type ComparedProposal, judged, type Summary } from "../../src/cli/shadow/look.js";
import { MOST_MOMENTS, rerun } from "../../src/cli/shadow/rerun.js";
import {
  differenceSentence,
  headText,
  proposalText,
  summaryText,
  whySentence,
} from "../../src/cli/shadow/words.js";
import { decide } from "../../src/domain/decide.js";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../src/domain/text/time.js";
import { START, type World, world } from "../support/world.js";

/** What `msc-clerk shadow` makes of a thread that an older bot has carried. What it reads is in sandbox/test/stories/shadow.test.ts. */

const BOT = "mscbot";
const PROPOSED = "proposed-final-comment-period";
const FCP = "final-comment-period";
const MEMBERS = [
  "richvdh",
  "ara4n",
  "erikjohnston",
  "dbkr",
  "uhoreg",
  "turt2live",
  "anoadragon453",
  "KitsuneRal",
];

const body = (ticked: readonly string[], concerns: readonly string[] = []) =>
  [
    "Team member @richvdh has proposed to **merge** this. The next step is review by the rest of the tagged people:",
    "",
    ...MEMBERS.map((login) => `- [${ticked.includes(login) ? "x" : " "}] @${login}`),
    "",
    ...(concerns.length > 0 ? ["Concerns:", "", ...concerns.map((text) => `* ${text}`)] : []),
  ].join("\n");

/** The older bot's status comment, with who saved which text of it. */
function status(
  w: World,
  saved: readonly (readonly [string, readonly string[], Instant?])[],
  concerns: readonly string[] = [],
): void {
  const author = w.account(BOT);
  const revisions = saved.map(([login, ticked, at = w.now]) => ({
    editor: w.account(login),
    at,
    body: body(ticked, concerns),
  }));
  w.legacyComments = [
    {
      id: "77",
      url: `${w.pull.url}#issuecomment-77`,
      author,
      createdAt: revisions[0]?.at ?? w.now,
      body: revisions.at(-1)?.body ?? "",
      revisions,
    },
  ];
}

/** Moved and voted through on both sides, with the older bot's labels so far. */
function begun(): World {
  const w = world();
  w.say("richvdh", "@mscbot fcp merge");
  status(w, [[BOT, MEMBERS.slice(0, 6)]]);
  w.label(BOT, "disposition-merge");
  w.label(BOT, PROPOSED);
  for (const login of MEMBERS.slice(1, 6)) w.say(login, "@mscbot reviewed");
  return w;
}

function compared(w: World, now: Instant = w.now) {
  const read = { ...w.snapshot(), register: null };
  const again = rerun(read, w.rules, now);
  if (again.kind !== "rerun") throw new Error(`${again.moments} moments`);
  const first = decide({ ...read, adoptedAt: now }, w.rules, now);
  return compare(read, w.rules, again, olderBotOn(read, w.rules), first);
}
const kindsOn = (w: World, now?: Instant) => compared(w, now).differences.map(({ kind }) => kind);

describe("takeover.legacy: beside an older bot", () => {
  test("takeover.legacy: the clerk would have begun with the sixth yes, whatever the older bot did then", () => {
    const w = begun();
    const sixth = w.now;
    w.wait(3 * HOUR);
    w.label(BOT, FCP);
    w.unlabel(BOT, PROPOSED);
    expect(compared(w).differences).toEqual([
      expect.objectContaining({ kind: "period", which: "beginning", here: sixth, there: w.now - SECOND }),
    ]);
  });

  test("takeover.legacy: and with a sixth yes by an approving review not before that review", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    for (const login of MEMBERS.slice(1, 5)) w.say(login, "@mscbot reviewed");
    w.wait(DAY);
    w.review("KitsuneRal", "approved");
    const sixth = w.now;
    w.wait(HOUR);
    const again = rerun(w.snapshot(), w.rules, w.now);
    expect(again.kind === "rerun" && again.decision.register.motion?.fcp).toMatchObject({ startedAt: sixth });
  });

  test("label.state: a label that is there for no reason is told, where no concern tells it already", () => {
    const w = begun();
    w.label(BOT, FCP);
    w.unlabel(BOT, PROPOSED);
    w.label("richvdh", "unresolved-concerns");
    w.now += HOUR;
    expect(compared(w).differences).toEqual([
      { kind: "labels", add: [], remove: ["unresolved-concerns"], url: null },
    ]);
    w.say("dbkr", "@mscbot concern it leaks");
    w.unlabel("richvdh", "unresolved-concerns");
    expect(kindsOn(w)).toEqual(["concerns"]);
  });

  test.each([
    [HOUR, []],
    [HOUR + SECOND, ["period"]],
  ])("takeover.legacy: a beginning %d milliseconds apart", (apart, kinds) => {
    const w = begun();
    w.now += apart - SECOND;
    w.label(BOT, FCP);
    w.unlabel(BOT, PROPOSED);
    expect(kindsOn(w)).toEqual(kinds);
  });

  test.each([
    [5 * DAY, []],
    [6 * DAY, []],
    [6 * DAY + SECOND, ["phase"]],
  ])("takeover.legacy: %d milliseconds after it began the older bot has not ended it", (after, kinds) => {
    const w = begun();
    const began = w.now;
    w.label(BOT, FCP);
    w.unlabel(BOT, PROPOSED);
    expect(kindsOn(w, began + after)).toEqual(kinds);
  });

  test("takeover.legacy: a tick in its comment is the vote of whoever made it, and unticking takes it back", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    w.label(BOT, "disposition-merge");
    w.label(BOT, PROPOSED);
    const at = w.now;
    status(w, [
      [BOT, ["richvdh"], at],
      ["dbkr", ["richvdh", "dbkr"], at + MINUTE],
      ["uhoreg", ["richvdh", "dbkr", "uhoreg"], at + 2 * MINUTE],
      ["dbkr", ["richvdh", "uhoreg"], at + 3 * MINUTE],
      ["ara4n", ["richvdh", "uhoreg", "KitsuneRal"], at + 4 * MINUTE],
    ]);
    w.now = at + HOUR;
    const again = rerun(w.snapshot(), w.rules, w.now);
    if (again.kind !== "rerun") throw new Error("too much");
    const yes = again.decision.register.motion?.ballots.filter(({ choice }) => choice === "yes");
    expect(yes?.map(({ member }) => member.login)).toEqual(["richvdh", "uhoreg"]);
    expect(compared(w).differences).toEqual([
      expect.objectContaining({
        kind: "votes",
        login: "KitsuneRal",
        why: { code: "ticked_by_another", by: "ara4n" },
      }),
    ]);
  });

  test("takeover.legacy: what the older bot's own account ticked, labelled or said decides nothing", () => {
    const w = world();
    status(w, [[BOT, MEMBERS]]);
    w.say(BOT, "@mscbot fcp merge");
    w.label(BOT, "disposition-merge");
    w.label(BOT, PROPOSED);
    w.label(BOT, FCP);
    w.wait(10 * DAY);
    const again = rerun(w.snapshot(), w.rules, w.now);
    expect(again.kind === "rerun" && again.decision.phase).toBe("in_review");
    expect(again.kind === "rerun" && again.decision.register.motion).toBeNull();
    expect(compared(w).differences).toContainEqual(expect.objectContaining({ kind: "phase", refused: null }));
  });

  test("takeover.legacy: a motion that was cancelled is none on either side", () => {
    const w = begun();
    w.say("richvdh", "@mscbot fcp cancel");
    w.unlabel(BOT, PROPOSED);
    w.unlabel(BOT, "disposition-merge");
    const [comment] = w.legacyComments;
    if (comment === undefined) throw new Error("no comment");
    const cancelled = `**This FCP proposal has been cancelled by [#1](https://example.org).**\n\n${comment.body}`;
    w.legacyComments = [{ ...comment, body: cancelled }];
    w.now += HOUR;
    expect(olderBotOn(w.snapshot(), w.rules).status).toBeNull();
    // It had begun by the clerk's count in the moment of the sixth yes, and was cancelled in it.
    expect(compared(w)).toMatchObject({ here: "none", there: "none", differences: [] });
  });

  test("takeover.legacy: an account of the same name and of another type is no older bot", () => {
    const w = begun();
    w.legacyComments = w.legacyComments.map((one) => ({
      ...one,
      author: { type: "Bot", login: BOT, id: 1 },
    }));
    expect(olderBotOn(w.snapshot(), w.rules).status).toBeNull();
  });

  test("act.once: the same thread gives the same answer, whatever the order it is listed in", () => {
    const w = begun();
    w.say("KitsuneRal", "@mscbot concern it leaks");
    w.wait(HOUR);
    const read = w.snapshot();
    const turned = {
      ...read,
      utterances: [...read.utterances].reverse(),
      events: [...read.events].reverse(),
    };
    expect(rerun(turned, w.rules, w.now)).toEqual(rerun(read, w.rules, w.now));
  });

  test("what has more moments than are gone through is told as unreadable", () => {
    const w = world();
    // What people on no team say is none.
    for (let at = 0; at <= MOST_MOMENTS; at += 1) w.say("mallory", "@mscbot reviewed");
    expect(judged(w.snapshot(), { rules: w.rules, adoptedAt: w.now }, w.now).kind).toBe("compared");
    for (let at = 0; at <= MOST_MOMENTS; at += 1)
      w.happen("author", { kind: at % 2 === 0 ? "closed" : "reopened" });
    expect(judged(w.snapshot(), { rules: w.rules, adoptedAt: w.now }, w.now)).toMatchObject({
      kind: "unreadable",
      why: expect.stringMatching(/too much has happened on it to go through it all \(\d+ moments\)/),
    });
  });
});

const AT = Date.UTC(2027, 2, 3, 14, 5);
const asked = { at: AT, sentence: "Waiting for concern C1 to be resolved." };
const vote = (why: unknown, kind = "votes") =>
  ({ kind, login: "dbkr", why, url: "https://example.org/1" }) as ShadowDifference;
const concern = (why: unknown) =>
  ({ kind: "concerns", text: "it\u001b[31m leaks", why, url: null }) as ShadowDifference;
const stands = {
  kind: "phase",
  here: "proposed",
  there: "fcp",
  now: "Waiting.",
  asked,
  refused: null,
  url: null,
} as const;

describe("each sentence", () => {
  test.each<[ShadowDifference, string, string | null]>([
    [
      stands,
      "The clerk would have it proposed for its Final Comment Period; there it is in its Final Comment Period.",
      "Just before that step the clerk would have said (since 3 March 2027, 14:05 UTC): Waiting for concern C1 to be resolved.",
    ],
    [
      { ...stands, kind: "outcome", here: "none", there: "rejected", asked: null },
      "The clerk would have it without a motion or a decision; there it is decided to be closed.",
      "It would now say: Waiting.",
    ],
    [
      {
        ...stands,
        here: "accepted",
        there: "postponed",
        refused: { by: "dbkr", said: "fcp merge", code: "not_a_member" },
      },
      "The clerk would have it accepted; there it is decided to be postponed.",
      "The clerk would have refused “fcp merge” by dbkr (not a member).",
    ],
    [
      { kind: "period", which: "beginning", here: AT, there: AT - DAY, asked, url: null },
      "The clerk would have begun the Final Comment Period on 3 March 2027, 14:05 UTC; there it began on 2 March 2027, 14:05 UTC.",
      "It would have said then: Waiting for concern C1 to be resolved.",
    ],
    [
      { kind: "period", which: "end", here: AT, there: AT + 2 * DAY, asked: null, url: null },
      "The clerk would have concluded it on 3 March 2027, 14:05 UTC; there it ended on 5 March 2027, 14:05 UTC.",
      null,
    ],
    [
      vote({ code: "not_on_roster" }, "roster"),
      "dbkr: a tick there, no yes by the clerk’s count.",
      "They sit in no team that decides this by the config: they have left it, are not seated yet, or have another login in it.",
    ],
    [
      vote({ code: "ticked_by_another", by: "ara4n" }),
      "dbkr: a tick there, no yes by the clerk’s count.",
      "It was ticked by ara4n: the clerk takes a tick for the vote of whoever makes it.",
    ],
    [
      vote({ code: "taken_back", via: "review", at: AT }),
      "dbkr: a tick there, no yes by the clerk’s count.",
      "They took it back by a review that requests changes on 3 March 2027.",
    ],
    [
      vote({ code: "taken_back", via: "command", at: AT }),
      "dbkr: a tick there, no yes by the clerk’s count.",
      "They took it back by their own word on 3 March 2027.",
    ],
    [
      vote({ code: "abstained" }),
      "dbkr: a tick there, no yes by the clerk’s count.",
      "They have abstained since.",
    ],
    [
      vote({ code: "another_text" }),
      "dbkr: a tick there, no yes by the clerk’s count.",
      "All they have given is an approval of another text, before the motion.",
    ],
    [
      vote({ code: "only_to_merge" }),
      "dbkr: a tick there, no yes by the clerk’s count.",
      "All they have given is an approving review, which is a yes to merging only.",
    ],
    [
      vote({ code: "refused", said: "reviewd", reply: "unknown_command" }),
      "dbkr: a tick there, no yes by the clerk’s count.",
      "The clerk would have refused what they said, “reviewd” (unknown command).",
    ],
    [
      vote({ code: "nothing_said" }),
      "dbkr: a tick there, no yes by the clerk’s count.",
      "Nothing that they have said or ticked themselves is found now: it was edited or deleted, or somebody noted it for them.",
    ],
    [
      vote({ code: "not_ticked", via: "review", at: AT }),
      "dbkr: a yes by the clerk’s count, no tick there.",
      "They approved by a review, which that bot does not count, on 3 March 2027.",
    ],
    [
      vote({ code: "no_box", via: "command", at: AT }),
      "dbkr: a yes by the clerk’s count, no box there.",
      "They said so in a comment on 3 March 2027.",
    ],
    [
      vote({ code: "unticked", via: "older_tick", at: AT }),
      "dbkr: a yes by the clerk’s count, no tick there.",
      "They ticked their box themselves on 3 March 2027; it is empty now.",
    ],
    [
      concern({ code: "changes_requested", by: "dbkr" }),
      "Concern “it[31m leaks”: open for the clerk, not there.",
      "A review of dbkr’s that requests changes stands as a concern until they approve or somebody resolves it.",
    ],
    [
      concern({ code: "carried_over" }),
      "Concern “it[31m leaks”: open for the clerk, not there.",
      "It was raised before the present motion, and belongs to the proposal: it carries over until somebody resolves it.",
    ],
    [
      concern({ code: "resolved_there" }),
      "Concern “it[31m leaks”: open for the clerk, not there.",
      "It is struck through there; nobody whom the clerk hears has said so in words that it knows.",
    ],
    [
      concern({ code: "not_listed_there" }),
      "Concern “it[31m leaks”: open for the clerk, not there.",
      "That bot has not put it on its list.",
    ],
    [
      concern({ code: "resolved_here", by: "dbkr", at: AT }),
      "Concern “it[31m leaks”: open there, not for the clerk.",
      "dbkr resolved it on 3 March 2027.",
    ],
    [
      concern({ code: "not_raised_here" }),
      "Concern “it[31m leaks”: open there, not for the clerk.",
      "Nobody whom the clerk hears has raised it in these words: the comment was edited or deleted, or its author sits in no team that decides this.",
    ],
    [
      { kind: "text", approved: 1, needed: 2, url: null },
      "Accepted by both, and the clerk’s check would wait: 1 of 2 members needed have said yes to the text that stands now.",
      "Commits came after those that members have approved, or GitHub does not tell which one stood when.",
    ],
    [
      { kind: "labels", add: ["a"], remove: ["b", "c"], url: null },
      "The clerk would put on “a” and take off “b” and “c”.",
      null,
    ],
    [{ kind: "labels", add: [], remove: ["b"], url: null }, "The clerk would take off “b”.", null],
    [
      { kind: "takeover", why: "namesake", url: null },
      "What an older bot had under way here is not taken over: its comment is by an account of another type than the config names. Its votes do not count; to go on, a member proposes it anew.",
      null,
    ],
    [
      { kind: "takeover", why: "accepted_before", url: null },
      "Accepted there and not merged yet: on its first day the clerk would know nothing of it, and its check would wait.",
      "What is over is not taken over: merge it before the clerk comes, or have it recorded then by `override finished: REASON` and a second.",
    ],
  ])("%#", (difference, sentence, why) => {
    expect([differenceSentence(difference), whySentence(difference)]).toEqual([sentence, why]);
  });

  test("a title cannot reach into the terminal, nor begin a line of its own", () => {
    const w = begun();
    w.pull.title = "Spaces\u001b[2J\n#2 Another: agrees";
    const found = judged(w.snapshot(), { rules: w.rules, adoptedAt: w.now }, w.now);
    if (found.kind !== "compared") throw new Error(found.kind);
    expect(proposalText(found)).toMatch(/^#1234 Spaces\[2J #2 Another: agrees: /);
    expect(proposalText({ ...found, differences: [] })).not.toContain("\n");
  });

  test("what differs, with why, where, and what the clerk would write", () => {
    const w = begun();
    const found = judged(w.snapshot(), { rules: w.rules, adoptedAt: w.now }, w.now);
    const told: ComparedProposal = {
      ...(found as ComparedProposal),
      title: "MSC1: x",
      now: "Waiting.",
      differences: [vote({ code: "abstained" }), { kind: "labels", add: ["a"], remove: [], url: null }],
      wouldWrite: ["label: add a"],
    };
    expect(proposalText(told).split("\n")).toEqual([
      "#1234 MSC1: x: differs",
      `  ${w.pull.url}#issuecomment-77`,
      "  The clerk, had it been there all along: Waiting.",
      "  - votes: dbkr: a tick there, no yes by the clerk’s count.",
      "      They have abstained since.",
      "      https://example.org/1",
      "  - labels: The clerk would put on “a”.",
      "  On its first day, with what it takes over from that bot, it would write",
      "    label: add a",
    ]);
  });

  test("the head says by which rules, and whether there is a clerk or an older bot at all", () => {
    const look = { repository: "a/b", since: START, clerk: null, olderBots: ["mscbot"] };
    expect(headText({ ...look, rulesFrom: { kind: "branch", commit: "abcdef012345" } })).toBe(
      "a/b, judged by the config on the default branch (abcdef0). No clerk is to be seen there yet.\nEvery open pull request, and every other that was changed since 2 March 2026. Nothing is written anywhere.",
    );
    const rulesFrom = { kind: "file", file: "x.yml", alsoOnBranch: true } as const;
    expect(headText({ ...look, clerk: "msc-clerk", olderBots: [], rulesFrom })).toBe(
      "a/b, judged by x.yml, and not by the config that is on the default branch. msc-clerk is the clerk at work there.\nThe config names no older bot (legacy_bots), so there are only labels to compare with.\nEvery open pull request, and every other that was changed since 2 March 2026. Nothing is written anywhere.",
    );
  });

  test("the summary counts kinds in one order, and leaves out what there is none of", () => {
    const summary: Summary = {
      ...{ agree: 3, differ: 1, unreadable: 1, notProposals: 2, amendments: 1, requests: 9, firstDayOn: 1 },
      notLookedAt: 2,
      kinds: new Map([
        ["votes", 2],
        ["outcome", 1],
      ]),
      firstDay: new Map([
        ["react", 1],
        ["put_check", 2],
        ["add_label", 1],
        ["remove_label", 1],
      ]),
    };
    expect(summaryText(summary).split("\n")).toEqual([
      "4 proposals: 3 agree, 1 differs (outcome 1, votes 2).",
      "Left out: 2 pull requests that are no proposals and 1 change of the config.",
      "1 pull request could not be read.",
      "It was ended before all were read: 2 pull requests were not looked at.",
      "On its first day the clerk would write on 1 proposal: 2 checks, 2 changes of labels and 1 reaction.",
      "Reading took 9 requests.",
    ]);
  });
});
