import { describe, expect, test } from "vitest";
import { strictest } from "../../src/domain/decide/checkVerdict.js";
import { renewedAt } from "../../src/domain/decide/nextCheck.js";
import { decide } from "../../src/domain/decide.js";
import { desired } from "../../src/domain/desired/desired.js";
import type { Action } from "../../src/domain/model/action.js";
import type { CheckVerdict } from "../../src/domain/model/snapshot.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { MATRIX, rules } from "../support/rules.js";
import { inFcp, OUTSIDER, proposed, START, world } from "../support/world.js";
import { announced, answerTo, replies } from "./reading.js";

const NEW = "b".repeat(40);

describe("reply.always", () => {
  test("reply.always: 👍 when accepted, and no words", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    expect(answerTo(w, comment)).toEqual({ thumbsUp: true, confused: false, eyes: false });
    expect(replies(w)).toEqual([]);
  });

  test.each([
    ["refused", "@mscbot fcp close", /“fcp close” was not accepted/],
    ["unknown", "@mscbot make tea", /“make tea” is not a command/],
    ["misspelt", "@mscbot concert the names", /did you mean.*concern/i],
    ["misspelt", "@mscbot rfc merge", /did you mean.*fcp merge/i],
  ])("reply.always: 😕 and one reply when %s (%s)", (_how, text, says) => {
    const w = proposed();
    const comment = w.say("dbkr", text);
    w.reconcile();
    expect(answerTo(w, comment)).toEqual({ thumbsUp: false, confused: true, eyes: false });
    expect(replies(w)).toHaveLength(1);
    expect(replies(w)[0]).toMatch(says);
    expect(replies(w)[0]).toContain("@dbkr");
  });

  test("reply.always: several commands in one comment are answered together, in one reply", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot fcp close\n@mscbot reviewed\n@mscbot make tea");
    w.reconcile();
    expect(answerTo(w, comment)).toEqual({ thumbsUp: true, confused: true, eyes: false });
    expect(replies(w)).toHaveLength(1);
    expect(replies(w)[0]).toMatch(/fcp close[\s\S]*make tea/);
  });

  test("reply.always: a refusal of what an edit added is a reply of its own", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot make tea");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot make tea\n@mscbot fcp close");
    w.reconcile();
    expect(replies(w)).toHaveLength(2);
  });

  test.each(["comment", "review", "inline"] as const)(
    "reply.always: a refused command in a %s gets its reply",
    (kind) => {
      const w = proposed();
      const said =
        kind === "review"
          ? w.review("dbkr", "commented", "@mscbot make tea")
          : w.say("dbkr", "@mscbot make tea", kind);
      w.reconcile();
      expect(answerTo(w, said)).toMatchObject({ confused: true });
      expect(replies(w)[0]).toContain(said.url);
    },
  );

  test("reply.always: a non-member gets the reaction each time, and one reply per person and proposal", () => {
    const w = proposed();
    const first = w.say(OUTSIDER, "@mscbot reviewed");
    w.reconcile();
    w.wait(DAY);
    const second = w.say(OUTSIDER, "@mscbot fcp cancel");
    w.reconcile();
    const third = w.say("trudy", "@mscbot fcp cancel");
    w.reconcile();
    for (const comment of [first, second, third])
      expect(answerTo(w, comment)).toMatchObject({ confused: true });
    expect(replies(w)).toHaveLength(2);
  });

  test("reply.always: a non-member's two commands in one look get one reply too", () => {
    const w = proposed();
    w.say(OUTSIDER, "@mscbot reviewed");
    w.say(OUTSIDER, "@mscbot concern A\n@mscbot concern B");
    w.reconcile();
    expect(replies(w)).toHaveLength(1);
  });

  test("reply.always: the one reply to a person stands for commands and labels alike", () => {
    const w = proposed();
    w.say(OUTSIDER, "@mscbot reviewed");
    w.reconcile();
    w.label(OUTSIDER, "vote:approve");
    w.reconcile();
    expect(replies(w)).toHaveLength(1);
    expect([...w.labels]).not.toContain("vote:approve");
  });

  test.each(["status", "refresh"])("reply.always: `%s` is for anyone: 👀", (word) => {
    const w = proposed();
    const comment = w.say(OUTSIDER, `@mscbot ${word}`);
    w.reconcile();
    expect(answerTo(w, comment)).toEqual({ thumbsUp: false, confused: false, eyes: true });
    expect(replies(w)).toEqual([]);
  });

  test("reply.always: `help` is for anyone and replies once", () => {
    const w = proposed();
    const comment = w.say(OUTSIDER, "@mscbot help");
    w.reconcile();
    expect(answerTo(w, comment)).toMatchObject({ eyes: true });
    expect(replies(w)).toHaveLength(1);
    expect(replies(w)[0]).toContain("fcp merge");
  });

  test("reply.always: `propose` where nothing amends the rules is refused with the reason", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot propose");
    w.reconcile();
    expect(answerTo(w, comment)).toMatchObject({ confused: true });
    expect(replies(w)).toHaveLength(1);
  });

  test("reply.always: on a closed PR a command is refused with a reply, once", () => {
    const w = world();
    w.close("author");
    const comment = w.say("dbkr", "@mscbot fcp merge");
    w.reconcile();
    w.wait(HOUR);
    w.reconcile();
    expect(answerTo(w, comment)).toMatchObject({ confused: true });
    expect(replies(w)).toHaveLength(1);
  });

  test("reply.always: killed between the reaction and the reply, the reply is given at the next look", () => {
    for (const start of [world, proposed]) {
      const w = start();
      w.reconcile();
      if (start === world) w.close("author");
      w.say("dbkr", "@mscbot make tea");
      const reacted = w.plan().findIndex((action) => action.kind === "react") + 1;
      w.reconcile(reacted);
      expect(replies(w)).toEqual([]);
      w.wait(HOUR);
      w.reconcile();
      expect(replies(w)).toHaveLength(1);
    }
  });

  test("reply.always: what was deleted before it could be answered is passed over in silence", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot make tea");
    const planned = w.plan().slice(0, 1);
    for (const action of planned) w.apply(action);
    w.remove(comment, "dbkr");
    w.reconcile();
    expect(replies(w)).toEqual([]);
  });

  test("reply.always: an approving review is no command and gets no reaction", () => {
    const w = proposed();
    const review = w.review("dbkr", "approved");
    w.reconcile();
    expect(answerTo(w, review)).toEqual({ thumbsUp: false, confused: false, eyes: false });
  });

  test("reply.always: of the answers the clerk has given the newest twenty are kept, and for a day", () => {
    const w = proposed();
    for (let n = 0; n < 30; n++) {
      w.say("dbkr", `@mscbot make tea ${n}`);
      w.reconcile();
    }
    expect(w.reconcile().register.pendingReplies.length).toBeLessThanOrEqual(21);
    w.wait(DAY);
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.say("uhoreg", "@mscbot reviewed");
    expect(w.reconcile().register.pendingReplies.length).toBeLessThanOrEqual(2);
  });
});

