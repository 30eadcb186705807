import { describe, expect, test } from "vitest";
import type { LegacyComment } from "../../src/domain/model/snapshot.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { rules } from "../support/rules.js";
import { inFcp, START, type World, type WorldOptions, world } from "../support/world.js";
import { announced, openConcerns, replies, seatOf, votesOf } from "./reading.js";

const BOT = "mscbot";
const PROPOSED = "proposed-final-comment-period";
const FCP = "final-comment-period";

interface Old {
  readonly mover?: string;
  readonly disposition?: string;
  readonly ticked?: readonly string[];
  readonly open?: readonly string[];
  readonly concerns?: readonly string[];
  readonly before?: string;
}

/** A status comment as the older bot wrote it. */
const oldStatus = ({
  mover = "richvdh",
  disposition = "merge",
  ticked = ["richvdh", "dbkr", "uhoreg"],
  open = ["ara4n", "erikjohnston", "anoadragon453", "turt2live", "KitsuneRal"],
  concerns = ["the fallback is missing", "~~names~~"],
  before = "",
}: Old = {}): string =>
  [
    ...(before === "" ? [] : [before, ""]),
    `Team member @${mover} has proposed to **${disposition}** this. The next step is review by the rest of the tagged people:`,
    "",
    ...open.map((login) => `* [ ] @${login}`),
    ...ticked.map((login) => `* [x] @${login}`),
    "",
    ...(concerns.length > 0 ? ["Concerns:", "", ...concerns.map((text) => `* ${text}`), ""] : []),
    "Once at least 75% of reviewers approve (and there are no outstanding concerns), this will enter its final comment period. If you spot a major issue that hasn't been raised at any point in this process, please speak up!",
    "",
    "See [this document](https://github.com/matrix-org/mscbot-python/blob/master/README.md) for information about what commands tagged team members can give me.",
  ].join("\n");

/** As its author wrote it, and nobody since. */
const savedOnce = (comment: Omit<LegacyComment, "revisions">): LegacyComment => ({
  ...comment,
  revisions: [{ editor: comment.author, at: comment.createdAt, body: comment.body }],
});

/** A proposal an older bot carried on until the adoption, an hour ago. */
function carried(
  old: Old | readonly string[] = {},
  labels: readonly string[] = [PROPOSED, "disposition-merge"],
  options: WorldOptions = {},
): World {
  const w = world({ adoptedAt: START - HOUR, ...options });
  w.now = START - 30 * HOUR;
  w.say("richvdh", "@mscbot fcp merge");
  w.say("erikjohnston", "@mscbot concern the fallback is missing\n@mscbot concern names");
  for (const label of labels) w.label(BOT, label);
  const bodies = Array.isArray(old) ? (old as readonly string[]) : [oldStatus(old as Old)];
  w.legacyComments = bodies.map((body, index) =>
    savedOnce({
      id: String(100 + index),
      url: `${w.pull.url}#issuecomment-${100 + index}`,
      author: w.account(BOT),
      createdAt: START - (29 - index) * HOUR,
      body,
    }),
  );
  w.now = START;
  return w;
}

