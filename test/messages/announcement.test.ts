import { describe, expect, it } from "vitest";
import { announcement } from "../../src/domain/messages/announcement.js";
import { ANNOUNCEMENT_KINDS } from "../../src/domain/model/decision.js";
import type { Motion } from "../../src/domain/model/register.js";
import type { Disposition, Rules } from "../../src/domain/model/rules.js";
import { DAY } from "../../src/domain/text/time.js";
import {
  concern,
  context,
  decision,
  EARLIER_HEAD,
  HEAD,
  motion,
  NOON,
  PULL_URL,
  person,
  provenance,
  resolved,
} from "../support/decision.js";
import { rules } from "../support/rules.js";

const running = {
  state: "running",
  startedAt: NOON,
  endsAt: NOON + 5 * DAY,
  head: HEAD,
  passed: [],
  decided: null,
} as const;
const concluded: Extract<Motion["end"], { kind: "concluded" }> = {
  kind: "concluded",
  at: NOON + 5 * DAY,
  since: [],
  record: {
    head: HEAD,
    rosterCommit: EARLIER_HEAD,
    tallies: [
      {
        team: "spec-core-team",
        title: "Spec Core Team",
        need: { team: "spec-core-team", threshold: { numerator: 3, denominator: 4 } },
        size: 4,
        votes: [
          {
            member: { login: "ara4n", id: null },
            choice: "yes",
            url: `${PULL_URL}#issuecomment-1`,
            cast: null,
          },
          {
            member: { login: "dbkr", id: null },
            choice: "yes",
            url: `${PULL_URL}#pullrequestreview-2`,
            cast: null,
          },
          { member: { login: "uhoreg", id: null }, choice: "yes", url: null, cast: null },
          { member: { login: "richvdh", id: null }, choice: null, url: null, cast: null },
        ],
      },
    ],
  },
};
const concludedAs = (disposition: Disposition, conclude: Partial<Rules["conclude"]> = {}, mover = "ara4n") =>
  announcement(
    "concluded",
    decision({
      phase: "ended",
      reason: { code: "accepted" },
      motion: motion({ disposition, fcp: running, end: concluded, mover: person(mover) }),
    }),
    context({ rules: rules({ conclude: { ...rules().conclude, ...conclude } }) }),
  );
const firstLine = (text: string) => text.split("\n")[0];