describe("reply.scope", () => {
  const plain = (labels: readonly string[] = []) => world({ labels, files: [] });

  test.each([
    "fcp merge",
    "fcp cancel",
    "reviewed",
    "concern X",
    "resolve C1",
    "second",
    "withdraw",
    "make tea",
  ])(
    "reply.scope: `%s` on what is no proposal gets 😕 and what makes it one, and is not acted upon",
    (words) => {
      const w = plain();
      const said = w.say("richvdh", `@mscbot ${words}`);
      expect(w.reconcile().check).toBe("neutral");
      expect(answerTo(w, said)).toEqual({ thumbsUp: false, confused: true, eyes: false });
      expect(replies(w)).toHaveLength(1);
      expect(replies(w)[0]).toContain("It becomes one when a maintainer adds the label “proposal”.");
      w.wait(HOUR);
      w.label("uhoreg", "proposal");
      const decision = w.reconcile();
      expect(decision).toMatchObject({ phase: "in_review", register: { motion: null, concerns: [] } });
      expect(replies(w)).toHaveLength(1);
      expect(w.plan()).toEqual([]);
    },
  );

  test("reply.scope: the label's name is the config's, and a placeholder says what is to be taken off", () => {
    const w = world({
      rules: rules({ labels: { ...MATRIX.labels, proposal: "rfc" } }),
      labels: ["rfc", "proposal-placeholder"],
    });
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    expect(replies(w)[0]).toContain(
      "It becomes one when a maintainer adds the label “rfc”, and once “proposal-placeholder” is taken off.",
    );
  });

  test.each([
    ["added", "It becomes one when it adds a text at “proposals/"],
    ["changed", "It becomes one when it changes a text at “proposals/"],
  ] as const)(
    "reply.scope: where a rule makes a proposal (%s), the answer tells the rule",
    (proposals, says) => {
      const w = world({
        rules: rules({ proposals }),
        labels: [],
        files: [{ path: "README.md", change: "modified" }],
      });
      w.reconcile();
      for (const words of ["fcp merge", "concern A"]) {
        const said = w.say("richvdh", `@mscbot ${words}`);
        expect(w.reconcile().concerns).toEqual([]);
        expect(answerTo(w, said)).toMatchObject({ confused: true, thumbsUp: false });
      }
      expect(replies(w)).toHaveLength(1);
      expect(replies(w)[0]).toContain(says);
      w.files = [{ path: "proposals/1-a.md", change: "added" }];
      expect(w.reconcile()).toMatchObject({ phase: "in_review", register: { motion: null } });
    },
  );

  test.each(["help", "status", "refresh"])("reply.scope: `%s` works there too, for anybody", (word) => {
    for (const login of ["richvdh", OUTSIDER]) {
      const w = plain();
      const said = w.say(login, `@mscbot ${word}`);
      w.reconcile();
      expect(answerTo(w, said)).toEqual({ thumbsUp: false, confused: false, eyes: true });
      expect(replies(w)).toHaveLength(word === "help" ? 1 : 0);
    }
  });

  test.each(["dbkr", OUTSIDER])(
    "reply.scope: %s is told once on a pull request, and each is told",
    (login) => {
      const w = plain();
      const first = w.say(login, "@mscbot fcp merge\n@mscbot reviewed");
      w.reconcile();
      w.wait(3 * DAY);
      const second = w.say(login, "@mscbot concern A");
      w.say(login, "@mscbot help");
      w.say(login, "@mscbot help");
      w.reconcile();
      for (const said of [first, second]) expect(answerTo(w, said)).toMatchObject({ confused: true });
      expect(replies(w)).toHaveLength(2);
      w.say("trudy", "@mscbot fcp merge");
      w.reconcile();
      expect(replies(w)).toHaveLength(3);
    },
  );

  test("act.once: what was answered out of scope is judged once, also when GitHub has forgotten when the label came", () => {
    const w = plain();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.label("uhoreg", "proposal");
    w.events = [];
    w.wait(HOUR);
    expect(w.reconcile()).toMatchObject({ phase: "in_review", register: { motion: null } });
    w.wait(3 * DAY);
    w.say("richvdh", "@mscbot status");
    expect(w.reconcile().register.motion).toBeNull();
  });

  test("reply.scope: `resolve` and `concern` by a member are done where it has been a proposal", () => {
    const w = world();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.unlabel("author", "proposal");
    const outsiders = w.say(OUTSIDER, "@mscbot resolve C1");
    const members = w.say("uhoreg", "@mscbot resolve C1");
    expect(w.reconcile().concerns[0]?.resolved).not.toBeNull();
    expect(answerTo(w, outsiders)).toMatchObject({ confused: true });
    expect(answerTo(w, members)).toMatchObject({ thumbsUp: true });
    expect(replies(w)).toHaveLength(1);
  });

  test("reply.scope: what was said before adoption gets nothing", () => {
    const w = world({ labels: [], files: [], adoptedAt: START + HOUR });
    const said = w.say("richvdh", "@mscbot fcp merge");
    w.wait(2 * HOUR);
    w.reconcile();
    expect(answerTo(w, said)).toMatchObject({ confused: false });
    expect(replies(w)).toEqual([]);
  });

  test("reply.scope: a closed pull request that never was a proposal is told the same", () => {
    const w = plain();
    w.close("author");
    w.say("dbkr", "@mscbot fcp merge");
    w.reconcile();
    expect(replies(w)[0]).toContain("It becomes one when a maintainer adds the label");
  });

  test("memory.lost: where the clerk has only answered there is nothing to lose, and nobody is asked to confirm", () => {
    const w = plain();
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.forget();
    const decision = w.reconcile();
    expect(decision).toMatchObject({ check: "neutral", lost: false, register: { recovery: null } });
    expect(announced(w)).toEqual([]);
    expect(replies(w)).toHaveLength(1);
  });

  test.each([plain, world, proposed])(
    "reply.scope: a bare mention by a member gets the help, once",
    (start) => {
      const w = start();
      const first = w.say("dbkr", "@mscbot");
      w.reconcile();
      expect(answerTo(w, first)).toMatchObject({ eyes: true });
      expect(replies(w)).toHaveLength(1);
      expect(replies(w)[0]).toContain("fcp merge");
      w.wait(2 * DAY);
      w.say("dbkr", "Hm.\n@mscbot:");
      w.reconcile();
      expect(replies(w)).toHaveLength(1);
    },
  );

  test.each([
    ["somebody on no team", OUTSIDER, "@mscbot"],
    ["a member, between other lines", "dbkr", "I asked\n@mscbot\nand got nothing"],
    ["a member, in talk", "dbkr", "@mscbot is still asleep"],
    ["a member, in talk about it", "dbkr", "@mscbot seems to be sleeping on the job, so I moved it myself"],
    ["somebody on no team, in talk", OUTSIDER, "@mscbot is still asleep"],
  ])("reply.scope: a mention by %s gets nothing", (_who, login, text) => {
    const w = proposed();
    const said = w.say(login, text);
    w.reconcile();
    expect(answerTo(w, said)).toEqual({ thumbsUp: false, confused: false, eyes: false });
    expect(replies(w)).toEqual([]);
  });

  test.each([plain, world, proposed])(
    "reply.scope: a command in the description is answered once",
    (start) => {
      const w = start();
      w.pull.description = { lines: ["A thing.", "@mscbot fcp merge"], at: w.now };
      const phase = w.decide().phase;
      w.reconcile();
      expect(w.decide().phase).toBe(phase);
      expect(replies(w)).toHaveLength(1);
      expect(replies(w)[0]).toMatch(
        /@author, in answer to \[your description\].*\n\n“fcp merge” stands in the description.*say it in a comment/,
      );
      w.wait(3 * DAY);
      w.pull.description = { lines: ["@mscbot fcp close", "@mscbot reviewed"], at: w.now };
      w.reconcile();
      expect(replies(w)).toHaveLength(1);
    },
  );

  test.each([
    ["talk", ["@mscbot is nice", "@mscbot"]],
    ["no mention", ["fcp merge"]],
  ])("reply.scope: %s in the description gets nothing", (_what, lines) => {
    const w = world();
    w.pull.description = { lines, at: w.now };
    w.reconcile();
    expect(replies(w)).toEqual([]);
  });
});

