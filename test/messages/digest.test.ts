import { describe, expect, test } from "vitest";
import { digestIssue, digestSentence, isStale, STALLED_AFTER } from "../../src/domain/messages/digest.js";
import type { Outline, Waits } from "../../src/domain/model/outline.js";
import { digestDue, nextDigest } from "../../src/domain/reminders/week.js";
import { DAY, HOUR, SECOND } from "../../src/domain/text/time.js";

const NOW = Date.UTC(2026, 2, 9, 8, 0, 5);
const DUE = Date.UTC(2026, 2, 9, 8);

const outline = (number: number, waits: Waits, over: Partial<Outline> = {}): Outline => ({
  ...{ number, waits, concerns: [], gates: [], since: NOW - 21 * DAY },
  title: `MSC${number}: A thing`,
  url: `https://github.example/o/r/pull/${number}`,
  author: { login: "author", id: 1 },
  ...over,
});
const person = (login: string) => ({ login, id: null });
const votes = (...names: readonly string[]): Waits => ({
  kind: "votes",
  disposition: "merge",
  teams: [
    {
      title: "Spec Core Team",
      lacks: 2,
      missing: names.map((login) => ({ member: person(login), away: login === "uhoreg" })),
    },
  ],
  held: false,
});
const text = (...outlines: readonly Outline[]) =>
  digestIssue({ due: DUE, outlines, unread: [], more: false }, NOW).body;

