import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { statusSentence, statusSentenceShort } from "../../src/domain/messages/statusSentence.js";
import type { Hold, Reason } from "../../src/domain/model/decision.js";
import { decision, motion, NOON } from "../support/decision.js";
import { byText } from "../support/titles.js";

const sct = { title: "Spec Core Team", yes: 4, needed: 6, size: 8 };
const guardians = { title: "Guardians", yes: 1, needed: 2, size: 2 };
const says = (reason: Reason, ...holds: Hold[]) => statusSentence(decision({ reason, holds }));

describe("what is missing, in one sentence", () => {
  it.each(
    byText<Reason>([
      [{ code: "not_a_proposal" }, "Not a proposal: there is nothing to decide here."],
      [
        { code: "unlabelled_proposal", label: "proposal" },
        "This adds a proposal text but lacks the label “proposal”: a maintainer adds it, and then it can be decided.",
      ],
      [
        { code: "placeholder", label: "proposal-placeholder" },
        "A placeholder: nothing is decided while it carries the label “proposal-placeholder”.",
      ],
      [{ code: "draft" }, "A draft: nothing is decided before it is marked ready for review."],
      [{ code: "awaiting_motion" }, "In review: no Final Comment Period has been proposed yet."],
      [
        { code: "awaiting_votes", teams: [sct], concerns: [] },
        "Waiting for 2 more approvals from the Spec Core Team (4 of 6 needed, of 8).",
      ],
      [
        { code: "awaiting_votes", teams: [{ ...sct, yes: 5 }], concerns: [3] },
        "Waiting for 1 more approval from the Spec Core Team (5 of 6 needed, of 8) and for concern C3 to be resolved.",
      ],
      [
        { code: "awaiting_votes", teams: [sct, guardians], concerns: [1, 3] },
        "Waiting for 2 more approvals from the Spec Core Team (4 of 6 needed, of 8), for 1 more approval from the Guardians (1 of 2 needed, of 2) and for concerns C1 and C3 to be resolved.",
      ],
      [
        {
          code: "awaiting_votes",
          teams: [{ title: "The Elders", yes: 0, needed: 1, size: 0 }],
          concerns: [],
        },
        "Waiting for The Elders to have members again.",
      ],
      [{ code: "awaiting_votes", teams: [], concerns: [] }, "Waiting for votes."],
      [
        {
          code: "below_minimum",
          teams: [
            { title: "Spec Core Team", size: 4, minimum: 5 },
            { title: "Guardians", size: 0, minimum: 1 },
          ],
        },
        "Waiting for the Spec Core Team to have at least 5 members (it has 4) and for the Guardians to have at least 1 member (it has 0).",
      ],
      [{ code: "blocked", concerns: [2] }, "Waiting for concern C2 to be resolved."],
      [
        { code: "blocked", concerns: [1, 2, 3, 4, 5, 6] },
        "Waiting for concerns C1, C2, C3, C4, C5 and C6 to be resolved.",
      ],
      [{ code: "blocked", concerns: [1, 2, 3, 4, 5, 6, 7] }, "Waiting for 7 concerns to be resolved."],
      [{ code: "held" }, "On hold."],
      [{ code: "beginning" }, "Every needed team has approved: the Final Comment Period begins now."],
      [
        { code: "fcp_running", endsAt: NOON, concerns: [], teams: [] },
        "Final Comment Period to merge until 1 March 2026, 12:00 UTC.",
      ],
      [
        { code: "fcp_running", endsAt: NOON, concerns: [1], teams: [guardians] },
        "Final Comment Period to merge until 1 March 2026, 12:00 UTC; also waiting for 1 more approval from the Guardians (1 of 2 needed, of 2) and for concern C1 to be resolved.",
      ],
      [
        { code: "fcp_over", endedAt: NOON, concerns: [1], teams: [] },
        "The Final Comment Period to merge ended on 1 March 2026, 12:00 UTC; waiting for concern C1 to be resolved.",
      ],
      [
        { code: "fcp_over", endedAt: NOON, concerns: [], teams: [] },
        "The Final Comment Period to merge ended on 1 March 2026, 12:00 UTC and concludes now.",
      ],
      [{ code: "accepted" }, "Accepted: the Final Comment Period has concluded, and this can be merged."],
      [
        {
          code: "accepted_waiting",
          concerns: [9],
          approval: { needed: 2, approvedBy: [] },
          teams: [guardians],
        },
        "Accepted; merging waits for an approval of this very text by 2 members other than the author, for 1 more approval from the Guardians (1 of 2 needed, of 2) and for concern C9 to be resolved.",
      ],
      [
        { code: "accepted_waiting", concerns: [], approval: null, teams: [] },
        "Accepted, but not ready to be merged yet.",
      ],
      [{ code: "decided_close" }, "Decided: the Final Comment Period has concluded, and this is closed."],
      [
        { code: "decided_postpone" },
        "Decided: the Final Comment Period has concluded, and this is postponed.",
      ],
      [{ code: "merged_accepted" }, "Merged after its Final Comment Period."],
      [{ code: "merged_undecided" }, "Merged without a decision."],
      [{ code: "closed" }, "Closed."],
      [
        { code: "overridden", outcome: "finished", merged: false },
        "Finished by override: the decision was taken elsewhere and is recorded here.",
      ],
      [
        { code: "overridden", outcome: "finished", merged: true },
        "Merged by override: the decision was taken elsewhere and is recorded here.",
      ],
      [
        { code: "overridden", outcome: "cancelled", merged: false },
        "Cancelled by override: the decision was taken elsewhere and is recorded here.",
      ],
    ]),
  )("says “%s”", (sentence, reason) => {
    expect(says(reason)).toBe(sentence);
  });

  it("motion.hold: names each hold", () => {
    expect(says({ code: "held" }, { code: "draft" })).toBe(
      "Waiting for the draft to be marked ready for review.",
    );
    expect(says({ code: "held" }, { code: "closed" })).toBe("Waiting for the pull request to be reopened.");
    expect(says({ code: "blocked", concerns: [1] }, { code: "base", base: "dev", wanted: "main" })).toBe(
      "Waiting for concern C1 to be resolved and for the base branch to be “main” again (now “dev”).",
    );
    expect(says({ code: "fcp_running", endsAt: NOON, concerns: [], teams: [] }, { code: "draft" })).toBe(
      "Final Comment Period to merge until 1 March 2026, 12:00 UTC; also waiting for the draft to be marked ready for review.",
    );
  });

  it("fcp.conclude: a closed proposal keeps its decision to merge", () => {
    const end = { kind: "concluded", at: NOON, record: null, since: [] } as const;
    expect(statusSentence(decision({ reason: { code: "closed" }, motion: motion({ end }) }))).toBe(
      "Closed; the decision to merge stands if it is reopened.",
    );
    expect(
      statusSentence(decision({ reason: { code: "closed" }, motion: motion({ end, disposition: "close" }) })),
    ).toBe("Closed.");
  });

  it("works without a motion", () => {
    expect(statusSentence(decision({ motion: null, reason: { code: "awaiting_motion" } }))).toBe(
      "In review: no Final Comment Period has been proposed yet.",
    );
  });
});

