import { describe, expect, it } from "vitest";
import { checkSummary, checkTitle } from "../../src/domain/messages/check.js";
import { registerComment } from "../../src/domain/messages/registerComment.js";
import { statusComment } from "../../src/domain/messages/statusComment.js";
import { DAY } from "../../src/domain/text/time.js";
import {
  concern,
  context,
  decision,
  EARLIER_HEAD,
  fullTally,
  HEAD,
  motion,
  NOON,
  person,
  resolved,
  tally,
  voted,
} from "../support/decision.js";

describe("check.head: the check run's words", () => {
  it("the title is the sentence of the status comment", () => {
    expect(checkTitle(decision())).toBe(
      "Waiting for 5 more approvals from the Spec Core Team (1 of 6 needed, of 8).",
    );
    expect(statusComment(decision(), context())).toContain(checkTitle(decision()));
  });

  it("the summary shows phase, tallies, concerns and the rule, and where the votes are told", () => {
    const summary = checkSummary(
      decision({
        phase: "fcp",
        reason: { code: "fcp_running", endsAt: NOON + 5 * DAY, concerns: [1], teams: [] },
        motion: motion({
          fcp: {
            state: "running",
            startedAt: NOON,
            endsAt: NOON + 5 * DAY,
            head: HEAD,
            passed: [],
            decided: null,
          },
        }),
        tallies: [
          fullTally("spec-core-team", [voted("ara4n")]),
          tally([voted("x")], { team: "a", title: "A | B", belowMinimum: true, minimum: 3 }),
          tally([], { team: "b", title: "Nobody" }),
          tally([voted("x")], { team: "c", title: "Everybody" }),
        ],
        concerns: [concern(1), resolved(2)],
        after: {
          from: EARLIER_HEAD,
          head: HEAD,
          moved: true,
          needed: 2,
          approvedBy: [person("dbkr", 104), person("uhoreg")],
          met: true,
        },
        contestedLabels: ["fcp", "proposal"],
      }),
      context(),
      {
        siblings: [
          { number: 12, verdict: "in_progress" },
          { number: 13, verdict: null },
        ],
      },
    );
    expect(summary).toMatchInlineSnapshot(`
      "Final Comment Period to merge until 6 March 2026, 12:00 UTC; also waiting for concern C1 to be resolved.

      Phase: **Final Comment Period**, proposed to **merge**.

      The Final Comment Period began on 1 March 2026, 12:00 UTC and ends on 6 March 2026, 12:00 UTC.

      | Team | Approvals | Needed | Members | State |
      |---|--:|--:|--:|---|
      | Spec Core Team | 1 | 6 (75%) | 8 | 5 more |
      | A \\| B | 1 | 1 (75%) | 1 | fewer than its minimum of 3 |
      | Nobody | 0 | 1 (75%) | 0 | no members |
      | Everybody | 1 | 1 (75%) | 1 | passed |

      **Concerns**

      - **C1** “The fallback of part 1 is missing” — [raised](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-101) by richvdh on 1 March 2026
      - ~~**C2** “The fallback of part 2 is missing”~~ — [raised](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-102) by richvdh on 1 March 2026, [resolved](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-202) by dbkr on 1 March 2026

      The text has changed since the Final Comment Period began: [abc1234...def5678](https://github.com/matrix-org/matrix-spec-proposals/compare/abc1234000000000000000000000000000000000...def5678000000000000000000000000000000000). @dbkr and uhoreg have approved the latest text.

      The labels “final-comment-period” and “proposal” have been changed by hand so often today that the clerk leaves them as they are; the decision is as told here.

      Other open pull requests have the same head commit: 12 (waiting), 13 (not looked at yet). The check shows the strictest result of them all.

      <sub>Decided by the rule “spec change”: Spec Core Team 75%, A \\| B 75%, Nobody 75%, Everybody 75%.</sub>"
    `);
  });

  it("says little where there is little to say", () => {
    const outside = decision({
      phase: "out_of_scope",
      reason: { code: "not_a_proposal" },
      motion: null,
      tallies: [],
    });
    expect(checkSummary(outside, context())).toBe(
      "Not a proposal: there is nothing to decide here.\n\nPhase: **no proposal**.",
    );
  });

  it("keeps within GitHub's limit with 400 hostile concerns", () => {
    const concerns = Array.from({ length: 400 }, (_, i) => concern(i + 1, { text: "<@#1".repeat(120) }));
    expect(checkSummary(decision({ concerns }), context()).length).toBeLessThan(65_535);
  });
});

describe("check.head: what GitHub takes of a summary is bytes", () => {
  it("keeps within them with 400 concerns in Chinese, and ends after a whole line", () => {
    const concerns = Array.from({ length: 400 }, (_, i) => concern(i + 1, { text: "字".repeat(500) }));
    const summary = checkSummary(decision({ concerns }), context());
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(65_535);
    // Those that fit in characters alone do not in bytes.
    const some = checkSummary(decision({ concerns: concerns.slice(0, 60) }), context());
    expect(Buffer.byteLength(some)).toBeLessThanOrEqual(65_535);
    expect(some).toContain("C60");
  });
});

describe("concern.raise: the register comment", () => {
  it("keeps the concerns until a motion is opened", () => {
    expect(
      registerComment(
        decision({ motion: null, concerns: [resolved(1), concern(2, { text: "- [x] @dbkr" })] }),
        context(),
      ),
    ).toMatchInlineSnapshot(`
      "The clerk keeps the concerns of this proposal here until a motion is opened. Open ones carry over into a motion to merge.

      - **C2** “\\- \\[x\\] @&#8203;dbkr” — [raised](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-102) by richvdh on 1 March 2026
      - ~~**C1** “The fallback of part 1 is missing”~~ — [raised](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-101) by richvdh on 1 March 2026, [resolved](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-201) by dbkr on 1 March 2026

      Members raise a concern with \`@msc-clerk concern TEXT\` and resolve one with \`@msc-clerk resolve C1\`, each on a line of its own."
    `);
  });

  it("says that there are none", () => {
    expect(registerComment(decision({ motion: null }), context())).toContain("\n\nThere are none.\n\n");
  });

  it("points to the status comment while a motion is open", () => {
    expect(registerComment(decision(), context())).toBe(
      "The concerns of this proposal are now kept in the status comment of the motion.",
    );
  });

  it("stands in for a status comment where there is no motion", () => {
    const without = decision({ motion: null });
    expect(statusComment(without, context())).toBe(registerComment(without, context()));
  });
});