describe("comments at transitions", () => {
  it("fcp.begin: says when it ends and that concerns can still be raised", () => {
    expect(
      announcement("fcp_begun", decision({ motion: motion({ fcp: running }) }), context()),
    ).toMatchInlineSnapshot(`
      "The **Final Comment Period** to **merge** this has begun. It ends on **6 March 2026, 12:00 UTC**.

      This is the last call for comments. Members can still raise a concern with \`@msc-clerk concern TEXT\`: the clock runs on, but the period does not conclude while a concern is open. If nothing stands in the way at its end, the proposal is accepted and can be merged."
    `);
  });

  it.each([
    ["close", "close", "the pull request is closed"],
    ["close", "nothing", "the pull request is to be closed"],
    ["postpone", "close", "the proposal is marked as postponed and the pull request is closed"],
    ["postpone", "nothing", "the proposal is marked as postponed"],
  ] as const)("fcp.begin: says what follows from %s (conclude: %s)", (disposition, conclude, expectation) => {
    const text = announcement(
      "fcp_begun",
      decision({ motion: motion({ disposition }) }),
      context({ rules: rules({ conclude: { ...rules().conclude, [disposition]: conclude } }) }),
    );
    expect(text).toContain(`has begun. It lasts 5 days.`);
    expect(text).toContain(`If nothing stands in the way at its end, ${expectation}.`);
  });

  it("fcp.conclude: time is up, but something stands in the way", () => {
    const text = announcement(
      "fcp_blocked",
      decision({
        motion: motion({ fcp: running }),
        reason: { code: "fcp_over", endedAt: NOON + 5 * DAY, concerns: [2], teams: [] },
        concerns: [resolved(1), concern(2, { text: "@room `what` about #1" }), concern(3, { blocks: false })],
      }),
      context(),
    );
    expect(text).toMatchInlineSnapshot(`
      "The time of the **Final Comment Period** is up, but it cannot conclude yet. The Final Comment Period to merge ended on 6 March 2026, 12:00 UTC; waiting for concern C2 to be resolved.

      - **C2** “@&#8203;room \\\`what\\\` about #&#8203;1” — [raised](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-102) by richvdh on 1 March 2026

      It concludes as soon as nothing stands in the way any more; the time does not start again."
    `);
  });

  it("fcp.conclude: merge: announces the outcome, reminds the mover, and folds the decision record away", () => {
    const text = announcement(
      "concluded",
      decision({
        phase: "concluded",
        reason: { code: "accepted" },
        motion: motion({ fcp: running, end: concluded }),
        concerns: [resolved(1)],
      }),
      context(),
    );
    expect(text).toMatchInlineSnapshot(`
      "The **Final Comment Period** has concluded, and this proposal is **accepted**. @ara4n, please merge it.

      <details><summary>Decision record</summary>

      - Record 1: [proposed](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-1) to merge by ara4n on 1 March 2026, 12:00 UTC
      - Decided by the rule “spec change”
      - Final Comment Period from 1 March 2026, 12:00 UTC until 6 March 2026, 12:00 UTC, begun at [\`def5678\`](https://github.com/matrix-org/matrix-spec-proposals/commit/def5678000000000000000000000000000000000)
      - Text: [\`def5678\`](https://github.com/matrix-org/matrix-spec-proposals/commit/def5678000000000000000000000000000000000)
      - Roster and rules: [\`abc1234\`](https://github.com/matrix-org/matrix-spec-proposals/commit/abc1234000000000000000000000000000000000)

      **Spec Core Team**: 3 of 3 needed, of 4 (75%), when the Final Comment Period concluded; the votes it began with were not kept

      - ara4n: [approved](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-1)
      - dbkr: [approved](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#pullrequestreview-2)
      - uhoreg: approved
      - richvdh: no vote

      **Concerns**

      - ~~**C1** “The fallback of part 1 is missing”~~ — [raised](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-101) by richvdh on 1 March 2026, [resolved](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-201) by dbkr on 1 March 2026

      </details>"
    `);
  });

  it("fcp.conclude: each outcome says who does what next", () => {
    expect(firstLine(concludedAs("merge", { merge: "squash" }))).toBe(
      "The **Final Comment Period** has concluded, and this proposal is **accepted**. The clerk merges it now; should GitHub not let it, whoever may merge can.",
    );
    expect(firstLine(concludedAs("merge", {}, "mscbot"))).toBe(
      "The **Final Comment Period** has concluded, and this proposal is **accepted**. A member may now merge it.",
    );
    expect(firstLine(concludedAs("close"))).toBe(
      "The **Final Comment Period** has concluded with the decision to **close** this. The pull request is closed now.",
    );
    expect(firstLine(concludedAs("close", { close: "nothing" }))).toBe(
      "The **Final Comment Period** has concluded with the decision to **close** this. @ara4n, please close the pull request.",
    );
    expect(firstLine(concludedAs("postpone"))).toBe(
      "The **Final Comment Period** has concluded with the decision to **postpone** this. The pull request is closed now, and can be reopened when its time comes.",
    );
    expect(firstLine(concludedAs("postpone", { postpone: "nothing" }))).toBe(
      "The **Final Comment Period** has concluded with the decision to **postpone** this. The pull request stays open.",
    );
  });

  it("fcp.conclude: does not ask for what has happened meanwhile", () => {
    const now = (state: "merged" | "closed", disposition: Disposition, end: Motion["end"] = concluded) =>
      firstLine(
        announcement(
          "concluded",
          decision({ motion: motion({ disposition, fcp: running, end }) }),
          context({
            pull: { ...context().pull, state },
            rules: rules({ conclude: { merge: "manual", close: "nothing", postpone: "nothing" } }),
          }),
        ),
      );
    expect(now("merged", "merge")).toBe(
      "The **Final Comment Period** has concluded, and this proposal is **accepted**. It has been merged.",
    );
    expect(now("closed", "merge")).toBe(
      "The **Final Comment Period** has concluded, and this proposal is **accepted**. It is closed now; the decision stands if it is reopened.",
    );
    expect(now("closed", "close")).toBe(
      "The **Final Comment Period** has concluded with the decision to **close** this. The pull request is closed now.",
    );
    expect(now("closed", "postpone")).toBe(
      "The **Final Comment Period** has concluded with the decision to **postpone** this. The pull request is closed now, and can be reopened when its time comes.",
    );
    expect(now("merged", "merge", { kind: "void", at: NOON })).toBe(
      "The **Final Comment Period** has concluded with the decision to **merge** this. A newer motion has taken the place of this decision since.",
    );
  });

  it("fcp.after: does not ask for a merge before the latest text is approved", () => {
    const text = announcement(
      "concluded",
      decision({
        phase: "concluded",
        reason: {
          code: "accepted_waiting",
          approval: { needed: 2, approvedBy: [] },
          concerns: [],
          teams: [],
        },
        motion: motion({ fcp: running, end: { ...concluded, record: null } }),
      }),
      context(),
    );
    expect(text).toBe(
      "The **Final Comment Period** has concluded with the decision to **merge** this. Accepted; merging waits for an approval of this very text by 2 members other than the author. After that: @ara4n, please merge it.",
    );
  });

  it("motion.cancel: says who cancelled what", () => {
    const end = {
      kind: "cancelled",
      by: person("uhoreg", 105),
      at: NOON,
      url: `${PULL_URL}#issuecomment-5`,
      how: "command",
    } as const;
    expect(
      announcement("cancelled", decision({ motion: motion({ end }) }), context()),
    ).toMatchInlineSnapshot(`
      "**Cancelled** by @uhoreg on 1 March 2026, 12:00 UTC ([command](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-5)).

      The proposal to **merge** this, proposed by @ara4n, is off. A new motion starts without votes; open concerns stay."
    `);
    expect(
      announcement("cancelled", decision({ motion: motion({ fcp: running, end }) }), context()),
    ).toContain("\n\nThe Final Comment Period to **merge** this, proposed by @ara4n, is off.");
  });

  it("motion.merged: says once that there was no decision", () => {
    const end = { kind: "merged_undecided", at: NOON } as const;
    expect(announcement("merged_undecided", decision({ motion: motion({ end }) }), context())).toBe(
      "**Merged without a decision** on 1 March 2026, 12:00 UTC: the Final Comment Period to merge had not concluded. None of the labels of an accepted proposal is put on.",
    );
  });

  it("override.second: names the lead, the second and the reason, and that the check stays", () => {
    const end = {
      kind: "overridden",
      at: NOON,
      override: {
        outcome: "cancelled",
        reason: "the meeting\ndecided",
        by: person("ara4n", 101),
        at: NOON,
        url: `${PULL_URL}#issuecomment-8`,
        source: "comment:8",
        head: "abc1234",
        seconds: [
          {
            member: person("outsider"),
            teams: ["spec-core-team"],
            at: NOON,
            url: `${PULL_URL}#issuecomment-9`,
          },
        ],
      },
      rosterCommit: "def5678",
    } as const;
    expect(
      announcement("overridden", decision({ motion: motion({ end }) }), context()),
    ).toMatchInlineSnapshot(`
      "**Overridden** on 1 March 2026, 12:00 UTC: recorded as cancelled, [on the word](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-8) of @ara4n, seconded by outsider. Reason: “the meeting decided”

      The clerk records this and sets the labels. It does not turn the check green.

      <details><summary>Decision record</summary>

      - Record 1: [said](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-8) by ara4n on 1 March 2026, 12:00 UTC
      - [Seconded](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-9) by outsider of the Spec Core Team on 1 March 2026, 12:00 UTC
      - A second of the Spec Core Team was needed, by the rule “spec change”
      - Text: [\`abc1234\`](https://github.com/matrix-org/matrix-spec-proposals/commit/abc1234)
      - Roster and rules: [\`def5678\`](https://github.com/matrix-org/matrix-spec-proposals/commit/def5678)

      </details>"
    `);
  });

  it("comment.once: nothing is announced where there is no motion", () => {
    for (const kind of ANNOUNCEMENT_KINDS) {
      expect(() => announcement(kind, decision({ motion: null }), context())).toThrow(/has no motion/);
    }
  });

  it("stays below 40,000 characters with 400 hostile concerns and a record of 3,000 votes", () => {
    const concerns = Array.from({ length: 400 }, (_, i) => concern(i + 1, { text: "<@#1".repeat(120) }));
    const votes = Array.from(
      { length: 3000 },
      (_, i) => ({ member: person(`member-${i}`), choice: "yes", url: PULL_URL, cast: null }) as const,
    );
    const tally = {
      ...(concluded.record?.tallies[0] as NonNullable<typeof concluded.record>["tallies"][number]),
      votes,
      size: 3000,
    };
    const end = {
      kind: "concluded",
      at: NOON,
      record: { head: HEAD, rosterCommit: null, tallies: [tally] },
      since: [],
    } as const;
    for (const kind of ["fcp_blocked", "concluded"] as const) {
      const text = announcement(
        kind,
        decision({ concerns, motion: motion({ fcp: running, end }), reason: { code: "accepted" } }),
        context(),
      );
      expect(text.length).toBeLessThanOrEqual(40_000);
      expect(text).toContain("C400");
      if (kind === "concluded") expect(text.endsWith("</details>")).toBe(true);
    }
  });

  it("takeover.legacy: the record does not name the bot as mover", () => {
    const taken = motion({
      fcp: running,
      end: concluded,
      mover: person("mscbot"),
      from: provenance("takeover"),
    });
    const text = announcement(
      "concluded",
      decision({ motion: taken, reason: { code: "accepted" } }),
      context(),
    );
    expect(text).toContain("to merge by a team member (it is not known any more who) on 1 March 2026");
  });
});
