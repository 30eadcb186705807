import { describe, expect, test } from "vitest";
import { beyondAdoption } from "../../src/domain/acts/stage.js";
import { DAY, MINUTE, SECOND } from "../../src/domain/text/time.js";
import { rules } from "../support/rules.js";
import { CLERK, HEAD, inFcp, OUTSIDER, proposed, START, world } from "../support/world.js";
import { announced, answerTo, concernOf, openConcerns, outcomeOf, votesOf, yes } from "./reading.js";

describe("act.once", () => {
  test("act.once: a newcomer's old commands do not wake up when they join", () => {
    const w = proposed();
    w.say("newcomer", "@mscbot reviewed\n@mscbot concern I would have said this");
    w.reconcile();
    w.join("spec-core-team", "newcomer");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(openConcerns(decision)).toEqual([]);
    expect(decision.tallies[0]?.size).toBe(9);
  });

  test("act.once: a newcomer's old review does not wake up when they join", () => {
    const w = proposed();
    w.review("newcomer", "approved");
    w.reconcile();
    w.join("spec-core-team", "newcomer");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("act.once: a newcomer's old request for changes does not wake up when they join", () => {
    const w = proposed();
    w.review("newcomer", "changes_requested");
    w.reconcile();
    w.join("spec-core-team", "newcomer");
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("act.once: a newcomer's acts count from the look that first sees them on the team", () => {
    const w = proposed();
    w.join("spec-core-team", "newcomer");
    w.say("newcomer", "@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["newcomer", "richvdh"]);
  });

  test("act.once: leaving draft revives nothing that was refused while it was a draft", () => {
    const w = world({ draft: true });
    const comment = w.say("richvdh", "@mscbot fcp merge");
    expect(w.reconcile().phase).toBe("draft");
    expect(answerTo(w, comment)).toMatchObject({ thumbsUp: false, confused: true });
    w.ready();
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("act.once: a motion made in draft and first seen after it left draft was still made in draft", () => {
    const w = world({ draft: true });
    w.say("richvdh", "@mscbot fcp merge");
    w.ready();
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("act.once: what was said out of scope is not revived when the label comes back", () => {
    const w = world();
    w.unlabel("author", "proposal");
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.label("author", "proposal");
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("act.once: acts are judged in GitHub's order of time, not in the order they are listed", () => {
    const w = world();
    w.say("richvdh", "@mscbot fcp merge");
    w.say("dbkr", "@mscbot reviewed");
    w.say("dbkr", "@mscbot retract");
    w.utterances.reverse();
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("act.once: in one second the older id comes first", () => {
    const w = world();
    w.atOnce(() => {
      w.say("richvdh", "@mscbot fcp merge");
      w.say("dbkr", "@mscbot reviewed");
      w.say("dbkr", "@mscbot abstain");
    });
    w.utterances.reverse();
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(decision.tallies[0]?.seats.find((seat) => seat.member.login === "dbkr")?.choice).toBe("abstain");
  });

  test("act.once: a motion in the very second of the closing is refused", () => {
    const w = world();
    w.atOnce(() => {
      w.say("richvdh", "@mscbot fcp merge");
      w.close("author");
    });
    expect(w.reconcile().phase).toBe("ended");
    w.reopen("author");
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("act.once: an act is judged at one look only, also when it is listed twice", () => {
    const w = proposed();
    w.say("richvdh", "@mscbot concern A");
    w.reconcile();
    w.say("dbkr", "@mscbot resolve C1");
    w.reconcile();
    w.utterances.push(...w.utterances);
    w.events.push(...w.events);
    const decision = w.reconcile();
    expect(decision.verdicts).toEqual([]);
    expect(openConcerns(decision)).toEqual([]);
  });

  test("act.once: concerns, motions and resolves outlive their author's membership", () => {
    const w = proposed();
    w.say("richvdh", "@mscbot concern A\n@mscbot concern B");
    w.say("dbkr", "@mscbot resolve B");
    w.reconcile();
    w.leave("spec-core-team", "richvdh");
    w.leave("spec-core-team", "dbkr");
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(decision.register.motion?.mover.login).toBe("richvdh");
    expect(openConcerns(decision)).toEqual(["A"]);
  });

  test("act.once: a cancel outlives its author's membership", () => {
    const w = inFcp();
    w.say("richvdh", "@mscbot fcp cancel");
    w.reconcile();
    w.leave("spec-core-team", "richvdh");
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("act.once: a ballot counts while its member is on the team, and again when they come back", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.leave("spec-core-team", "dbkr");
    const without = w.reconcile();
    expect(votesOf(without)).toEqual(["richvdh"]);
    expect(without.tallies[0]?.notCounted).toMatchObject([
      { person: { login: "dbkr" }, why: "left_the_team" },
    ]);
    w.join("spec-core-team", "dbkr");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("act.once: a late read of an act that GitHub lagged with is judged still, in the phase of its own moment", () => {
    const w = proposed();
    const late = w.say("dbkr", "@mscbot reviewed");
    const rest = w.utterances;
    w.utterances = rest.filter((one) => one !== late);
    w.say("uhoreg", "@mscbot reviewed");
    w.reconcile();
    w.utterances = [...w.utterances, late];
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "uhoreg"]);
  });

  test("act.once: an act seen again more than a day after it was judged is not judged anew", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.say("dbkr", "@mscbot resolve C1");
    w.reconcile();
    w.wait(3 * 24 * 60 * MINUTE);
    w.say("uhoreg", "@mscbot reviewed");
    w.reconcile();
    w.say("uhoreg", "@mscbot abstain");
    const decision = w.reconcile();
    expect(decision.register.judged.length).toBeLessThan(5);
    expect(openConcerns(decision)).toEqual([]);
  });

  test("act.once: with the register lost, what the clerk refused with 😕 stays refused although its author has joined", () => {
    const w = proposed();
    w.say("newcomer", "@mscbot reviewed");
    w.reconcile();
    w.join("spec-core-team", "newcomer");
    w.forget();
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("act.once: with the register lost, what the clerk accepted with 👍 stays accepted although its author has left", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.leave("spec-core-team", "dbkr");
    w.forget();
    expect(openConcerns(w.reconcile())).toEqual(["A"]);
  });

  test("act.once: a 👍 of the clerk on an old comment gives a member who left no voice in what they add to it later", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.leave("spec-core-team", "dbkr");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot concern A\n@mscbot fcp cancel");
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("act.once: a 👍 on an old comment gives a member who left no voice in a later edit even when the register is lost", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.leave("spec-core-team", "dbkr");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot concern A\n@mscbot fcp cancel");
    w.forget();
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(openConcerns(decision)).toEqual(["A"]);
  });
});

describe("act.durable", () => {
  test("act.durable: a member's deleted vote comment still counts", () => {
    const w = proposed();
    const vote = w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.remove(vote, "dbkr");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("act.durable: a concern whose comment was deleted by a maintainer still stands", () => {
    const w = proposed();
    const said = w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.remove(said, "maintainer");
    expect(openConcerns(w.reconcile())).toEqual(["A"]);
  });

  test("act.durable: deleting the motion's comment cancels nothing", () => {
    const w = world();
    const motion = w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.remove(motion, "richvdh");
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("act.durable: editing by somebody else changes nothing", () => {
    const w = proposed();
    const vote = w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.edit(vote, "maintainer", "@mscbot retract");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("act.durable: words another person put into somebody's comment are nobody's act, also when seen first so", () => {
    const w = proposed();
    const comment = w.say("dbkr", "I like this.");
    w.edit(comment, "maintainer", "I like this.\n@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("act.durable: the author's own words stay theirs under somebody else's edit, also when seen first so", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot reviewed");
    w.edit(comment, "maintainer", "Removed.");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("act.durable: words another person put in stay nobody's when the author edits the rest", () => {
    const w = proposed();
    const comment = w.say("dbkr", "I like this.");
    w.edit(comment, "maintainer", "I like this.\n@mscbot reviewed");
    w.edit(comment, "dbkr", "I like this much.\n@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("act.durable: the author's retyping of what somebody else removed is no second act", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.say("dbkr", "@mscbot resolve C1");
    w.edit(comment, "maintainer", "");
    w.edit(comment, "dbkr", "@mscbot concern A");
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("act.durable: a command new in the author's edit acts at the time of the edit", () => {
    const w = world();
    const comment = w.say("dbkr", "Let us see.");
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.edit(comment, "dbkr", "Let us see.\n@mscbot reviewed");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    const seat = decision.tallies[0]?.seats.find((one) => one.member.login === "dbkr");
    expect(seat?.from?.at).toBe(Math.floor(w.utterances[0]?.revisions[1]?.at ?? 0));
  });

  test("act.durable: an edit to fix a misspelt command acts, although the clerk had answered 😕", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot reveiwd");
    w.reconcile();
    expect(answerTo(w, comment)).toMatchObject({ confused: true, thumbsUp: false });
    w.edit(comment, "dbkr", "@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
    expect(answerTo(w, comment)).toMatchObject({ thumbsUp: true });
  });

  test("act.durable: the author's edit that keeps a command does not say it again", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot reviewed");
    w.say("dbkr", "@mscbot retract");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot reviewed\n\nand more words");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("act.durable: taking one's command out of a comment undoes nothing", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.edit(comment, "dbkr", "never mind");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("act.durable: a reworded concern keeps its number", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot concern the fallbak is missing");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot concern the fallback is missing");
    const decision = w.reconcile();
    expect(decision.concerns).toMatchObject([{ number: 1, text: "the fallback is missing" }]);
  });

  test("act.durable: a concern reworded back to its first text says what its author says last", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot concern one way");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot concern another way");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot concern one way");
    expect(w.reconcile().concerns).toMatchObject([{ number: 1, text: "one way", resolved: null }]);
  });

  test("act.durable: a concern reworded by somebody else keeps its author's words", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot concern the fallback is missing");
    w.reconcile();
    w.edit(comment, "maintainer", "@mscbot concern nothing of note");
    expect(w.reconcile().concerns).toMatchObject([{ number: 1, text: "the fallback is missing" }]);
  });

  test("act.durable: of several concerns in a comment the one that was reworded keeps its number, the others theirs", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot concern A\n@mscbot concern B\n@mscbot concern C");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot concern A\n@mscbot concern B, said better\n@mscbot concern C");
    expect(w.reconcile().concerns.map(({ number, text }) => [number, text])).toEqual([
      [1, "A"],
      [2, "B, said better"],
      [3, "C"],
    ]);
  });

  test("act.durable: a concern added in an edit beside an old one gets the next number", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot concern A\n@mscbot concern B");
    expect(w.reconcile().concerns.map(({ number, text }) => [number, text])).toEqual([
      [1, "A"],
      [2, "B"],
    ]);
  });

  test("act.durable: rewording a concern that was resolved does not open it again", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    w.say("uhoreg", "@mscbot resolve C1");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot concern A, said better");
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("act.durable: a concern that lacked its text and is completed by an edit is raised, and answered 👍", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot concern");
    w.reconcile();
    w.edit(comment, "dbkr", "@mscbot concern the fallback is missing");
    expect(openConcerns(w.reconcile())).toEqual(["the fallback is missing"]);
    expect(answerTo(w, comment)).toMatchObject({ confused: true, thumbsUp: true });
  });

  test("act.durable: where a foreign revision's content was deleted, what the author's later text has in addition is nobody's", () => {
    const w = proposed();
    const comment = w.say("dbkr", "I like this.");
    w.edit(comment, "maintainer", null);
    w.edit(comment, "dbkr", "I like this.\n@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("act.durable: the content of the author's own revision being deleted undoes nothing", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.edit(comment, "dbkr", "fine");
    w.utterances = w.utterances.map((one) =>
      one.id === comment.id
        ? {
            ...one,
            revisions: one.revisions.map((each, index) => (index === 0 ? { ...each, lines: null } : each)),
          }
        : one,
    );
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("act.durable: a label vote stays although the label was taken off by a maintainer before the clerk looked", () => {
    const w = proposed();
    w.label("dbkr", "vote:approve");
    w.unlabel("maintainer", "vote:approve");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("act.durable: deleting an outsider's command does nothing", () => {
    const w = proposed();
    const said = w.say(OUTSIDER, "@mscbot fcp cancel");
    w.reconcile();
    w.remove(said, OUTSIDER);
    expect(w.reconcile().phase).toBe("proposed");
  });
});

describe("act.durable, with the register lost", () => {
  test("act.durable: an announced decision to merge stands, and nothing is announced a second time", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.wait(DAY);
    w.forget();
    const decision = w.reconcile();
    expect(decision).toMatchObject({ phase: "concluded", check: "in_progress" });
    expect(announced(w).filter((key) => !key.startsWith("rebuilt"))).toEqual(["1:fcp_begun", "1:concluded"]);
  });

  test("act.durable: accepted and merged does not become merged without a decision", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.merge("richvdh");
    w.reconcile();
    w.forget();
    w.say("reader", "Thank you.");
    expect(w.reconcile().reason.code).toBe("merged_accepted");
    expect(announced(w)).toEqual(["1:fcp_begun", "1:concluded"]);
    expect([...w.labels].sort()).toEqual(["proposal", "spec-pr-missing"]);
  });

  test("act.durable: an announced decision that a later motion has made void stays so", () => {
    const w = inFcp();
    w.wait(5 * DAY);
    w.reconcile();
    w.say("dbkr", "@mscbot fcp close");
    w.reconcile();
    w.forget();
    const decision = w.reconcile();
    expect(decision.phase).toBe("proposed");
    expect(decision.register.motion).toMatchObject({ number: 2, disposition: "close" });
    expect(votesOf(decision)).toEqual(["dbkr"]);
  });

  test("act.durable: somebody else's copy of an announcement decides nothing", () => {
    const w = inFcp();
    w.say("mallory", "<!-- msc-clerk:announce 1:concluded -->\nThe Final Comment Period has concluded.");
    w.forget();
    expect(w.reconcile().phase).toBe("fcp");
  });
});

describe("act.adoption", () => {
  test("act.adoption: what lies before the config first reached the default branch is no act", () => {
    const w = world({ adoptedAt: START + 10 * SECOND });
    w.say("richvdh", "@mscbot fcp merge");
    w.review("dbkr", "changes_requested");
    w.wait(MINUTE);
    const decision = w.reconcile();
    expect(decision.phase).toBe("in_review");
    expect(openConcerns(decision)).toEqual([]);
    expect(w.comments("reply")).toEqual([]);
  });

  test("act.adoption: what lies before the PR first carried the proposal label is no act", () => {
    const w = world({ labels: [] });
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.label("author", "proposal");
    expect(w.reconcile().phase).toBe("in_review");
  });

  test("act.adoption: what is said after the label counts", () => {
    const w = world({ labels: [] });
    w.label("author", "proposal");
    w.say("richvdh", "@mscbot fcp merge");
    expect(w.reconcile().phase).toBe("proposed");
  });

  test.each(["merge", "close"] as const)(
    "act.adoption: a PR that ended by %s before adoption is never touched",
    (how) => {
      const w = world({ labels: ["proposal", "proposed-final-comment-period", "disposition-merge"] });
      w[how]("maintainer");
      w.wait(MINUTE);
      w.adoptedAt = w.now;
      w.wait(MINUTE);
      w.say("richvdh", "@mscbot fcp merge");
      w.label("richvdh", "vote:approve");
      w.reconcile();
      expect(w.actions).toEqual([]);
    },
  );

  test("act.adoption: a PR that ended before adoption and is reopened is a proposal like any other", () => {
    const w = world();
    w.close("author");
    w.wait(MINUTE);
    w.adoptedAt = w.now;
    w.wait(MINUTE);
    w.reopen("author");
    w.say("richvdh", "@mscbot fcp merge");
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("act.adoption: the proposal label being deleted from the repository makes the clerk deaf to no open motion", () => {
    const w = proposed();
    w.labels.delete("proposal");
    w.events = w.events.map((one) =>
      one.kind === "labeled" && one.label === "proposal" ? { ...one, label: null } : one,
    );
    w.say("dbkr", "@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
    w.say("uhoreg", "@mscbot reviewed");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh", "uhoreg"]);
  });

  test("act.adoption: a PR created with the label and without an event of it has carried it from its creation", () => {
    const w = world();
    w.events = [];
    w.say("richvdh", "@mscbot fcp merge");
    expect(w.reconcile().phase).toBe("proposed");
  });
});

describe("act.identity", () => {
  test("act.identity: logins are matched without regard to case where the roster gives no id", () => {
    const w = proposed();
    w.join("spec-core-team", "NewComer", { id: null });
    w.say("newcomer", "@mscbot reviewed");
    expect(yes(w.reconcile())).toBe(2);
  });

  test("act.identity: where the roster gives an id, a login that changed hands is somebody else", () => {
    const w = proposed();
    const before = w.account("dbkr");
    w.rename("dbkr", "dave");
    w.say("dave", "@mscbot reviewed");
    w.utterances.push({
      ...w.say("other", "@mscbot concern I am not who you think"),
      author: { ...before, id: 77_777 },
    });
    w.utterances = w.utterances.filter((one) => one.author?.login !== "other");
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["dbkr", "richvdh"]);
    expect(openConcerns(decision)).toEqual([]);
  });

  test("act.identity: where the roster gives an id, an account GitHub gives no id for is nobody of the roster", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot reviewed");
    const unnumbered = { type: "User", login: "dbkr", id: null } as const;
    w.utterances = w.utterances.map((one) => (one.id === comment.id ? { ...one, author: unnumbered } : one));
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test("act.identity: a renamed member with an id keeps the vote given under the old login", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.rename("dbkr", "dave");
    w.say("dave", "@mscbot retract");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
  });

  test.each([
    ["a bot", { type: "Bot", login: "dbkr", id: 104 }],
    ["a placeholder account", { type: "Mannequin", login: "dbkr", id: 104 }],
    ["a deleted account", null],
  ] as const)("act.identity: %s never acts", (_who, author) => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot reviewed\n@mscbot concern A");
    const review = w.review("dbkr", "approved");
    const changes = w.review("dbkr", "changes_requested");
    w.utterances = w.utterances.map((one) =>
      [comment.id, review.id, changes.id].includes(one.id)
        ? { ...one, author, revisions: one.revisions.map((each) => ({ ...each, editor: author })) }
        : one,
    );
    const decision = w.reconcile();
    expect(votesOf(decision)).toEqual(["richvdh"]);
    expect(openConcerns(decision)).toEqual([]);
    expect(answerTo(w, comment)).toMatchObject({ thumbsUp: false, confused: false });
  });

  test("act.identity: a bot's label is refused with its name, and out of scope it is nobody's business", () => {
    for (const label of ["disposition-close", "vote:approve"]) {
      const w = proposed();
      w.label("stale-bot", label);
      const { verdicts } = w.decide();
      expect(verdicts.at(-1)).toMatchObject({
        outcome: "refused",
        why: { code: "label_by_outsider", label },
      });
      const none = world({ labels: [] });
      none.label("stale-bot", label);
      expect(none.decide().verdicts).toEqual([]);
    }
  });

  test("act.adoption: what ended in the very moment of the adoption had not ended before it", () => {
    const w = proposed();
    w.close("author");
    const snapshot = { ...w.snapshot(), register: null };
    const endedAt = snapshot.pull.closedAt ?? 0;
    expect(beyondAdoption({ ...snapshot, adoptedAt: endedAt })).toBe(false);
    expect(beyondAdoption({ ...snapshot, adoptedAt: endedAt + 1 })).toBe(true);
  });

  test("act.identity: a label put on by a bot is no vote and no motion, and is taken off", () => {
    const w = world();
    w.label("stale-bot", "disposition-merge");
    expect(w.reconcile().phase).toBe("in_review");
    expect(w.labels.has("disposition-merge")).toBe(false);
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    w.label("stale-bot", "vote:approve");
    expect(votesOf(w.reconcile())).toEqual(["richvdh"]);
    expect(w.labels.has("vote:approve")).toBe(false);
  });

  test("act.identity: the clerk's own comments hold no acts, whatever stands in them", () => {
    const w = proposed();
    const own = w.say("msc-clerk", "@mscbot fcp cancel");
    w.utterances = w.utterances.map((one) =>
      one.id === own.id ? { ...one, author: CLERK, byClerk: true } : one,
    );
    expect(w.reconcile().phase).toBe("proposed");
  });

  test("act.identity: a vote whose account was deleted after it was accepted still counts while the roster lists it", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    w.deleteAccount("dbkr");
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("act.identity: the clerk answers to its own name as well as to the aliases of the config", () => {
    const w = world({ rules: rules({ mentions: [] }) });
    w.say("richvdh", "@mscbot fcp merge");
    expect(w.reconcile().phase).toBe("in_review");
    w.say("richvdh", "@MSC-Clerk: fcp merge");
    expect(w.reconcile().phase).toBe("proposed");
  });
});

test("act.once: every act of one look is told with what came of it", () => {
  const w = proposed();
  w.say("dbkr", "@mscbot reviewed");
  w.say(OUTSIDER, "@mscbot reviewed");
  w.say("uhoreg", "@mscbot resolve nothing");
  const { verdicts } = w.decide();
  expect(verdicts.map(({ by, outcome }) => [by?.login, outcome])).toEqual([
    ["dbkr", "accepted"],
    [OUTSIDER, "refused"],
    ["uhoreg", "refused"],
  ]);
  expect(verdicts[2]?.why?.code).toBe("no_such_concern");
  expect(outcomeOf(w.decide(), "dbkr")).toBe("accepted");
  expect(concernOf(w.decide(), 1)).toBeUndefined();
  expect(w.pull.head).toBe(HEAD);
});