describe("remind.digest", () => {
  test("remind.digest: a room is told of it in one sentence, of the same that the issue lists", () => {
    const told = (...outlines: readonly Outline[]) => digestSentence({ outlines }, NOW);
    const quiet: Waits = { kind: "quiet", turn: "team", why: "motion" };
    expect(told()).toBe("Nothing waits for anybody.");
    expect(told(outline(1, quiet, { since: NOW - STALLED_AFTER + 1 }))).toBe("Nothing waits for anybody.");
    expect(told(outline(1, votes("dbkr")), outline(2, quiet, { since: NOW - STALLED_AFTER }))).toBe(
      "1 motion and 1 stalled.",
    );
    expect(
      told(
        ...[1, 2].map((n) => outline(n, votes("dbkr"))),
        outline(3, { kind: "fcp", disposition: "close", endsAt: NOW + DAY }),
        ...[4, 5].map((n) => outline(n, { kind: "merge", mover: person("dbkr") })),
        outline(6, quiet),
      ),
    ).toBe("2 motions, 1 Final Comment Period, 2 accepted and not merged and 1 stalled.");
  });

  test("remind.digest: each section, longest first, with names, days, concerns, gates and whose turn it is", () => {
    expect(
      text(
        outline(1, votes("dbkr"), { since: NOW - 3 * DAY }),
        outline(2, votes("dbkr", "uhoreg"), {
          concerns: [{ number: 1, by: person("ara4n") }],
          gates: [{ words: "the label “blocked” to be taken off", by: "members" }],
        }),
        outline(3, { kind: "fcp", disposition: "close", endsAt: NOW + DAY }),
        outline(4, { kind: "merge", mover: person("dbkr") }),
        outline(5, { kind: "quiet", turn: "team", why: "motion" }),
        outline(6, { kind: "quiet", turn: "author", why: "draft" }),
        outline(
          7,
          { kind: "quiet", turn: "author", why: "concerns" },
          { concerns: [{ number: 3, by: person("ara4n") }] },
        ),
        outline(
          8,
          { kind: "quiet", turn: "nobody", why: "dependencies" },
          { gates: [{ words: "proposal 7 to be accepted", by: "nobody" }] },
        ),
      ),
    ).toMatchInlineSnapshot(`
      "<!-- due 2026-03-09 -->
      As of 9 March 2026, 08:00 UTC. This issue is brought up to date on Mondays; it mentions nobody.

      ### Motions

      - [2](https://github.example/o/r/pull/2) “MSC2: A thing”: to **merge**, for 21 days. The Spec Core Team lacks 2 votes; nothing yet by dbkr and uhoreg (away). Open: concern C1 by ara4n. It waits for the label “blocked” to be taken off.
      - [1](https://github.example/o/r/pull/1) “MSC1: A thing”: to **merge**, for 3 days. The Spec Core Team lacks 2 votes; nothing yet by dbkr.

      ### Final Comment Periods

      - [3](https://github.example/o/r/pull/3) “MSC3: A thing”: to **close**, ends on 10 March 2026, 08:00 UTC.

      ### Accepted, not merged

      - [4](https://github.example/o/r/pull/4) “MSC4: A thing”: for 21 days, moved by dbkr.

      ### Stalled: the team’s turn

      - [5](https://github.example/o/r/pull/5) “MSC5: A thing”: quiet for 21 days. Nobody has proposed a decision yet.

      ### Stalled: the author’s turn

      - [6](https://github.example/o/r/pull/6) “MSC6: A thing”: quiet for 21 days. A draft by author.
      - [7](https://github.example/o/r/pull/7) “MSC7: A thing”: quiet for 21 days. author has concern C3 by ara4n to answer.

      ### Stalled: nobody’s turn

      - [8](https://github.example/o/r/pull/8) “MSC8: A thing”: quiet for 21 days. It waits for proposal 7 to be accepted."
    `);
  });

  test("remind.digest: quiet for less than fourteen days is not stalled; exactly fourteen is", () => {
    const at = (since: number) => text(outline(5, { kind: "quiet", turn: "team", why: "motion" }, { since }));
    expect(at(NOW - STALLED_AFTER + 1)).toContain("Nothing waits for anybody.");
    expect(at(NOW - STALLED_AFTER)).toContain("quiet for 14 days");
  });

  test("remind.digest: it mentions nobody and refers to nothing, whatever a title says", () => {
    const body = text(
      outline(9, votes("dbkr"), { title: "cc @dbkr <!-- due 2999-01-01 --> #12\n# Heading" }),
    );
    expect(body).not.toMatch(/@dbkr|#12|^# /m);
    expect(body.match(/<!-- due/g)).toHaveLength(1);
    expect(isStale(body, DUE)).toBe(false);
  });

  test("remind.digest: hundreds of proposals fit an issue, and what is left out is counted", () => {
    const many = Array.from({ length: 900 }, (_, at) =>
      outline(at, votes(...Array.from({ length: 30 }, (_, who) => `member-with-a-long-name-${who}`)), {
        title: "x".repeat(250),
      }),
    );
    const body = text(...many);
    expect(body.length).toBeLessThanOrEqual(60_000);
    expect(body).toMatch(/- and 8\d\d more$/);
    expect(body).toContain("and 10 more.");
  });

  test("remind.digest: what could not be read is named", () => {
    const { body } = digestIssue({ due: DUE, outlines: [], unread: [4, 5], more: true }, NOW);
    expect(body).toContain("2 open pull requests could not be read: 4 and 5.");
    expect(body).toContain("There are more open pull requests than the clerk lists.");
  });

  test("remind.digest: it is due on Mondays at eight, UTC, and not a second before", () => {
    expect(digestDue(DUE)).toBe(DUE);
    expect(digestDue(DUE - SECOND)).toBe(DUE - 7 * DAY);
    expect(nextDigest(DUE - HOUR)).toBe(DUE);
    expect(nextDigest(DUE)).toBe(DUE + 7 * DAY);
    expect(new Date(digestDue(NOW)).getUTCDay()).toBe(1);
  });

  test("remind.digest: a text without its hidden line, or of a week before, is brought up to date", () => {
    const body = text();
    expect([isStale(body, DUE), isStale(body, DUE + 7 * DAY), isStale("Somebody wrote this", DUE)]).toEqual([
      false,
      true,
      true,
    ]);
  });
});
