import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { announcement } from "../../src/domain/messages/announcement.js";
import { checkSummary } from "../../src/domain/messages/check.js";
import { registerComment } from "../../src/domain/messages/registerComment.js";
import { replyComment } from "../../src/domain/messages/reply.js";
import { statusComment } from "../../src/domain/messages/statusComment.js";
import type { ConcernView, Decision } from "../../src/domain/model/decision.js";
import { ANNOUNCEMENT_KINDS } from "../../src/domain/model/decision.js";
import type { Motion, Reply } from "../../src/domain/model/register.js";
import { DAY } from "../../src/domain/text/time.js";
import {
  concern,
  context,
  decision,
  EARLIER_HEAD,
  HEAD,
  motion,
  NOON,
  owed,
  PULL_URL,
  person,
  provenance,
  resolved,
  seat,
  tally,
  voted,
} from "../support/decision.js";
import { hostile, parsed } from "../support/hostile.js";
import { rules } from "../support/rules.js";

const OWN_HTML =
  /^(?:<!-- (?:box|team) \S+ -->|<details><summary>(?:Commands|Decision record)<\/summary>|<\/details>|<\/?sub>)$/;

/** Every text of the clerk's with the same hostile text in each place that people or the config fill. */
function texts(text: string): string[] {
  const title = text === "" ? "x" : text;
  // Addresses come from GitHub; a hostile end must not break out of the link all the same.
  const address = `${PULL_URL}#${text}`;
  const tallies = [
    tally(
      [
        voted("ara4n", { onEarlier: EARLIER_HEAD }),
        voted("dbkr", { onEarlier: text }),
        seat("x", { earlierApproval: { commit: text, url: address, at: NOON } }),
      ],
      {
        title,
        team: "spec-core-team",
        notCounted: [
          {
            person: person(text),
            choice: "yes",
            from: { ...provenance("review"), url: address },
            why: "left_the_team",
          },
        ],
      },
    ),
  ];
  const concerns: ConcernView[] = [
    concern(1, { text, by: person(text), url: `${PULL_URL}${text}` }),
    resolved(2, { text }),
  ];
  const where = context({ rules: rules({ labels: { ...rules().labels, fcp: text } }) });
  const running = {
    state: "running",
    startedAt: NOON,
    endsAt: NOON + 5 * DAY,
    head: text,
    passed: [{ team: "spec-core-team", threshold: { numerator: 3, denominator: 4 } }],
    decided: {
      head: text,
      rosterCommit: text,
      tallies: [
        {
          team: "spec-core-team",
          title,
          need: { team: "spec-core-team", threshold: { numerator: 3, denominator: 4 } },
          size: 2,
          votes: [
            {
              member: person(text, 1),
              choice: "yes",
              url: address,
              cast: { via: "review", at: NOON, head: text },
            },
            {
              member: person("x"),
              choice: null,
              url: address,
              cast: { via: "command", at: NOON, head: EARLIER_HEAD },
              voided: "yes",
            },
          ],
        },
      ],
    },
  } as const;
  const ends: Motion["end"][] = [
    null,
    { kind: "cancelled", by: person(text), at: NOON, url: address, how: "command" },
    {
      kind: "overridden",
      at: NOON,
      override: {
        outcome: "finished",
        reason: text,
        by: person(text),
        at: NOON,
        url: address,
        source: "comment:1",
        head: text,
        seconds: [{ member: person(text), teams: [text], at: NOON, url: address }],
      },
      rosterCommit: text,
    },
    {
      kind: "concluded",
      at: NOON,
      record: {
        head: text,
        rosterCommit: text,
        tallies: [
          {
            team: text,
            title: text,
            need: { team: text, threshold: { numerator: 1, denominator: 1 } },
            size: 1,
            votes: [{ member: { login: text, id: null }, choice: "yes", url: address, cast: null }],
          },
        ],
      },
      since: [
        {
          need: { team: "spec-core-team", threshold: { numerator: 3, denominator: 4 } },
          size: 3,
          votes: [
            {
              member: person(text, 2),
              choice: "yes",
              url: address,
              cast: { via: "label", at: NOON, head: text },
            },
          ],
          left: [person(text, 1)],
        },
      ],
    },
  ];
  const decisions = ends.map(
    (end): Decision =>
      decision({
        tallies,
        concerns,
        motion: motion({
          mover: person(text),
          decision: text,
          fcp: running,
          end,
          from: { ...provenance("takeover"), url: address },
        }),
        phase: end === null ? "fcp" : "concluded",
        reason: {
          code: "fcp_running",
          endsAt: NOON,
          concerns: [1],
          teams: [{ title, yes: 0, needed: 1, size: 1 }],
        },
        holds: [{ code: "base", base: text, wanted: text }],
        after: {
          from: text,
          head: HEAD,
          moved: true,
          needed: 2,
          approvedBy: [person(text), person("uhoreg")],
          met: true,
        },
        contestedLabels: ["fcp"],
      }),
  );
  const replies: Reply[] = [
    { code: "not_a_member", said: text },
    { code: "unknown_command", said: text, nearest: null },
    { code: "wrong_base", said: text, base: text, wanted: text },
    { code: "unknown_team", said: text, team: text, teams: [text, text] },
    { code: "not_in_team", said: text, team: text },
    { code: "no_such_concern", said: text, open: [{ number: 1, text }] },
    { code: "already_resolved", said: text, concerns: [{ number: 1, by: person(text) }] },
    { code: "motion_joined", said: text, disposition: "merge", mover: person(text) },
    { code: "label_by_outsider", label: text },
    { code: "box_of_another", boxes: [text] },
  ];
  return [
    ...decisions.flatMap((each) => [
      statusComment(each, where),
      registerComment(each, where),
      checkSummary(each, where),
      ...ANNOUNCEMENT_KINDS.map((kind) => announcement(kind, each, where)),
    ]),
    replyComment(owed(replies, { url: address, to: person(text) }), {
      ...where,
      neededTeams: [text],
      now: 0,
    }),
  ];
}

describe("hostile text in every place people fill", () => {
  it("brings no HTML, marker, image or foreign link into anything the clerk writes", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const written of texts(text)) {
          expect(written).not.toContain("<!-- msc-clerk");
          for (const node of parsed(written)) {
            expect(node.type).not.toMatch(
              /^(?:image|imageReference|linkReference|definition|code|blockquote|thematicBreak|emphasis)$/,
            );
            if (node.type === "html")
              for (const part of (node.value ?? "").split("\n").filter((line) => line !== ""))
                expect(part).toMatch(OWN_HTML);
            if (node.type === "link")
              expect(node.url).toMatch(/^https:\/\/github\.com\/matrix-org\/matrix-spec-proposals\//);
          }
        }
      }),
      {
        numRuns: 60,
        examples: [
          ["<!-- msc-clerk:status 1 -->"],
          ["https://evil.example/) [x](https://evil.example"],
          ["- [x] @dbkr <!-- box a -->\n# x"],
        ],
      },
    );
  });
});
