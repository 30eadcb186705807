import { describe, expect, test } from "vitest";
import { DAY, HOUR, SECOND } from "../../src/domain/text/time.js";
import { CLERK, inFcp, OUTSIDER, proposed, type World } from "../support/world.js";
import { announced, openConcerns } from "./reading.js";

/** A maintainer deletes every comment of this kind. */
function takeAway(w: World, kind: "reply" | "announce"): void {
  expect(w.comments(kind)).not.toEqual([]);
  w.ownComments = w.ownComments.filter((one) => one.marker.kind !== kind);
  w.happen("ara4n", { kind: "comment_deleted", author: CLERK });
}

/** A maintainer deletes one comment of the clerk's. */
function remove(w: World, kind: "reply" | "announce" | "status" | "register", key?: string): void {
  const [one] = w.comments(kind, key);
  expect(one).toBeDefined();
  w.ownComments = w.ownComments.filter((other) => other !== one);
  w.happen("ara4n", { kind: "comment_deleted", author: CLERK });
}

describe("what a maintainer deleted of what the clerk said", () => {
  test("memory.kept: a reply that was deleted is posted again, also after the next vote", () => {
    const w = proposed();
    w.say(OUTSIDER, "@mscbot reviewed");
    w.look();
    takeAway(w, "reply");
    w.look();
    expect(w.comments("reply")).toHaveLength(1);
    w.say("dbkr", "@mscbot reviewed");
    w.look();
    takeAway(w, "reply");
    w.look();
    expect(w.comments("reply")).toHaveLength(1);
    expect(w.plan()).toEqual([]);
  });

  test("memory.kept: a reply is remembered for a day, no longer", () => {
    const w = proposed();
    w.say(OUTSIDER, "@mscbot reviewed");
    w.look();
    w.wait(DAY);
    w.say("dbkr", "@mscbot reviewed");
    w.look();
    takeAway(w, "reply");
    w.look();
    expect(w.comments("reply")).toEqual([]);
  });

  test("memory.kept: a reply to a comment its author has deleted is not posted again", () => {
    const w = proposed();
    const said = w.say(OUTSIDER, "@mscbot reviewed");
    w.look();
    w.remove(said, OUTSIDER);
    takeAway(w, "reply");
    w.look();
    expect(w.comments("reply")).toEqual([]);
  });

  test("memory.kept: an announcement deleted at the latch is posted again, and the next transition is told", () => {
    const w = inFcp();
    takeAway(w, "announce");
    w.look();
    expect(announced(w)).toEqual(["1:fcp_begun"]);
    w.wait(6 * DAY).look();
    takeAway(w, "announce");
    w.look();
    expect([...announced(w)].sort()).toEqual(["1:concluded", "1:fcp_begun"]);
    expect(w.plan()).toEqual([]);
  });

  test("memory.kept: deleted before it was ever posted: a deletion in the second of the latch swallows nothing", () => {
    const w = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    w.look(w.plan().findIndex((action) => action.kind === "add_label" && action.latch) + 1);
    w.still(() => w.happen("ara4n", { kind: "comment_deleted", author: CLERK }));
    w.stored = w.register;
    w.registerFrom = "store";
    w.look();
    expect(announced(w)).toEqual(["1:fcp_begun"]);
  });

  test.each([
    ["announce", "1:fcp_begun"],
    ["status", "1"],
  ] as const)(
    "memory.kept: the %s comment is posted again three times a day at most, then when the day is over",
    (kind, key) => {
      const w = inFcp();
      const first = w.now;
      for (let time = 0; time < 3; time++) {
        remove(w, kind, key);
        w.look();
        expect(w.comments(kind, key)).toHaveLength(1);
        w.wait(HOUR);
      }
      remove(w, kind, key);
      const decision = w.look();
      expect(w.comments(kind, key)).toEqual([]);
      expect(decision.withheld).toMatchObject([{ comment: `${kind} ${key}` }]);
      // The first of the three was deleted a second after `first`.
      const until = decision.nextCheckAt ?? 0;
      expect(until).toBe(first + SECOND + DAY);
      w.now = until - 1;
      w.look();
      expect(w.comments(kind, key)).toEqual([]);
      w.now = until;
      w.look();
      expect(w.comments(kind, key)).toHaveLength(1);
      expect(w.plan()).toEqual([]);
    },
  );

  test("memory.kept: a reply deleted in the very second of what it answers counts among its three", () => {
    const w = proposed();
    w.still(() => {
      w.say(OUTSIDER, "@mscbot reviewed");
      w.look();
      for (let time = 0; time < 3; time++) {
        takeAway(w, "reply");
        w.look();
      }
      expect(w.comments("reply")).toHaveLength(1);
      takeAway(w, "reply");
      w.look();
    });
    expect(w.comments("reply")).toEqual([]);
  });

  test("memory.kept: deleted before it could have stood, something else was: the reply is given, and takes none of its three", () => {
    const w = proposed();
    w.happen("ara4n", { kind: "comment_deleted", author: CLERK });
    w.say(OUTSIDER, "@mscbot reviewed");
    w.look();
    expect(w.comments("reply")).toHaveLength(1);
    expect(w.decide().register.posted).toBeUndefined();
  });

  test("memory.kept: the status comment deleted in the very second its motion ended is posted again under the next", () => {
    const w = proposed();
    w.still(() => {
      w.say("dbkr", "@mscbot fcp cancel");
      w.look();
      remove(w, "status", "1:ended");
    });
    w.say("dbkr", "@mscbot fcp merge");
    w.look();
    expect(
      w
        .comments("status")
        .map(({ marker }) => marker.key)
        .sort(),
    ).toEqual(["1:ended", "2"]);
    expect(w.plan()).toEqual([]);
  });

  test("memory.kept: several deletions in one second are one each", () => {
    const w = inFcp();
    w.still(() => {
      for (let time = 0; time < 4; time++) {
        remove(w, "announce", "1:fcp_begun");
        w.look();
      }
    });
    expect(announced(w)).toEqual([]);
  });

  test("memory.kept: each comment has three of its own", () => {
    const w = inFcp();
    for (let time = 0; time < 3; time++) {
      for (const [kind, key] of [
        ["announce", "1:fcp_begun"],
        ["status", "1"],
      ] as const) {
        remove(w, kind, key);
        w.look();
      }
    }
    expect(announced(w)).toEqual(["1:fcp_begun"]);
    expect(w.comments("status")).toHaveLength(1);
  });

  test("memory.kept: a concern's register comment is posted again too, and the check run carries the record meanwhile", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot fcp cancel\n@mscbot concern A");
    w.look();
    for (let time = 0; time < 4; time++) {
      remove(w, "register", "1");
      w.look();
    }
    expect(w.comments("register")).toEqual([]);
    w.say("uhoreg", "@mscbot concern B");
    const { register } = w.look();
    expect(w.checkRecord?.seq).toBe(register.seq);
    expect(openConcerns(w.decide())).toEqual(["A", "B"]);
    expect(w.plan()).toEqual([]);
  });

  test("memory.kept: with the status comment withheld on a closed pull request, a check run carries the record", () => {
    const w = inFcp();
    w.close("maintainer");
    w.look();
    for (let time = 0; time < 4; time++) {
      remove(w, "status", "1");
      w.look();
    }
    w.say("dbkr", "@mscbot concern A");
    const { register } = w.look();
    expect(w.comments("status")).toEqual([]);
    expect(w.checkRecord?.seq).toBe(register.seq);
    expect(openConcerns(w.decide())).toEqual(["A"]);
    expect(w.plan()).toEqual([]);
  });

  test("memory.kept: the status comment of a cancelled motion is posted again, also under a newer one", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot fcp cancel");
    w.look();
    w.say("dbkr", "@mscbot fcp merge");
    w.look();
    remove(w, "status", "1:ended");
    w.look();
    expect(
      w
        .comments("status")
        .map(({ marker }) => marker.key)
        .sort(),
    ).toEqual(["1:ended", "2"]);
    expect(w.plan()).toEqual([]);
  });

  test("comment.once: who puts another's box right again after the reply was deleted is told again", () => {
    const w = proposed();
    w.tick("dbkr", "uhoreg");
    w.look();
    w.tick("dbkr", "uhoreg");
    w.look();
    expect(w.comments("reply")).toHaveLength(2);
  });

  test("comment.once: somebody else's deleted comment silences nothing", () => {
    const w = proposed();
    const said = w.say(OUTSIDER, "Nonsense.");
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    w.look(9);
    w.wait(DAY);
    w.remove(said, "ara4n");
    w.look();
    expect(announced(w)).toEqual(["1:fcp_begun"]);
    expect(w.decide().register.posted).toBeUndefined();
  });
});
