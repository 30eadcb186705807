import { describe, expect, test } from "vitest";
import { DAY, HOUR, SECOND } from "../../src/domain/text/time.js";
import { CLERK, inFcp, OUTSIDER, proposed, type World, world } from "../support/world.js";
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
    w.reconcile();
    takeAway(w, "reply");
    w.reconcile();
    expect(w.comments("reply")).toHaveLength(1);
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    takeAway(w, "reply");
    w.reconcile();
    expect(w.comments("reply")).toHaveLength(1);
    expect(w.plan()).toEqual([]);
  });

  test("memory.kept: a reply is remembered for a day, no longer", () => {
    const w = proposed();
    w.say(OUTSIDER, "@mscbot reviewed");
    w.reconcile();
    w.wait(DAY);
    w.say("dbkr", "@mscbot reviewed");
    w.reconcile();
    takeAway(w, "reply");
    w.reconcile();
    expect(w.comments("reply")).toEqual([]);
  });

  test("memory.kept: a reply to a comment its author has deleted is not posted again", () => {
    const w = proposed();
    const said = w.say(OUTSIDER, "@mscbot reviewed");
    w.reconcile();
    w.remove(said, OUTSIDER);
    takeAway(w, "reply");
    w.reconcile();
    expect(w.comments("reply")).toEqual([]);
  });

  test("memory.kept: an announcement deleted at the latch is posted again, and the next transition is told", () => {
    const w = inFcp();
    takeAway(w, "announce");
    w.reconcile();
    expect(announced(w)).toEqual(["1:fcp_begun"]);
    w.wait(6 * DAY).reconcile();
    takeAway(w, "announce");
    w.reconcile();
    expect([...announced(w)].sort()).toEqual(["1:concluded", "1:fcp_begun"]);
    expect(w.plan()).toEqual([]);
  });

  test("memory.kept: deleted before it was ever posted: a deletion in the second of the latch swallows nothing", () => {
    const w = proposed();
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    w.reconcile(w.plan().findIndex((action) => action.kind === "add_label" && action.latch) + 1);
    w.still(() => w.happen("ara4n", { kind: "comment_deleted", author: CLERK }));
    w.stored = w.register;
    w.registerFrom = "store";
    w.reconcile();
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
        w.reconcile();
        expect(w.comments(kind, key)).toHaveLength(1);
        w.wait(HOUR);
      }
      remove(w, kind, key);
      const decision = w.reconcile();
      expect(w.comments(kind, key)).toEqual([]);
      expect(decision.withheld).toMatchObject([{ comment: `${kind} ${key}` }]);
      // The first of the three was deleted a second after `first`.
      const until = decision.nextCheckAt ?? 0;
      expect(until).toBe(first + SECOND + DAY);
      w.now = until - 1;
      w.reconcile();
      expect(w.comments(kind, key)).toEqual([]);
      w.now = until;
      w.reconcile();
      expect(w.comments(kind, key)).toHaveLength(1);
      expect(w.plan()).toEqual([]);
    },
  );

  test("memory.kept: a reply deleted in the very second of what it answers counts among its three", () => {
    const w = proposed();
    w.still(() => {
      w.say(OUTSIDER, "@mscbot reviewed");
      w.reconcile();
      for (let time = 0; time < 3; time++) {
        takeAway(w, "reply");
        w.reconcile();
      }
      expect(w.comments("reply")).toHaveLength(1);
      takeAway(w, "reply");
      w.reconcile();
    });
    expect(w.comments("reply")).toEqual([]);
  });

  test("memory.kept: deleted before it could have stood, something else was: the reply is given, and takes none of its three", () => {
    const w = proposed();
    w.happen("ara4n", { kind: "comment_deleted", author: CLERK });
    w.say(OUTSIDER, "@mscbot reviewed");
    w.reconcile();
    expect(w.comments("reply")).toHaveLength(1);
    expect(w.decide().register.posted).toBeUndefined();
  });

  test("memory.kept: the status comment deleted in the very second its motion ended is posted again under the next", () => {
    const w = proposed();
    w.still(() => {
      w.say("dbkr", "@mscbot fcp cancel");
      w.reconcile();
      remove(w, "status", "1:ended");
    });
    w.say("dbkr", "@mscbot fcp merge");
    w.reconcile();
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
        w.reconcile();
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
        w.reconcile();
      }
    }
    expect(announced(w)).toEqual(["1:fcp_begun"]);
    expect(w.comments("status")).toHaveLength(1);
  });

  test("memory.kept: a concern's register comment is posted again too, and the check run carries the record meanwhile", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot fcp cancel\n@mscbot concern A");
    w.reconcile();
    for (let time = 0; time < 4; time++) {
      remove(w, "register", "1");
      w.reconcile();
    }
    expect(w.comments("register")).toEqual([]);
    w.say("uhoreg", "@mscbot concern B");
    const { register } = w.reconcile();
    expect(w.checkRecord?.seq).toBe(register.seq);
    expect(openConcerns(w.decide())).toEqual(["A", "B"]);
    expect(w.plan()).toEqual([]);
  });

  test("memory.kept: with the status comment withheld on a closed pull request, a check run carries the record", () => {
    const w = inFcp();
    w.close("maintainer");
    w.reconcile();
    for (let time = 0; time < 4; time++) {
      remove(w, "status", "1");
      w.reconcile();
    }
    w.say("dbkr", "@mscbot concern A");
    const { register } = w.reconcile();
    expect(w.comments("status")).toEqual([]);
    expect(w.checkRecord?.seq).toBe(register.seq);
    expect(openConcerns(w.decide())).toEqual(["A"]);
    expect(w.plan()).toEqual([]);
  });

  test("memory.kept: one comment withheld holds no other back", () => {
    const w = proposed();
    w.say(OUTSIDER, "@mscbot reviewed");
    w.reconcile();
    for (let time = 0; time < 4; time++) {
      takeAway(w, "reply");
      w.reconcile();
    }
    expect(w.comments("reply")).toEqual([]);
    w.say("somebody-else", "@mscbot reviewed");
    w.reconcile();
    expect(w.comments("reply")).toHaveLength(1);
  });

  test("reply.always: a reaction that was not given yet is not forgotten over what happens meanwhile", () => {
    const w = proposed();
    const comment = w.say("dbkr", "@mscbot reviewed");
    for (const login of ["uhoreg", "ara4n"]) {
      for (const action of w.plan().filter(({ kind }) => kind !== "react")) w.apply(action);
      w.say(login, "@mscbot reviewed");
    }
    w.reconcile();
    expect(w.utterances.find(({ id }) => id === comment.id)?.reactions.thumbsUp).toBe(true);
  });

  test("memory.kept: with no motion a concern's comment that was deleted is posted again", () => {
    const w = world();
    w.say("dbkr", "@mscbot concern A");
    w.reconcile();
    remove(w, "register");
    w.reconcile();
    expect(w.comments("register")).toHaveLength(1);
  });

  test("memory.kept: the list of what was rebuilt is posted again, three times a day", () => {
    const w = proposed();
    w.forget();
    w.reconcile();
    const [{ marker } = { marker: { key: "" } }] = w.comments("announce");
    expect(marker.key).toMatch(/^rebuilt:/);
    w.wait(HOUR);
    w.stored = w.register;
    w.registerFrom = "store";
    for (let time = 0; time < 3; time++) {
      takeAway(w, "announce");
      w.reconcile();
      w.stored = w.register;
      expect(announced(w)).toEqual([marker.key]);
    }
    takeAway(w, "announce");
    expect(w.reconcile().withheld).toMatchObject([{ comment: `announce ${marker.key}` }]);
    expect(announced(w)).toEqual([]);
  });

  test("memory.kept: of several deletions one since an earlier motion ended is enough", () => {
    const w = proposed();
    remove(w, "status", "1");
    w.reconcile();
    w.say("dbkr", "@mscbot cancel");
    w.reconcile();
    w.say("dbkr", "@mscbot fcp merge");
    w.reconcile();
    remove(w, "status", "1:ended");
    w.reconcile();
    expect(
      w
        .comments("status")
        .map(({ marker }) => Number.parseInt(marker.key, 10))
        .sort(),
    ).toEqual([1, 2]);
  });

  test("memory.kept: the status comment of a cancelled motion is posted again, also under a newer one", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot fcp cancel");
    w.reconcile();
    w.say("dbkr", "@mscbot fcp merge");
    w.reconcile();
    remove(w, "status", "1:ended");
    w.reconcile();
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
    w.reconcile();
    w.tick("dbkr", "uhoreg");
    w.reconcile();
    expect(w.comments("reply")).toHaveLength(2);
  });

  test("comment.once: somebody else's deleted comment silences nothing", () => {
    const w = proposed();
    const said = w.say(OUTSIDER, "Nonsense.");
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      w.say(login, "@mscbot reviewed");
    w.reconcile(9);
    w.wait(DAY);
    w.remove(said, "ara4n");
    w.reconcile();
    expect(announced(w)).toEqual(["1:fcp_begun"]);
    expect(w.decide().register.posted).toBeUndefined();
  });
});
