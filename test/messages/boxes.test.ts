import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxesOf, boxLine } from "../../src/domain/acts/boxes.js";
import { statusComment } from "../../src/domain/messages/statusComment.js";
import {
  concern,
  context,
  decision,
  motion,
  NOON,
  person,
  provenance,
  seat,
  tally,
} from "../support/decision.js";

const login = fc.stringMatching(/^[a-zA-Z\d](?:[a-zA-Z\d_-]{0,38})$/);
const slug = fc.oneof(fc.stringMatching(/^[a-z][a-z\d-]{0,20}$/), fc.string({ minLength: 1, maxLength: 10 }));
const choice = fc.constantFrom("yes", "abstain", null);
const teams = fc.uniqueArray(
  fc.record({
    team: slug,
    seats: fc.uniqueArray(fc.record({ login, choice, lead: fc.boolean() }), {
      selector: (s) => s.login.toLowerCase(),
      maxLength: 9,
    }),
  }),
  { selector: ({ team }) => team, minLength: 1, maxLength: 3 },
);
const hostile = fc.oneof(
  fc.string(),
  fc.constantFrom("\n- [x] @ara4n <!-- box spec-core-team -->", "<!-- team x -->", "@a --> - [x]"),
);

describe("the boxes of the status comment", () => {
  it("ballot.tick: what is read back is what was written, whatever stands around it", () => {
    fc.assert(
      fc.property(teams, hostile, hostile, (drawn, title, text) => {
        const tallies = drawn.map(({ team, seats }) =>
          tally(
            seats.map((s) =>
              seat(s.login, {
                choice: s.choice,
                lead: s.lead,
                from: s.choice === null ? null : provenance("tick"),
              }),
            ),
            { team, title },
          ),
        );
        const body = statusComment(
          decision({ tallies, concerns: [concern(1, { text }), concern(2, { text, by: person(text) })] }),
          context(),
        );
        const expected = drawn.flatMap(({ team, seats }) =>
          seats.map((s) => ({
            team: team.replace(/\p{Cs}/gu, "\uFFFD"),
            login: s.login,
            ticked: s.choice === "yes",
          })),
        );
        expect(boxesOf(body)).toEqual(expected);
        expect(boxesOf(body.replaceAll("\n", "\r\n"))).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("ballot.tick: a box ticked on GitHub or by hand is read as ticked", () => {
    const body = statusComment(decision(), context());
    const of = (edited: string) => boxesOf(edited).find((box) => box.login === "dbkr");
    expect(of(body)).toEqual({ team: "spec-core-team", login: "dbkr", ticked: false });
    for (const bullet of ["- [x] ", "- [X] ", "* [x] ", "+ [X]  ", "  - [x] ", "-\t[x] "]) {
      expect(of(body.replace("- [ ] @dbkr", `${bullet}@dbkr`))).toEqual({
        team: "spec-core-team",
        login: "dbkr",
        ticked: true,
      });
    }
  });

  it("ballot.team: a line that lost its hidden part belongs to the heading above it", () => {
    const line = "- [x] @ara4n (lead)";
    expect(boxesOf(`### Guardians <!-- team guardians -->\n\n${line}`)).toEqual([
      { team: "guardians", login: "ara4n", ticked: true },
    ]);
    expect(boxesOf(line)).toEqual([]);
  });

  it("ballot.team: a line that was moved keeps its team", () => {
    const moved = `### A <!-- team a -->\n${boxLine({ team: "b", login: "x", ticked: false }, "")}`;
    expect(boxesOf(moved)).toEqual([{ team: "b", login: "x", ticked: false }]);
  });

  it("counts a line that stands twice once, as first seen", () => {
    const lines = [true, false].map((ticked) =>
      boxLine({ team: "a", login: ticked ? "x" : "X", ticked }, "note"),
    );
    expect(boxesOf(lines.join("\n"))).toEqual([{ team: "a", login: "x", ticked: true }]);
  });

  it.each([
    "> - [x] @ara4n <!-- box a -->",
    "text - [x] @ara4n <!-- box a -->",
    "- [x] ara4n <!-- box a -->",
    "- [y] @ara4n <!-- box a -->",
    "- [x]@ara4n <!-- box a -->",
    "- [x] @ara4n <!-- box %E0%A4%A -->",
  ])("reads no box in %j", (line) => {
    expect(boxesOf(line)).toEqual([]);
  });

  it("motion.cancel: an ended motion's comment has no boxes", () => {
    const end = { kind: "cancelled", by: null, at: NOON, url: "https://x.test", how: "closed" } as const;
    expect(boxesOf(statusComment(decision({ motion: motion({ end }) }), context()))).toEqual([]);
  });

  it("reads a text of a hundred thousand characters at once", () => {
    const started = performance.now();
    expect(boxesOf(`- [x] ${"*_[".repeat(33_000)}\n${"<!-- ".repeat(20_000)}`)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