describe("the short form, for titles", () => {
  it("leaves out the particulars before it cuts anything", () => {
    const reason: Reason = { code: "awaiting_votes", teams: [sct, guardians], concerns: [] };
    expect(statusSentenceShort(decision({ reason }))).toBe(
      "Waiting for 2 more approvals from the Spec Core Team and for 1 more approval from the Guardians.",
    );
    expect(statusSentenceShort(decision({ reason: { ...reason, teams: [sct] } }))).toBe(
      says({ ...reason, teams: [sct] }),
    );
  });

  it("is one line of at most 120 characters, whatever the titles and labels", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.nat(12), (title, concerns) => {
        const numbers = Array.from({ length: concerns }, (_, i) => i + 1);
        const reasons: Reason[] = [
          { code: "awaiting_votes", teams: [{ ...sct, title }, guardians], concerns: numbers },
          { code: "fcp_over", endedAt: NOON, teams: [{ ...sct, title }], concerns: numbers },
          {
            code: "accepted_waiting",
            approval: { needed: 2, approvedBy: [] },
            teams: [{ ...sct, title }],
            concerns: numbers,
          },
          { code: "unlabelled_proposal", label: title },
        ];
        for (const reason of reasons) {
          const text = statusSentenceShort(
            decision({ reason, holds: [{ code: "base", base: title, wanted: title }] }),
          );
          expect([...text].length).toBeLessThanOrEqual(120);
          expect(text).not.toMatch(/[\r\n]/);
        }
      }),
    );
  });
});