describe("comment.once", () => {
  test("comment.once: a comment per transition, once, in a whole story", () => {
    const w = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"]) {
      w.say(login, "@mscbot reviewed");
      w.reconcile();
      w.reconcile();
    }
    w.wait(3 * DAY);
    w.say("KitsuneRal", "@mscbot concern A");
    w.reconcile();
    w.wait(3 * DAY);
    w.reconcile();
    w.wait(DAY);
    w.say("KitsuneRal", "@mscbot resolve A");
    w.reconcile();
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    expect(announced(w)).toEqual(["1:fcp_begun", "1:fcp_blocked", "1:concluded"]);
    expect(w.comments("status")).toHaveLength(1);
    expect(w.comments("reply")).toEqual([]);
  });

  test("comment.once: a marker in a comment of somebody else's counts for nothing", () => {
    const w = proposed();
    w.say(OUTSIDER, "<!-- msc-clerk:announce 1:fcp_begun -->");
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    w.reconcile();
    expect(announced(w)).toEqual(["1:fcp_begun"]);
  });

  test("comment.once: should there ever be two, the older stays and the other is deleted", () => {
    const w = inFcp();
    const [announcement] = w.comments("announce");
    const status = w.status();
    if (!announcement || !status) throw new Error("nothing was said");
    w.ownComments.push({ ...announcement, id: "99991", createdAt: announcement.createdAt + HOUR });
    w.ownComments.push({ ...status, id: "99990", createdAt: status.createdAt + HOUR });
    w.reconcile();
    expect(w.comments("announce").map((one) => one.id)).toEqual([announcement.id]);
    expect(w.comments("status").map((one) => one.id)).toEqual([status.id]);
  });

  test("comment.once: a tick in the copy that goes is not lost", () => {
    const w = proposed();
    const status = w.status();
    if (!status) throw new Error("no status comment");
    w.ownComments.push({
      ...status,
      id: "99990",
      createdAt: status.createdAt + HOUR,
      trail: [...status.trail],
    });
    w.tick("dbkr");
    expect(w.reconcile().tallies[0]?.yes).toBe(2);
    expect(w.comments("status")).toHaveLength(1);
  });

  test("comment.once: the register comment and the status comment of an ended motion stay one each", () => {
    const w = world();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    for (let n = 0; n < 3; n++) {
      w.say("dbkr", "@mscbot fcp merge");
      w.reconcile();
      w.say("dbkr", "@mscbot fcp cancel");
      w.reconcile();
    }
    expect(w.comments("register")).toHaveLength(1);
    expect(w.comments("status").map((one) => one.marker.key)).toEqual(["1:ended", "2:ended", "3:ended"]);
  });
});