describe("takeover.legacy", () => {
  test("takeover.legacy: where there was nothing to take over, nothing is said of it", () => {
    expect(world().reconcile().notTakenOver).toBeNull();
  });

  test("takeover.legacy: a proposal half voted, one concern resolved, continues without anyone doing anything", () => {
    const w = carried();
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(decision.register.motion).toMatchObject({
      number: 1,
      disposition: "merge",
      mover: { login: "richvdh", id: 103 },
    });
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh", "uhoreg"]);
    expect(decision.concerns.map(({ number, text, resolved }) => [number, text, resolved === null])).toEqual([
      [1, "the fallback is missing", true],
      [2, "names", false],
    ]);
    expect([...w.labels].sort()).toEqual(
      ["disposition-merge", "proposal", PROPOSED, "unresolved-concerns"].sort(),
    );
    expect(w.status()?.body).toMatch(/Taken over/);
    expect(replies(w)).toEqual([]);
  });

  test("takeover.legacy: what follows counts as everywhere: votes, resolve, FCP, end", () => {
    const w = carried();
    w.reconcile();
    for (const login of ["ara4n", "erikjohnston", "turt2live"]) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().phase).toBe("proposed");
    w.say("erikjohnston", "@mscbot resolve the fallback is missing");
    expect(w.reconcile().phase).toBe("fcp");
    w.wait(5 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
    expect(announced(w)).toEqual(["1:fcp_begun", "1:concluded"]);
  });

  test("takeover.legacy: it is read once; what the older bot's comment becomes later changes nothing", () => {
    const w = carried();
    w.reconcile();
    const body = oldStatus({ ticked: ["ara4n", "turt2live"], open: [], concerns: [] });
    w.legacyComments = w.legacyComments.map((one) => savedOnce({ ...one, body }));
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh", "uhoreg"]);
    expect(openConcerns(decision)).toEqual(["the fallback is missing"]);
  });

  test("takeover.legacy: it is not read a second time when the register is lost", () => {
    const w = carried();
    w.reconcile();
    w.forget();
    expect(w.reconcile().register.motion?.from.via).not.toBe("takeover");
  });

  test("takeover.legacy: a member's retract undoes a tick of the old list", () => {
    const w = carried();
    w.reconcile();
    w.say("dbkr", "@mscbot retract");
    expect(votesOf(w.reconcile())).toEqual(["richvdh", "uhoreg"]);
  });

  test("takeover.legacy: what was said to the older bot before the clerk came is not judged again", () => {
    const w = carried({ ticked: ["richvdh"], open: ["dbkr"], concerns: [] });
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("takeover.legacy: what was said after the clerk came and before its first look counts", () => {
    const w = carried();
    w.say("ara4n", "@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["ara4n", "dbkr", "richvdh", "uhoreg"]);
  });

  test("takeover.legacy: ticks of people who have left the team are passed over", () => {
    const w = carried({ ticked: ["richvdh", "leonerd", "dbkr"] });
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    expect(decision.tallies[0]?.size).toBe(8);
  });

  test("takeover.legacy: without the label it is not alive", () => {
    const w = carried({}, []);
    expect(w.reconcile().phase).toBe("in_review");
    expect(votesOf(w.reconcile())).toEqual([]);
  });

  test("takeover.legacy: with a label somebody else added last it is not alive", () => {
    const w = carried();
    w.now = START - 2 * HOUR;
    w.unlabel("richvdh", PROPOSED);
    w.label("richvdh", PROPOSED);
    w.now = START;
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("takeover.legacy: a comment by an account that is not listed is not read", () => {
    const w = carried({}, [PROPOSED, "disposition-merge"], { rules: rules({ legacyBots: [] }) });
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("takeover.legacy: a running FCP began at the label's first addition since its last removal", () => {
    const w = carried(
      { ticked: ["richvdh", "dbkr", "uhoreg", "ara4n", "turt2live", "erikjohnston"], concerns: [] },
      ["disposition-merge"],
    );
    const add = (at: number) => {
      w.now = at;
      w.label(BOT, FCP);
    };
    add(START - 28 * HOUR);
    w.now = START - 27 * HOUR;
    w.unlabel("maintainer", FCP);
    add(START - 20 * HOUR);
    const began = w.events.at(-1)?.at ?? 0;
    const last = w.events.at(-1);
    if (last) w.events.push({ ...last, id: "E_again", at: began + HOUR });
    w.now = START;
    const decision = w.reconcile();
    expect(decision.phase).toBe("fcp");
    expect(decision.register.motion?.fcp).toMatchObject({
      state: "running",
      startedAt: began,
      endsAt: began + 5 * DAY,
    });
    expect(announced(w)).toEqual([]);
    w.wait(5 * DAY);
    expect(w.reconcile().phase).toBe("concluded");
    expect(announced(w)).toEqual(["1:concluded"]);
  });

  test("takeover.legacy: an FCP whose time was up before the clerk came concludes at its first look", () => {
    const w = carried({ concerns: [] }, ["disposition-merge", FCP], {});
    w.wait(10 * DAY);
    w.adoptedAt = w.now - HOUR;
    expect(w.reconcile().phase).toBe("concluded");
    expect(announced(w)).toEqual(["1:concluded"]);
  });

  test("takeover.legacy: an open concern of the old list blocks the end", () => {
    const w = carried({}, ["disposition-merge", FCP]);
    w.wait(10 * DAY);
    expect(w.reconcile()).toMatchObject({ phase: "fcp", reason: { code: "fcp_over", concerns: [1] } });
    w.say("dbkr", "@mscbot resolve C1");
    expect(w.reconcile().phase).toBe("concluded");
  });

  test("takeover.legacy: the disposition comes from the label, then from the text", () => {
    const byLabel = carried({ disposition: "merge" }, [PROPOSED, "disposition-postpone"]);
    expect(byLabel.reconcile().register.motion?.disposition).toBe("postpone");
    const byText = carried({ disposition: "close" }, [PROPOSED]);
    expect(byText.reconcile().register.motion?.disposition).toBe("close");
  });

  test("takeover.legacy: “to **None** this” takes it from the label", () => {
    const w = carried({ disposition: "None" });
    expect(w.reconcile().register.motion?.disposition).toBe("merge");
  });

  test("takeover.legacy: “to **None** this” without a label is no motion", () => {
    const w = carried({ disposition: "None" }, [PROPOSED]);
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("takeover.legacy: “Team member @mscbot has proposed” means whoever asked it to", () => {
    const w = carried({ mover: BOT });
    expect(w.reconcile().register.motion?.mover).toMatchObject({ login: "richvdh" });
  });

  test("takeover.legacy: a comment that says it was cancelled is passed over", () => {
    const w = carried({ before: "**This FCP proposal has been cancelled by @dbkr.**" });
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("takeover.legacy: of two comments the one that was not cancelled lives", () => {
    const w = carried([
      oldStatus({
        before: "**This FCP proposal has been cancelled by @dbkr.**",
        ticked: ["ara4n", "turt2live"],
      }),
      oldStatus({ ticked: ["dbkr"], open: ["richvdh"] }),
    ]);
    expect(votesOf(w.reconcile())).toEqual(["dbkr"]);
  });

  test("takeover.legacy: of two living ones the newer counts", () => {
    const w = carried([oldStatus({ ticked: ["ara4n"] }), oldStatus({ ticked: ["dbkr"] })]);
    expect(votesOf(w.reconcile())).toEqual(["dbkr"]);
  });

  test("takeover.legacy: CRLF and a link behind a concern are no hindrance", () => {
    const body = oldStatus({
      concerns: ["the fallback is missing (https://github.com/a/b/pull/1#issuecomment-5)"],
    });
    const w = carried([body.replace(/\n/g, "\r\n")]);
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh", "uhoreg"]);
    expect(openConcerns(decision)).toEqual(["the fallback is missing"]);
  });

  test("takeover.legacy: a concern is shown with the member who raised it, where that can be found", () => {
    const decision = carried().reconcile();
    expect(decision.concerns[0]?.by.login).toBe("erikjohnston");
  });

  test("takeover.legacy: votes are shown as taken over", () => {
    expect(seatOf(carried().reconcile(), "dbkr")?.from?.via).toBe("takeover");
  });

  test("takeover.legacy: a merged PR is not taken over", () => {
    const w = carried();
    w.merge("richvdh");
    const decision = w.reconcile();
    expect(decision.register.motion).toBeNull();
    expect(w.actions).toEqual([]);
  });

  test("takeover.legacy: closed after the clerk came but before its first look, the motion is cancelled like any other", () => {
    const w = carried();
    w.close("author");
    expect(w.reconcile().register.motion?.end).toMatchObject({ kind: "cancelled", how: "closed" });
  });

  test("takeover.legacy: on a change of governance the Guardians' list starts empty", () => {
    const w = carried({}, [PROPOSED, "disposition-merge", "kind:governance"]);
    const decision = w.reconcile();
    expect(votesOf(decision, "spec-core-team")).toEqual(["dbkr", "richvdh", "uhoreg"]);
    expect(votesOf(decision, "guardians")).toEqual([]);
  });

  test("takeover.legacy: a PR without the proposal label is not taken over", () => {
    const w = carried({}, [PROPOSED, "disposition-merge"], { labels: [] });
    expect(w.reconcile().phase).toBe("out_of_scope");
    expect(w.actions.filter((action) => action.kind !== "put_check")).toEqual([]);
  });

  test("takeover.legacy: once the clerk has opened a motion of its own, an old comment is history", () => {
    const w = inFcp();
    w.legacyComments = carried().legacyComments;
    w.say("dbkr", "@mscbot fcp cancel");
    expect(w.reconcile().phase).toBe("in_review");
  });

  const TICKED = oldStatus({ ticked: ["richvdh", "dbkr", "uhoreg", "ara4n", "turt2live"], concerns: [] });
  const BEFORE = START - 20 * HOUR;

  /** Somebody saved this text of the older bot's comment then. */
  const saved = (w: World, login: string, at: number, body: string | null) => {
    w.legacyComments = w.legacyComments.map((one) => ({
      ...one,
      body: body ?? one.body,
      revisions: [...one.revisions, { editor: w.account(login), at, body }],
    }));
  };

  test("takeover.legacy: ticks that somebody else put into its comment are nobody's", () => {
    const w = carried();
    saved(w, "mallory", BEFORE, TICKED);
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "uhoreg"]);
  });

  test("takeover.legacy: nor is a member's, as long as the bot has not written it down itself", () => {
    const w = carried();
    saved(w, "ara4n", BEFORE, oldStatus({ ticked: ["richvdh", "dbkr", "uhoreg", "ara4n"] }));
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "uhoreg"]);
    const later = carried();
    saved(later, "ara4n", BEFORE, oldStatus({ ticked: ["richvdh", "dbkr", "uhoreg", "ara4n"] }));
    saved(later, BOT, BEFORE + HOUR, oldStatus({ ticked: ["ara4n", "richvdh", "dbkr", "uhoreg"] }));
    expect(votesOf(later.reconcile())).toEqual(["ara4n", "dbkr", "richvdh", "uhoreg"]);
  });

  test("takeover.legacy: a concern that somebody else struck out stands", () => {
    const w = carried({}, ["disposition-merge", FCP]);
    saved(w, "mallory", BEFORE, oldStatus({ concerns: ["~~the fallback is missing~~", "~~names~~"] }));
    w.wait(10 * DAY);
    expect(w.reconcile()).toMatchObject({ phase: "fcp", reason: { code: "fcp_over", concerns: [1] } });
  });

  test("takeover.legacy: a note that it was cancelled, put in by somebody else, cancels nothing", () => {
    const w = carried();
    saved(w, "mallory", BEFORE, oldStatus({ before: "**This FCP proposal has been cancelled by @dbkr.**" }));
    expect(w.reconcile().phase).toBe("proposed");
  });

  test.each([
    ["a millisecond before it counts", -1, ["ara4n", "dbkr", "richvdh", "turt2live", "uhoreg"]],
    ["at the very moment it is nobody's", 0, ["dbkr", "richvdh", "uhoreg"]],
  ])("takeover.legacy: what the bot wrote when the clerk came: %s", (_what, offset, votes) => {
    const w = carried();
    saved(w, BOT, w.adoptedAt + offset, TICKED);
    expect(votesOf(w.reconcile())).toEqual(votes);
  });

  test("takeover.legacy: what somebody whose account is gone wrote into the mover's words is not the mover's", () => {
    const w = carried({ mover: BOT });
    w.utterances = w.utterances.map((one) => ({
      ...one,
      revisions: [...one.revisions, { editor: null, at: one.createdAt + 1000, lines: ["nothing"] }],
    }));
    expect(w.reconcile().register.motion?.mover.login).toBe("richvdh");
  });

  test("takeover.legacy: what the bot took back itself after the clerk came is not taken over", () => {
    const w = carried();
    saved(
      w,
      BOT,
      w.adoptedAt + 1000,
      oldStatus({ before: "**This FCP proposal has been cancelled by @dbkr.**" }),
    );
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("takeover.legacy: where its own last text was deleted, an earlier one is not read in its place; it says so", () => {
    const w = carried();
    saved(w, BOT, BEFORE, null);
    const decision = w.reconcile();
    expect(decision).toMatchObject({ phase: "in_review", notTakenOver: { why: "unreadable" } });
    expect(w.check?.summary).toMatch(/not taken over.*a member proposes it anew/);
    w.say("dbkr", "@mscbot fcp merge");
    expect(votesOf(w.reconcile())).toEqual(["dbkr"]);
    expect(w.check?.summary).not.toMatch(/not taken over/);
  });

  test("takeover.legacy: where its edits cannot be had at all, nothing is taken over", () => {
    const w = carried();
    w.legacyComments = w.legacyComments.map((one) => ({ ...one, revisions: [] }));
    expect(w.reconcile()).toMatchObject({ phase: "in_review", notTakenOver: { why: "unreadable" } });
  });

  test("takeover.legacy: a comment of the bot's that somebody else deleted may have been the one that counts", () => {
    const w = carried([oldStatus({ ticked: ["ara4n", "dbkr"] })]);
    w.now = BEFORE;
    w.happen("mallory", { kind: "comment_deleted", author: w.account(BOT) });
    w.now = START;
    expect(w.reconcile()).toMatchObject({ phase: "in_review", notTakenOver: { why: "deleted" } });
    const own = carried();
    own.now = BEFORE;
    own.happen(BOT, { kind: "comment_deleted", author: own.account(BOT) });
    own.now = START;
    expect(own.reconcile().phase).toBe("proposed");
  });

  test("takeover.legacy: a disposition label by somebody else proves nothing, whatever the order", () => {
    const w = carried({ disposition: "close" }, [PROPOSED]);
    w.now = START - 2 * HOUR;
    w.label("tina", "disposition-merge");
    w.now = START;
    expect(w.reconcile().register.motion?.disposition).toBe("close");
    const beside = carried({ disposition: "None" }, [PROPOSED, "disposition-close"]);
    beside.now = START - 2 * HOUR;
    beside.label("tina", "disposition-merge");
    beside.now = START;
    expect(beside.reconcile().register.motion?.disposition).toBe("close");
  });

  test("takeover.legacy: the bot's disposition label taken off and put on by somebody else is theirs", () => {
    const w = carried({ disposition: "close" }, [PROPOSED, "disposition-close"]);
    w.now = START - 2 * HOUR;
    w.unlabel("tina", "disposition-close");
    w.label("tina", "disposition-merge");
    w.now = START;
    expect(w.reconcile().register.motion?.disposition).toBe("close");
  });

  test("takeover.legacy: of two of the bot's own, the newer", () => {
    const w = carried({ disposition: "None" }, [PROPOSED, "disposition-merge", "disposition-postpone"]);
    expect(w.reconcile().register.motion?.disposition).toBe("postpone");
  });

  test("takeover.legacy: a label that somebody else had put on last is said, and nothing lives", () => {
    const w = carried();
    w.now = START - 2 * HOUR;
    w.unlabel("richvdh", PROPOSED);
    w.label("richvdh", PROPOSED);
    w.now = START;
    expect(w.reconcile()).toMatchObject({ phase: "in_review", notTakenOver: { why: "label_by_another" } });
  });

  test("takeover.legacy: taken off by somebody on no team between the clerk's coming and its first look, it goes on", () => {
    const w = carried();
    w.unlabel("tina", PROPOSED);
    w.unlabel("tina", "proposal");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "uhoreg"]);
    expect([...w.labels]).toContain(PROPOSED);
    expect([...w.labels]).toContain("proposal");
  });

  test.each(["dbkr", BOT])("takeover.legacy: taken off then by %s, it is over", (who) => {
    const w = carried();
    w.unlabel(who, PROPOSED);
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("takeover.legacy: a label the bot puts on after the clerk came is nobody's", () => {
    const w = carried({ ticked: ["ara4n", "dbkr", "uhoreg", "richvdh", "turt2live", "KitsuneRal"] }, []);
    w.label(BOT, FCP);
    w.wait(6 * DAY);
    expect(w.reconcile()).toMatchObject({ phase: "in_review", check: "in_progress" });
  });

  test("takeover.legacy: nor is a comment it makes then", () => {
    const w = carried();
    w.legacyComments = w.legacyComments.map((one) => savedOnce({ ...one, createdAt: w.adoptedAt }));
    expect(w.reconcile()).toMatchObject({ phase: "in_review", notTakenOver: { why: "no_motion" } });
  });

  test.each([
    ["a person under an App's name", "oldclerk[bot]", "User"],
    ["an App under a person's name", "oldclerk", "Bot"],
  ] as const)("takeover.legacy: %s is somebody else", (_what, named, type) => {
    const w = world({ adoptedAt: START - HOUR, rules: rules({ legacyBots: [named] }) });
    w.now = START - 30 * HOUR;
    const author = { type, login: "oldclerk", id: 4242 };
    w.label("oldclerk", PROPOSED);
    w.events = w.events.map((event) =>
      event.actor?.login === "oldclerk" ? { ...event, actor: author } : event,
    );
    w.legacyComments = [
      savedOnce({
        id: "100",
        url: "https://x.example/100",
        author,
        createdAt: START - 29 * HOUR,
        body: oldStatus(),
      }),
    ];
    w.now = START;
    expect(w.reconcile()).toMatchObject({ phase: "in_review", notTakenOver: { why: "namesake" } });
    w.legacyComments = w.legacyComments.map((one) =>
      savedOnce({ ...one, author: { ...author, type: type === "Bot" ? "User" : "Bot" } }),
    );
    w.events = w.events.map((event) =>
      event.actor?.login === "oldclerk"
        ? { ...event, actor: { ...author, type: type === "Bot" ? "User" : "Bot" } }
        : event,
    );
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("takeover.legacy: what is needed follows from the labels that stood when the clerk came", () => {
    const w = carried();
    w.label("tina", "kind:governance");
    expect(w.reconcile().tallies.map(({ team }) => team)).toEqual(["spec-core-team"]);
    const before = carried({}, [PROPOSED, "disposition-merge", "kind:governance"]);
    before.unlabel("tina", "kind:governance");
    expect(before.reconcile().tallies.map(({ team }) => team)).toEqual(["spec-core-team", "guardians"]);
  });

  test("takeover.legacy: a member who adds the governance label after the clerk came adds the Guardians", () => {
    const w = carried();
    w.label("dbkr", "kind:governance");
    expect(w.reconcile().tallies.map(({ team }) => team)).toEqual(["spec-core-team", "guardians"]);
  });

  test("takeover.legacy: a mover or raiser is found by what they said themselves", () => {
    const w = carried({ mover: BOT, concerns: ["spoils"] });
    const said = w.utterances[0];
    if (said) w.edit(said, "mallory", "@mscbot concern spoils");
    w.utterances = w.utterances.map((one) => ({
      ...one,
      revisions: one.revisions.map((revision) => ({ ...revision, at: Math.min(revision.at, BEFORE) })),
    }));
    const { register } = w.reconcile();
    expect(register.motion?.mover.login).toBe("richvdh");
    expect(register.concerns[0]?.by.login).toBe(BOT);
  });
});
