import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, it } from "vitest";
import { lookFromOutside } from "../support/outsideLook.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 2 });

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

describe("from an open proposal to a concluded Final Comment Period, over HTTP", () => {
  it("the motion by command, six of eight votes in four ways, a concern on day 3, resolved on day 7", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.settle();
    expect(r.check(n)).toMatchObject({ status: "in_progress", title: expect.stringContaining("In review") });

    let motion = 0;
    await r.act(() => (motion = r.as("richvdh").comment(n, "@mscbot fcp merge").id));
    expect(r.reactions(motion)).toEqual(["+1"]);
    expect(r.labels(n)).toEqual(["disposition-merge", "proposal", "proposed-final-comment-period"]);
    expect(r.kinds(n)).toEqual(["status 1"]);

    await r.act(() => r.as("erikjohnston").approve(n));
    await r.act(() => r.as("dbkr").comment(n, "@mscbot reviewed"));
    await r.act(() => r.tick("uhoreg", n));
    await r.act(() => r.as("anoadragon453").label(n, "vote:approve"));
    expect(r.status(n).body).toContain("**5 of 6 needed, of 8**");
    expect(r.labels(n)).toEqual(["disposition-merge", "proposal", "proposed-final-comment-period"]);

    // The sixth, and in the same second somebody else's label.
    await r.act(() => {
      r.as("ara4n").comment(n, "@mscbot reviewed");
      r.as("KitsuneRal").label(n, "client-server");
    });
    expect(r.labels(n)).toEqual(["client-server", "disposition-merge", "final-comment-period", "proposal"]);
    expect(r.kinds(n)).toEqual(["status 1", "announce 1:fcp_begun"]);

    await r.advance(3 * DAY);
    await r.act(() => r.as("turt2live").comment(n, "@mscbot concern summaries leak private rooms"));
    expect(r.labels(n)).toContain("unresolved-concerns");
    await r.advance(2 * DAY + HOUR);
    expect(r.kinds(n)).toEqual(["status 1", "announce 1:fcp_begun", "announce 1:fcp_blocked"]);
    expect(r.labels(n)).toContain("final-comment-period");

    await r.advance(2 * DAY);
    await r.act(() => r.as("turt2live").comment(n, "@mscbot resolve C1"));
    expect(r.labels(n)).toEqual(["client-server", "finished-final-comment-period", "proposal"]);
    expect(r.kinds(n)).toEqual(
      ["status 1:ended", "announce 1:fcp_begun", "announce 1:fcp_blocked", "announce 1:concluded"].map(
        (kind) => (kind === "status 1:ended" ? expect.stringMatching(/^status 1/) : kind),
      ),
    );
    expect(r.check(n)).toMatchObject({ status: "completed", conclusion: "success" });

    await r.act(() => r.as("richvdh").merge(n));
    expect(r.labels(n)).toEqual(["client-server", "proposal", "spec-pr-missing"]);
  });

  it("the motion by a label; postponed and closed at its end", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.settle();
    await r.act(() => r.as("richvdh").label(n, "disposition-postpone"));
    expect(r.status(n).body).toContain("@richvdh has proposed to **postpone** this");
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"]) {
      await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    }
    expect(r.labels(n)).toContain("final-comment-period");
    await r.advance(5 * DAY + HOUR);
    expect(r.sandbox.thread(n).state).toBe("closed");
    expect(r.labels(n)).toEqual(["proposal", "proposal-postponed"]);
  });
});
