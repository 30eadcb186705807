import { describe, expect, it } from "vitest";
import { explain } from "../../src/domain/messages/explain.js";
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
  PULL_URL,
  person,
  provenance,
  resolved,
  seat,
  tally,
  voted,
} from "../support/decision.js";

describe("a decision explained in a terminal", () => {
  it("tells every vote counted and not counted and why, the concerns, and what came of each act", () => {
    const sct = fullTally("spec-core-team", [
      voted("ara4n", { lead: true, from: provenance("motion") }),
      voted("erikjohnston", {
        from: provenance("review", 2),
        onEarlier: EARLIER_HEAD,
        away: { from: NOON, until: NOON + DAY },
      }),
      seat("richvdh", { choice: "abstain", from: provenance("command", 3) }),
      seat("dbkr", { retracted: true, from: provenance("tick", 4) }),
      seat("uhoreg", {
        earlierApproval: { commit: EARLIER_HEAD, url: `${PULL_URL}#pullrequestreview-6`, at: NOON - DAY },
      }),
    ]);
    const text = explain(
      decision({
        phase: "fcp",
        reason: { code: "fcp_running", endsAt: NOON + 5 * DAY, concerns: [1], teams: [] },
        motion: motion({
          fcp: {
            state: "running",
            startedAt: NOON,
            endsAt: NOON + 5 * DAY,
            head: EARLIER_HEAD,
            passed: [],
            decided: null,
          },
        }),
        tallies: [
          {
            ...sct,
            notCounted: [
              {
                person: person("Half-Shot"),
                choice: "yes",
                from: provenance("label", 8),
                why: "left_the_team",
              },
            ],
          },
          tally([], { team: "guardians", title: "Guardians", belowMinimum: true, minimum: 2 }),
        ],
        concerns: [
          concern(1, { carriedOver: true }),
          resolved(2),
          concern(3, { blocks: false, kind: "changes_requested", text: "esc\u001b[2Jape" }),
        ],
        verdicts: [
          {
            key: "k",
            at: NOON,
            by: person("alice"),
            said: "fcp merge",
            url: `${PULL_URL}#issuecomment-9`,
            outcome: "refused",
            why: { code: "not_a_member", said: "fcp merge" },
          },
          {
            key: "l",
            at: NOON,
            by: null,
            said: "reviewed",
            url: `${PULL_URL}#issuecomment-10`,
            outcome: "ignored",
            why: null,
          },
        ],
        after: { from: EARLIER_HEAD, head: HEAD, moved: true, needed: 2, approvedBy: [], met: false },
        contestedLabels: ["fcp"],
        nextCheckAt: NOON + 5 * DAY,
      }),
      context(),
    );
    expect(text).toMatchInlineSnapshot(`
      "#3000 MSC3000: Something good
      https://github.com/matrix-org/matrix-spec-proposals/pull/3000

      As of    2026-03-01T12:00:00Z
      Phase    Final Comment Period
      Now      Final Comment Period to merge until 6 March 2026, 12:00 UTC; also waiting for concern C1 to be resolved.
      Check    in_progress
      Motion   1, to merge, by ara4n, by command 2026-03-01T12:00:00Z https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-1
      Rule     spec change
      Text     def5678 when it was opened
      FCP      from 2026-03-01T12:00:00Z until 2026-03-06T12:00:00Z, begun at abc1234
      Approval def5678: another than abc1234 at which the FCP began; 0 of 2 members needed have said yes to it
      Labels   left alone today, changed by hand too often: fcp
      Next     On 6 March 2026, 12:00 UTC the Final Comment Period ends; once concern C1 is resolved as well, it can be merged once 2 members other than the author say yes to the text as it stands now (@msc-clerk reviewed).

      Votes
        Spec Core Team (spec-core-team): 2 yes of 8, 6 needed (75%): not passed
          + ara4n (lead): yes, by proposing it 2026-03-01T12:00:00Z https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-1
          + erikjohnston (away from 2026-03-01T12:00:00Z until 2026-03-02T12:00:00Z): yes, by review 2026-03-01T12:00:00Z https://github.com/matrix-org/matrix-spec-proposals/pull/3000#pullrequestreview-2; given on the earlier text abc1234
          0 richvdh: abstain, by command 2026-03-01T12:00:00Z https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-3
            dbkr: retracted, by tick 2026-03-01T12:00:00Z https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-4
          - uhoreg: approved another text (abc1234) before the motion, 2026-02-28T12:00:00Z https://github.com/matrix-org/matrix-spec-proposals/pull/3000#pullrequestreview-6; not counted
            anoadragon453: no vote
            turt2live: no vote
            KitsuneRal: no vote
          - Half-Shot: yes, by label 2026-03-01T12:00:00Z https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-8; not counted: no longer on the team
        Guardians (guardians): 0 yes of 0, 1 needed (75%): no members, fewer than its minimum of 2 members

      Concerns
        C1 “The fallback of part 1 is missing”: raised by richvdh 2026-03-01T12:00:00Z https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-101; open, carried over
        C2 “The fallback of part 2 is missing”: raised by richvdh 2026-03-01T12:00:00Z https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-102; resolved by dbkr 2026-03-01T12:00:00Z https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-202
        C3 “esc[2Jape”: changes requested by richvdh 2026-03-01T12:00:00Z https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-103; open, does not block this motion

      Acts judged in this look
        2026-03-01T12:00:00Z alice: “fcp merge”: refused (not a member) https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-9
        2026-03-01T12:00:00Z (nobody): “reviewed”: ignored https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-10"
    `);
    expect(text).not.toContain("\u001b");
  });

  it("is short where there is nothing to tell", () => {
    const text = explain(
      decision({
        phase: "out_of_scope",
        reason: { code: "not_a_proposal" },
        motion: null,
        tallies: [],
        check: "neutral",
      }),
      context(),
    );
    expect(text).toMatchInlineSnapshot(`
      "#3000 MSC3000: Something good
      https://github.com/matrix-org/matrix-spec-proposals/pull/3000

      As of    2026-03-01T12:00:00Z
      Phase    no proposal
      Now      Not a proposal: there is nothing to decide here.
      Check    neutral
      Next     Nothing is to be done: nothing changes unless somebody acts."
    `);
  });

  it("fcp.after: tells who has said yes to the text, and how many are needed", () => {
    const after = { from: EARLIER_HEAD, head: HEAD, moved: true, needed: 2, met: false };
    expect(explain(decision({ after: { ...after, approvedBy: [person("dbkr")] } }), context())).toContain(
      "def5678: another than abc1234 at which the FCP began; 1 of 2 members needed have said yes to it (dbkr)",
    );
    expect(explain(decision({ after: { ...after, moved: false, approvedBy: [] } }), context())).toContain(
      "def5678: 0 of 2 members needed have said yes to it",
    );
    const end = { kind: "merged_undecided", at: NOON } as const;
    expect(explain(decision({ motion: motion({ end }) }), context())).toContain(
      "Ended    merged undecided 2026-03-01T12:00:00Z",
    );
  });

  it("author.named: says what the description says of itself, and lets nothing of it through but text", () => {
    const lines = ["Documentation: https://example.org/ \u202e<b>", "Date: 2018-08-20"];
    const pull = { ...context().pull, description: { lines, at: NOON } };
    const told = (namedAuthors: boolean) => {
      const rules = { ...context().rules, ...(namedAuthors ? { namedAuthors } : {}) };
      return explain(decision({}), { ...context(), rules, pull });
    };
    expect(told(true)).toMatch(/^Date +2018-08-20$/mu);
    expect(told(true)).toMatch(/^Docs +https:/mu);
    expect(told(true)).not.toContain("\u202e");
    expect(told(false)).not.toContain("2018-08-20");
  });
});
