import { describe, expect, it } from "vitest";
import { boxesOf } from "../../src/domain/acts/boxes.js";
import { statusComment } from "../../src/domain/messages/statusComment.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
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

describe("the status comment", () => {
  it("opens as members know it, and lists the boxes", () => {
    expect(statusComment(decision(), context())).toMatchInlineSnapshot(`
      "Team member @ara4n has proposed to **merge** this. The next step is review by the rest of the tagged people:

      ### Spec Core Team <!-- team spec-core-team -->

      **1 of 6 needed, of 8** (75%).

      - [x] @ara4n <!-- box spec-core-team --> (lead) — approved by [proposing it](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-1) on 1 March 2026
      - [ ] @erikjohnston <!-- box spec-core-team -->
      - [ ] @richvdh <!-- box spec-core-team -->
      - [ ] @dbkr <!-- box spec-core-team -->
      - [ ] @uhoreg <!-- box spec-core-team -->
      - [ ] @anoadragon453 <!-- box spec-core-team -->
      - [ ] @turt2live <!-- box spec-core-team -->
      - [ ] @KitsuneRal <!-- box spec-core-team -->

      ### Where it stands

      Waiting for 5 more approvals from the Spec Core Team (1 of 6 needed, of 8).

      <details><summary>Commands</summary>

      Each on a line of its own in a comment or a review:

      - \`@msc-clerk fcp merge\`: propose a Final Comment Period to merge; \`fcp close\` and \`fcp postpone\` likewise
      - \`@msc-clerk fcp cancel\`: cancel what is proposed, or the running Final Comment Period
      - \`@msc-clerk reviewed\`: approve, as ticking your box or an approving review does (a review only to merge); \`reviewed as TEAM\` if you sit in two
      - \`@msc-clerk abstain\`: be recorded as abstaining; this is not an approval
      - \`@msc-clerk retract\`: take your vote back
      - \`@msc-clerk concern TEXT\`: raise a concern, which keeps a Final Comment Period from beginning and from concluding
      - \`@msc-clerk resolve C1\`: resolve a concern, by its number or its text; also \`resolve C1, C2 and C4\` and \`resolve all\`
      - \`@msc-clerk status\`: look again and bring the status comment up to date; \`refresh\` likewise

      \`@msc-clerk help\` shows all of them, and who may use which.

      </details>"
    `);
  });

  it("ballot.review, ballot.command, ballot.tick, ballot.label: says how each vote came in", () => {
    const votes = [
      voted("ara4n", { lead: true, from: provenance("motion", 1) }),
      voted("erikjohnston", { from: provenance("review", 2), onEarlier: EARLIER_HEAD }),
      voted("richvdh", { from: provenance("tick", 3), away: { from: NOON, until: NOON + 9 * DAY } }),
      seat("dbkr", { choice: "abstain", from: provenance("command", 4) }),
      seat("uhoreg", { retracted: true, from: provenance("label", 5) }),
      seat("anoadragon453", {
        earlierApproval: { commit: EARLIER_HEAD, url: `${PULL_URL}#pullrequestreview-6`, at: NOON - DAY },
      }),
      voted("turt2live", { from: provenance("takeover", 7) }),
    ];
    const sct = fullTally("spec-core-team", votes);
    const text = statusComment(
      decision({
        tallies: [
          {
            ...sct,
            notCounted: [
              {
                person: person("Half-Shot"),
                choice: "yes",
                from: provenance("command", 8),
                why: "left_the_team",
              },
            ],
          },
        ],
      }),
      context(),
    );
    expect(text.split("\n\n### Where it stands")[0]).toMatchInlineSnapshot(`
      "Team member @ara4n has proposed to **merge** this. The next step is review by the rest of the tagged people:

      ### Spec Core Team <!-- team spec-core-team -->

      **4 of 6 needed, of 8** (75%).

      - [x] @ara4n <!-- box spec-core-team --> (lead) — approved by [proposing it](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-1) on 1 March 2026
      - [x] @erikjohnston <!-- box spec-core-team --> — approved by [review](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#pullrequestreview-2) on 1 March 2026, on an earlier revision: [abc1234...def5678](https://github.com/matrix-org/matrix-spec-proposals/compare/abc1234000000000000000000000000000000000...def5678000000000000000000000000000000000)
      - [x] @richvdh <!-- box spec-core-team --> (away from 1 March 2026 until 10 March 2026) — approved by [tick](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-3) on 1 March 2026
      - [ ] @dbkr <!-- box spec-core-team --> — abstains, by [command](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-4) on 1 March 2026
      - [ ] @uhoreg <!-- box spec-core-team --> — retracted by [label](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-5) on 1 March 2026
      - [ ] @anoadragon453 <!-- box spec-core-team --> — not counted: [approved](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#pullrequestreview-6) another text ([abc1234...def5678](https://github.com/matrix-org/matrix-spec-proposals/compare/abc1234000000000000000000000000000000000...def5678000000000000000000000000000000000)) on 28 February 2026, before this was proposed
      - [x] @turt2live <!-- box spec-core-team --> — approved by [a tick in the older bot’s comment](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-7) on 1 March 2026
      - [ ] @KitsuneRal <!-- box spec-core-team -->

      Not counted:

      - Half-Shot: approval by [command](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-8) on 1 March 2026; no longer on the team"
    `);
  });

  it("concern.scope: shows concerns by number, open ones first, with who raised and resolved them", () => {
    const concerns = [
      resolved(1),
      concern(2, { kind: "changes_requested", text: "Changes requested", by: person("uhoreg") }),
      concern(3, { carriedOver: true, motion: 0 }),
    ];
    const text = statusComment(
      decision({ concerns, reason: { code: "blocked", concerns: [2, 3] } }),
      context(),
    );
    expect(text.slice(text.indexOf("### Concerns"), text.indexOf("<details>"))).toMatchInlineSnapshot(`
      "### Concerns

      - **C2** Changes requested — [in a review](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-102) by uhoreg on 1 March 2026
      - **C3** “The fallback of part 3 is missing” — [raised](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-103) by richvdh on 1 March 2026 (carried over from before this motion)
      - ~~**C1** “The fallback of part 1 is missing”~~ — [raised](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-101) by richvdh on 1 March 2026, [resolved](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-201) by dbkr on 1 March 2026

      ### Where it stands

      Waiting for concerns C2 and C3 to be resolved.

      "
    `);
  });

  it("concern.scope: says which concerns do not block a motion to close", () => {
    const text = statusComment(
      decision({
        motion: motion({ disposition: "close" }),
        concerns: [concern(1, { blocks: false, motion: 0 })],
      }),
      context(),
    );
    expect(text).toContain("(does not block this motion to close)");
  });

  it("tells the end of a running Final Comment Period, what it waits for, and what fcp.after asks", () => {
    const startedAt = NOON + HOUR;
    const text = statusComment(
      decision({
        phase: "fcp",
        motion: motion({
          fcp: {
            state: "running",
            startedAt,
            endsAt: startedAt + 5 * DAY,
            head: EARLIER_HEAD,
            passed: [],
            decided: null,
          },
        }),
        reason: { code: "fcp_running", endsAt: startedAt + 5 * DAY, concerns: [4], teams: [] },
        after: { from: EARLIER_HEAD, head: HEAD, moved: true, needed: 2, approvedBy: [], met: false },
        contestedLabels: ["fcp"],
      }),
      context(),
    );
    expect(text.slice(text.indexOf("### Where it stands"), text.indexOf("<details>"))).toMatchInlineSnapshot(`
      "### Where it stands

      Final Comment Period to merge until 6 March 2026, 13:00 UTC; also waiting for concern C4 to be resolved.

      The **Final Comment Period** began on 1 March 2026, 13:00 UTC at [\`abc1234\`](https://github.com/matrix-org/matrix-spec-proposals/commit/abc1234000000000000000000000000000000000) and ends on **6 March 2026, 13:00 UTC**.

      The text has changed since the Final Comment Period began: [abc1234...def5678](https://github.com/matrix-org/matrix-spec-proposals/compare/abc1234000000000000000000000000000000000...def5678000000000000000000000000000000000). Before it is merged, two members other than the author must approve this very text.

      The label “final-comment-period” has been changed by hand so often today that the clerk leaves it as it is; the decision is as told here.

      "
    `);
  });

  it("ballot.team: gives each of two teams its own list and count", () => {
    const text = statusComment(
      decision({
        tallies: [fullTally("spec-core-team"), fullTally("guardians", [voted("AmandineLP")])],
        reason: {
          code: "awaiting_votes",
          teams: [
            { title: "Spec Core Team", yes: 0, needed: 6, size: 8 },
            { title: "Guardians", yes: 1, needed: 2, size: 2 },
          ],
          concerns: [],
        },
      }),
      context(),
    );
    expect(text.slice(text.indexOf("### Guardians"), text.indexOf("<details>"))).toMatchInlineSnapshot(`
      "### Guardians <!-- team guardians -->

      **1 of 2 needed, of 2** (75%).

      - [ ] @ara4n <!-- box guardians -->
      - [x] @AmandineLP <!-- box guardians --> — approved by [review](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#pullrequestreview-1) on 1 March 2026

      ### Where it stands

      Waiting for 6 more approvals from the Spec Core Team (0 of 6 needed, of 8) and for 1 more approval from the Guardians (1 of 2 needed, of 2).

      "
    `);
  });

  it("a team of one: the mover alone is no 'rest of the tagged people'", () => {
    const text = statusComment(decision({ tallies: [tally([voted("ara4n")])] }), context());
    expect(text.split("\n")[0]).toBe("Team member @ara4n has proposed to **merge** this.");
    expect(text).toContain("**1 of 1 needed, of 1** (75%), passed.");
  });

  it("a team of zero members: says that it cannot approve", () => {
    const text = statusComment(
      decision({
        tallies: [tally([])],
        reason: {
          code: "awaiting_votes",
          teams: [{ title: "Spec Core Team", yes: 0, needed: 1, size: 0 }],
          concerns: [],
        },
      }),
      context(),
    );
    expect(text).toContain("No members are on the roster, so this team cannot approve.");
    expect(text).toContain("Waiting for the Spec Core Team to have members again.");
  });

  it("tally.minimum: says that a team is too small to let a Final Comment Period begin", () => {
    const text = statusComment(
      decision({ tallies: [tally([seat("ara4n"), seat("dbkr")], { belowMinimum: true, minimum: 5 })] }),
      context(),
    );
    expect(text).toContain(
      "**0 of 2 needed, of 2** (75%). The team has fewer than its minimum of 5 members, so no Final Comment Period can begin.",
    );
  });

  it("motion.hold: says what it waits for", () => {
    const text = statusComment(
      decision({ holds: [{ code: "base", base: "dev`\n# x", wanted: "main" }], reason: { code: "held" } }),
      context(),
    );
    expect(text).toContain("Waiting for the base branch to be “main” again (now “dev\\` \\# x”).");
  });

  it("motion.cancel: on a pull request others have closed, says that the motion stands, and what can be done", () => {
    const told = (parts: Parameters<typeof decision>[0]) =>
      statusComment(decision({ holds: [{ code: "closed" }], ...parts }), context());
    expect(told({})).toContain(
      "The pull request is closed. That ends nothing: the motion and its votes stand, and go on when it is reopened. To end it instead, a member ends it with `@msc-clerk fcp cancel`, or the author of the pull request with `@msc-clerk withdraw`.",
    );
    const running = {
      state: "running",
      startedAt: NOON,
      endsAt: NOON + 5 * DAY,
      head: HEAD,
      passed: [],
      decided: null,
    } as const;
    expect(told({ motion: motion({ fcp: running }) })).toMatch(
      /a member ends it with `@msc-clerk fcp cancel`\.\n/,
    );
    expect(statusComment(decision(), context())).not.toContain("The pull request is closed");
  });

  it("decision.ratchet: names each label that adds nothing, escaped, and who put it on", () => {
    const idleLabels = [
      { label: "kind:*x*", by: { type: "User", login: "tina", id: 1 } },
      { label: "kind:y", by: null },
    ] as const;
    const text = statusComment(decision({ idleLabels }), context());
    expect(text).toContain(
      "This has the label “kind:\\*x\\*”, put on by tina, who is on no team: it adds nothing to what this motion needs. A member can add it, by taking it off and putting it on again.",
    );
    expect(text).toContain("“kind:y”, put on by an account that is not known any more:");
    expect(text).not.toContain("@tina");
  });

  it("takeover.legacy: the mover is never the bot, and the older comment is named", () => {
    const text = statusComment(
      decision({ motion: motion({ mover: person("mscbot"), from: provenance("takeover", 9) }) }),
      context(),
    );
    expect(text.split("\n")[0]).toBe(
      "A team member has proposed to **merge** this (it is not known any more who). The next step is review by the rest of the tagged people:",
    );
    expect(text).toContain(
      `Taken over from [the older bot’s comment](${PULL_URL}#issuecomment-9): its votes and concerns were read once, and everything continues here.`,
    );
    expect(text).not.toContain("@mscbot");
  });

  it("takeover.legacy: an account that is gone is not called", () => {
    const text = statusComment(decision({ motion: motion({ mover: person("ghost") }) }), context());
    expect(text.split("\n")[0]).toMatch(/^A team member has proposed to \*\*merge\*\* this/);
  });

  it("a login that is none adds no line and no box of another's", () => {
    const hostile = "x\n- [x] @dbkr <!-- box spec-core-team -->";
    const text = statusComment(
      decision({
        tallies: [tally([seat(hostile)])],
        motion: motion({ mover: person(hostile) }),
        concerns: [concern(1, { by: person(hostile) })],
      }),
      context(),
    );
    expect(boxesOf(text)).toEqual([
      { team: "spec-core-team", login: "x-xdbkr--boxspec-core-team--", ticked: false },
    ]);
    expect(text.match(/^- \[/gm)).toHaveLength(1);
  });

  it("takeover.legacy: a mover who has left the team since is still named", () => {
    const text = statusComment(decision({ motion: motion({ mover: person("Half-Shot") }) }), context());
    expect(text.split("\n")[0]).toMatch(/^Team member @Half-Shot has proposed to \*\*merge\*\* this\./);
  });

  it("motion.cancel: keeps the comment, marked as cancelled and by whom, without boxes", () => {
    const cancelled = motion({
      ballots: [
        {
          member: person("ara4n"),
          team: "spec-core-team",
          choice: "yes",
          from: provenance("motion", 1),
          head: HEAD,
          source: "comment:1",
        },
        {
          member: person("dbkr"),
          team: "spec-core-team",
          choice: null,
          from: provenance("command", 2),
          head: HEAD,
          source: "comment:2",
        },
      ],
      end: {
        kind: "cancelled",
        by: person("uhoreg", 105),
        at: NOON + DAY,
        url: `${PULL_URL}#issuecomment-5`,
        how: "command",
      },
    });
    const text = statusComment(
      decision({
        phase: "in_review",
        reason: { code: "awaiting_motion" },
        motion: cancelled,
        concerns: [concern(1), resolved(2), concern(3, { at: NOON + 2 * DAY })],
      }),
      context(),
    );
    expect(text).toMatchInlineSnapshot(`
      "**Cancelled** by @uhoreg on 2 March 2026, 12:00 UTC ([command](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-5)).

      Team member @ara4n had proposed to **merge** this.

      **Spec Core Team**, votes given until then:

      - ara4n: [approved](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-1)

      ### Concerns open at the time

      - **C1** “The fallback of part 1 is missing” — [raised](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-101) by richvdh on 1 March 2026"
    `);
  });

  it("motion.cancel: says that it was cancelled by closing, and by whom", () => {
    const by = person("someone");
    const end = { kind: "cancelled", by, at: NOON, url: "https://x.test/1", how: "closed" } as const;
    expect(statusComment(decision({ motion: motion({ end }) }), context()).split("\n")[0]).toBe(
      "**Cancelled** on 1 March 2026, 12:00 UTC, as the pull request was [closed](https://x.test/1) by someone.",
    );
  });

  it("motion.cancel: closed by an account that is gone", () => {
    const end = { kind: "cancelled", by: null, at: NOON, url: "https://x.test/1", how: "closed" } as const;
    expect(statusComment(decision({ motion: motion({ end }) }), context()).split("\n")[0]).toBe(
      "**Cancelled** on 1 March 2026, 12:00 UTC, as the pull request was [closed](https://x.test/1).",
    );
  });

  const after = { from: EARLIER_HEAD, head: HEAD, moved: true, needed: 2, approvedBy: [], met: false };
  it.each([
    ["nobody", {}, "Before it is merged, two members other than the author must approve this very text."],
    [
      "nobody of a team of one",
      { needed: 1 },
      "Before it is merged, a member other than the author must approve this very text.",
    ],
    [
      "one of two",
      { approvedBy: [person("dbkr", 104)] },
      "@dbkr has approved this text; one more member other than the author has to before it is merged.",
    ],
    [
      "both",
      { approvedBy: [person("dbkr", 104), person("uhoreg", 105)], met: true },
      "@dbkr and @uhoreg have approved the latest text.",
    ],
  ])("fcp.after: says who has approved a text that has changed, and who has to: %s", (_, parts, sentence) => {
    const text = statusComment(decision({ after: { ...after, ...parts } }), context());
    expect(text).toMatch(/The text has changed since the Final Comment Period began: .*\. /);
    expect(text).toContain(sentence);
  });

  it("fcp.after: the very text that was voted on needs no words, unless too few have said yes to it", () => {
    const same = { ...after, moved: false };
    expect(statusComment(decision({ after: { ...same, met: true } }), context())).not.toMatch(
      /very text|latest text/,
    );
    expect(statusComment(decision({ after: same }), context())).toContain("must approve this very text");
  });

  it("fcp.conclude: an accepted proposal still shows what its merging waits for", () => {
    const text = statusComment(
      decision({
        phase: "concluded",
        motion: motion({
          end: {
            kind: "concluded",
            at: NOON,
            since: [],
            record: {
              head: HEAD,
              rosterCommit: null,
              tallies: [
                {
                  team: "spec-core-team",
                  title: "Spec Core Team",
                  need: { team: "spec-core-team", threshold: { numerator: 2, denominator: 3 } },
                  size: 3,
                  votes: [
                    {
                      member: { login: "ara4n", id: null },
                      choice: "yes",
                      url: `${PULL_URL}#issuecomment-1`,
                      cast: null,
                    },
                    { member: { login: "dbkr", id: null }, choice: "abstain", url: null, cast: null },
                    { member: { login: "uhoreg", id: null }, choice: null, url: null, cast: null },
                  ],
                },
              ],
            },
          },
        }),
        reason: {
          code: "accepted_waiting",
          concerns: [],
          approval: { needed: 2, approvedBy: [] },
          teams: [],
        },
        after: { from: EARLIER_HEAD, head: HEAD, moved: true, needed: 2, approvedBy: [], met: false },
      }),
      context(),
    );
    expect(text.split("\n\n<details>")[0]).toMatchInlineSnapshot(`
      "**Concluded** on 1 March 2026, 12:00 UTC: accepted, to be merged.

      Team member @ara4n had proposed to **merge** this.

      **Spec Core Team**: 1 of 2 needed, of 3 (2/3)

      - ara4n: [approved](https://github.com/matrix-org/matrix-spec-proposals/pull/3000#issuecomment-1)
      - dbkr: abstained
      - uhoreg: no vote

      ### Where it stands

      Accepted; merging waits for an approval of this very text by 2 members other than the author.

      The text has changed since the Final Comment Period began: [abc1234...def5678](https://github.com/matrix-org/matrix-spec-proposals/compare/abc1234000000000000000000000000000000000...def5678000000000000000000000000000000000). Before it is merged, two members other than the author must approve this very text."
    `);
  });

  it("motion.merged, override.second: says in the first line how it ended", () => {
    const first = (parts: Parameters<typeof motion>[0]) =>
      statusComment(decision({ phase: "ended", motion: motion(parts) }), context()).split("\n")[0];
    expect(first({ end: { kind: "merged_undecided", at: NOON } })).toBe(
      "**Merged without a decision** on 1 March 2026, 12:00 UTC: the Final Comment Period to merge had not concluded.",
    );
    expect(
      first({
        end: {
          kind: "overridden",
          at: NOON,
          override: {
            outcome: "finished",
            reason: "decided at the meeting, @everyone",
            by: person("ara4n", 101),
            at: NOON,
            url: `${PULL_URL}#issuecomment-8`,
            source: "comment:8",
            head: "abc1234",
            seconds: [
              {
                member: person("richvdh", 103),
                teams: ["spec-core-team"],
                at: NOON,
                url: `${PULL_URL}#issuecomment-9`,
              },
            ],
          },
          rosterCommit: null,
        },
      }),
    ).toBe(
      `**Overridden** on 1 March 2026, 12:00 UTC: recorded as finished, to merge this, as it stands at [\`abc1234\`](https://github.com/matrix-org/matrix-spec-proposals/commit/abc1234), [on the word](${PULL_URL}#issuecomment-8) of @ara4n, seconded by @richvdh. Reason: “decided at the meeting, @&#8203;everyone”`,
    );
    expect(first({ end: { kind: "void", at: NOON } })).toBe(
      "**Void** since 1 March 2026, 12:00 UTC: a newer motion has taken the place of this decision.",
    );
  });
});

describe("a status comment stays below 40,000 characters", () => {
  const hostile = "<!-- msc-clerk:status 1 --> @all #1 [x](https://x) ".repeat(10);

  it("with 60 concerns of 500 characters, open ones by their number at least", () => {
    const concerns = Array.from({ length: 60 }, (_, i) => concern(i + 1, { text: hostile }));
    const text = statusComment(decision({ concerns }), context());
    expect(text.length).toBeLessThan(40_000);
    expect(text).toContain("**C60** “");
    expect(text).not.toContain("<!-- msc-clerk");
  });

  it("with 5,000 concerns, as numbers", () => {
    const concerns = Array.from({ length: 5000 }, (_, i) => concern(i + 1, { text: hostile }));
    const text = statusComment(decision({ concerns }), context());
    expect(text.length).toBeLessThan(40_000);
    expect(text).toContain("C500 and 4500 more");
    expect(text).toContain("- [x] @ara4n");
  });

  it("with a team of 300, every box without its particulars", () => {
    const seats = Array.from({ length: 300 }, (_, i) => voted(`member-${i}`, { onEarlier: EARLIER_HEAD }));
    const text = statusComment(decision({ tallies: [tally(seats)] }), context());
    expect(text.length).toBeLessThan(40_000);
    expect(text).toContain("- [x] @member-299 <!-- box spec-core-team -->\n");
  });

  it("with a team of 5,000, without boxes rather than with some", () => {
    const seats = Array.from({ length: 5000 }, (_, i) => voted(`member-${i}`));
    const text = statusComment(decision({ tallies: [tally(seats)] }), context());
    expect(text.length).toBeLessThan(40_000);
    expect(text).toContain("The list of members is too long to show here.");
    expect(text).not.toContain("- [x]");
  });
});