describe("check.head", () => {
  test.each([
    [
      "neutral",
      "no proposal, no amendment, nothing under the proposal paths",
      { labels: [], files: [{ path: "README.md", change: "modified" }] },
    ],
    [
      "neutral",
      "a correction to a proposal that exists",
      { labels: [], files: [{ path: "proposals/1-a.md", change: "modified" }] },
    ],
    [
      "in_progress",
      "a text added under the proposal paths without the label",
      { labels: [], files: [{ path: "proposals/1-a.md", change: "added" }] },
    ],
    [
      "in_progress",
      "a text moved to the proposal paths without the label",
      { labels: [], files: [{ path: "proposals/1-a.md", change: "renamed" }] },
    ],
    [
      "in_progress",
      "a list of files that is cut off, as a text may lie beyond it",
      { labels: [], files: [{ path: "README.md", change: "modified" }], filesCutOff: true },
    ],
    ["in_progress", "a placeholder", { labels: ["proposal", "proposal-placeholder"] }],
    [
      "neutral",
      "a config file that is taken to another branch and is the same here",
      { labels: [], files: [{ path: ".github/msc-clerk.yml", change: "modified" }] },
    ],
    ["in_progress", "a draft", { draft: true }],
    ["in_progress", "a proposal in review", {}],
  ] as const)("check.head: %s for %s", (verdict, _what, options) => {
    const w = world(options);
    expect(w.reconcile().check).toBe(verdict);
    expect(w.check?.verdict).toBe(verdict);
  });

  test("check.head: waiting while proposed, in FCP and over its end, success when accepted", () => {
    const seen: CheckVerdict[] = [];
    const w = proposed();
    seen.push(w.reconcile().check);
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    seen.push(w.reconcile().check);
    w.say("dbkr", "@mscbot concern A");
    w.wait(6 * DAY);
    seen.push(w.reconcile().check);
    w.say("dbkr", "@mscbot resolve A");
    seen.push(w.reconcile().check);
    expect(seen).toEqual(["in_progress", "in_progress", "in_progress", "success"]);
  });

  test.each(["close", "postpone"])(
    "check.head: a decision to %s never allows merging, in no phase",
    (disposition) => {
      const conclude = { ...MATRIX.conclude, [disposition]: "nothing" as const };
      const w = inFcp({ rules: rules({ conclude }) }, disposition);
      expect(w.reconcile().check).not.toBe("success");
      w.wait(5 * DAY);
      expect(w.reconcile().check).not.toBe("success");
      expect(w.check?.verdict).not.toBe("success");
    },
  );

  test("check.head: a push gets a run of its own", () => {
    const w = proposed();
    w.reconcile();
    const before = w.check?.id;
    w.push(NEW);
    w.reconcile();
    expect(w.check?.id).not.toBe(before);
    expect(w.actions.findLast((action) => action.kind === "put_check")).toMatchObject({
      head: NEW,
      run: null,
    });
  });

  test("check.head: what was posted for six hundred proposals at once is posted anew over four days, a few an hour", () => {
    const hours = Array.from({ length: 600 }, (_, at) => Math.floor(renewedAt(0, 3000 + at) / HOUR));
    const busiest = Math.max(...hours.map((hour) => hours.filter((one) => one === hour).length));
    expect(busiest).toBeLessThanOrEqual(8);
    expect([Math.min(...hours) >= 9 * 24, Math.max(...hours) < 13 * 24]).toEqual([true, true]);
  });

  test("check.head: waiting, it is posted anew before GitHub calls it stale at 14 days, and the clerk knows when", () => {
    const w = proposed();
    const posted = w.check?.startedAt ?? 0;
    const first = w.check?.id;
    const next = w.reconcile().nextCheckAt ?? 0;
    expect(next).toBeGreaterThan(posted);
    expect(next).toBeLessThan(posted + 14 * DAY);
    w.now = next - 1;
    w.reconcile();
    expect(w.check?.id).toBe(first);
    w.now = next;
    w.reconcile();
    expect(w.check?.id).not.toBe(first);
    expect(w.reconcile().nextCheckAt).toBeGreaterThan(next);
  });

  test("check.head: one that went stale while the app was down is posted anew", () => {
    const w = proposed();
    if (w.check) w.check.verdict = "stale";
    const stale = w.check?.id;
    w.reconcile();
    expect(w.check).toMatchObject({ verdict: "in_progress" });
    expect(w.check?.id).not.toBe(stale);
  });

  test("check.head: a green run that must wait again is a new run, not a changed one", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    const green = w.check?.id;
    w.draft();
    w.reconcile();
    expect(w.check).toMatchObject({ verdict: "in_progress" });
    expect(w.check?.id).not.toBe(green);
  });

  test("check.head: PRs that share a head get the strictest result", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.siblings = [{ number: 77, verdict: "in_progress" }];
    const decision = w.reconcile();
    expect(decision.check).toBe("success");
    expect(w.check).toMatchObject({ verdict: "in_progress", own: "success" });
    w.siblings = [{ number: 77, verdict: "success" }];
    w.reconcile();
    expect(w.check).toMatchObject({ verdict: "success", own: "success" });
  });

  test("check.head: a sibling that is no proposal does not turn a waiting one green", () => {
    const w = world({ labels: [], files: [] });
    w.siblings = [{ number: 77, verdict: "in_progress" }];
    w.reconcile();
    expect(w.check).toMatchObject({ verdict: "in_progress", own: "neutral" });
  });

  test("check.head: strictest is failure, then waiting, then neutral, then success", () => {
    const all: CheckVerdict[] = ["success", "neutral", "in_progress", "failure"];
    expect(all.map((_, count) => strictest(all.slice(0, count + 1)))).toEqual(all);
  });

  test("check.head: with a sibling waiting, the clerk does not merge by itself either", () => {
    const w = inFcp({ rules: rules({ conclude: { ...MATRIX.conclude, merge: "squash" } }) });
    w.siblings = [{ number: 77, verdict: "in_progress" }];
    w.wait(5 * DAY);
    w.reconcile();
    expect(w.pull.state).toBe("open");
  });

  test("check.head: a sibling that was not looked at yet keeps it waiting, whatever this one is", () => {
    const w = world({ labels: [], files: [] });
    w.siblings = [{ number: 77, verdict: null }];
    w.reconcile();
    expect(w.check).toMatchObject({ verdict: "in_progress", own: "neutral" });
  });

  test("check.head: with more siblings than can be listed it waits, is not merged, and says why", () => {
    const w = inFcp({ rules: rules({ conclude: { ...MATRIX.conclude, merge: "squash" } }) });
    w.wait(5 * DAY);
    w.siblings = [{ number: 77, verdict: "success" }];
    const snapshot = { ...w.snapshot(), siblingsCutOff: true };
    const shown = desired(decide(snapshot, w.rules, w.now), snapshot, w.rules);
    expect(shown.check).toMatchObject({ verdict: "in_progress", own: "success" });
    expect(shown.check?.summary).toContain("More open pull requests than the clerk reads");
    expect(shown.merge).toBeNull();
  });

  test("check.head: a closed PR gets no new run", () => {
    const w = world();
    w.reconcile();
    w.close("author");
    w.actions = [];
    w.push(NEW);
    w.reconcile();
    expect(w.actions.filter((action: Action) => action.kind === "put_check")).toEqual([]);
  });

  test("check.head: its title says what is missing now", () => {
    const w = proposed();
    w.reconcile();
    expect(w.check?.title).toMatch(/5 more approvals/);
  });

  test("check.head: an archived repository is not written to", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    const snapshot = w.snapshot.bind(w);
    w.snapshot = () => {
      const facts = snapshot();
      return { ...facts, repository: { ...facts.repository, archived: true } };
    };
    expect(w.plan()).toEqual([]);
  });
});

test("memory.kept: a member who puts a refused label on a thousand times does not make the record outgrow what holds it", () => {
  const w = proposed();
  for (let time = 0; time < 1000; time += 1) {
    w.label("dbkr", w.name("disposition_close"));
    w.unlabel("dbkr", w.name("disposition_close"));
  }
  const { pendingReplies: owed, motion } = w.decide().register;
  expect(owed.length).toBeLessThanOrEqual(300);
  expect(motion?.disposition).toBe("merge");
});
