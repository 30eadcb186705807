import { describe, expect, test } from "vitest";
import { DAY } from "../../src/domain/time.js";
import { announced } from "../process/reading.js";
import { CLERK, inFcp, OUTSIDER, proposed, type World } from "../support/world.js";

/** A maintainer deletes every comment of this kind. */
function takeAway(w: World, kind: "reply" | "announce"): void {
  expect(w.comments(kind)).not.toEqual([]);
  w.ownComments = w.ownComments.filter((one) => one.marker.kind !== kind);
  w.happen("ara4n", { kind: "comment_deleted", author: CLERK });
}

describe("what a maintainer deleted of what the clerk said", () => {
  test("comment.once: a reply that was deleted is not said again, now or after the next vote", () => {
    const w = proposed();
    w.say(OUTSIDER, "@mscbot reviewed");
    w.look();
    takeAway(w, "reply");
    w.look();
    expect(w.comments("reply")).toEqual([]);
    w.say("dbkr", "@mscbot reviewed");
    w.look();
    w.wait(DAY).look();
    expect(w.comments("reply")).toEqual([]);
  });

  test("comment.once: who puts another's box right again after the reply was deleted is told again", () => {
    const w = proposed();
    w.tick("dbkr", "uhoreg");
    w.look();
    takeAway(w, "reply");
    w.look();
    w.tick("dbkr", "uhoreg");
    w.look();
    expect(w.comments("reply")).toHaveLength(1);
  });

  test("comment.once: an announcement that was deleted is not said again; the next transition is told", () => {
    const w = inFcp();
    takeAway(w, "announce");
    w.look();
    expect(announced(w)).toEqual([]);
    w.wait(6 * DAY).look();
    expect(announced(w)).toEqual(["1:concluded"]);
    takeAway(w, "announce");
    w.look();
    expect(announced(w)).toEqual([]);
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
  });
});
