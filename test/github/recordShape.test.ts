import { describe, expect, expectTypeOf, test } from "vitest";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import type { Override, Register } from "../../src/domain/model/register.js";
import { type Difference, isRegister } from "../../src/github/record/shape.js";
import { RECORD_VERSION, registerOf } from "../../src/github/record/versions.js";

/** The types here are the compiler's to check (`npm run check:types`); a run only shows that the file is sound. */
describe("memory.kept: the shape of a record knows every field of a register, and no other", () => {
  test("nothing differs", () => {
    expectTypeOf<Difference<Register>>().toBeNever();
  });

  test("a new field is named, whether it may be left out or not, however deep it lies", () => {
    expectTypeOf<Difference<Register & { readonly shepherd?: string }>>().toEqualTypeOf<
      ".shepherd?" | ".shepherd?: string"
    >();
    expectTypeOf<Difference<Register & { readonly shepherd: string | null }>>().toEqualTypeOf<
      ".shepherd: string" | ".shepherd: null"
    >();
    type Deep = Omit<Register, "override"> & { readonly override: (Override & { why: 1 }) | null };
    expectTypeOf<Difference<Deep>>().toEqualTypeOf<".override.why: 1">();
  });

  test("so is a field that is gone, and one that may now be left out", () => {
    expectTypeOf<Difference<Omit<Register, "seq">>>().toEqualTypeOf<".seq: number">();
    expectTypeOf<Difference<Omit<Register, "seq"> & { readonly seq?: number }>>().toEqualTypeOf<
      ".seq: number" | ".seq?" | ".seq?: number"
    >();
  });
});

describe("memory.kept: each version of a record is made into the next", () => {
  /** As a clerk of version 2 wrote it. */
  const { heads: _, pendingReplies: __, ...kept } = emptyRegister;
  const second = { ...kept, owed: [] };
  const { takenAway: ___, recovery: ____, lawful: _____, ...first } = second;

  test("a record of the first becomes a register of now", () => {
    expect(registerOf(1, first)).toEqual(emptyRegister);
    expect(registerOf(RECORD_VERSION, emptyRegister)).toEqual(emptyRegister);
  });

  test("a record of the second has today's names, and what people wrote is left as it is", () => {
    const need = { team: "spec-core-team", threshold: { numerator: 3, denominator: 4 } };
    const from = { via: "command", url: "https://github.com/o/r/pull/1#issuecomment-1", at: 1 };
    const mover = { login: "ara4n", id: 1 };
    const tally = { team: need.team, title: "on", need, size: 8 };
    const record = { head: "h", rosterCommit: null };
    const motion = {
      ...{ number: 1, disposition: "merge", mover, from, head: "h", needs: [need], decision: "covers" },
      ballots: [
        {
          member: mover,
          team: need.team,
          choice: "yes",
          from,
          head: "h",
          source: "comment:1",
          covers: ["p"],
        },
      ],
      fcp: { state: "running", startedAt: 1, endsAt: 2, head: "h", passed: [need], covers: ["p"] },
      end: {
        kind: "concluded",
        at: 2,
        record: { ...record, tallies: [{ ...tally, votes: [{ login: "ara4n", choice: "yes", url: null }] }] },
      },
    };
    const reply = { key: "k", at: 1, on: "comment:1", url: from.url, to: mover, reactions: [] };
    const seen = { head: "h", base: "b", makes: "m", prints: ["p"], since: [1], own: [], passed: false };
    const said = { code: "needs_text", said: "seen" };
    const upgraded = registerOf(2, {
      ...second,
      motion,
      owed: [{ ...reply, says: [said] }],
      seen: { ...seen, judgedBy: { number: 1, print: "l" }, record: null },
      lawful: { number: 1, print: "l", commit: "c", adoptedAt: 0 },
    });
    expect(upgraded).toMatchObject({
      heads: [],
      motion: {
        decision: "covers",
        ballots: [{ appliesTo: ["p"] }],
        fcp: { appliesTo: ["p"], decided: null },
        end: {
          since: [],
          record: {
            tallies: [{ title: "on", votes: [{ member: { login: "ara4n", id: null }, cast: null }] }],
          },
        },
      },
      pendingReplies: [{ utterance: "comment:1", replies: [said] }],
      lastSeen: { fingerprints: ["p"], judgedBy: { number: 1, fingerprint: "l" } },
      lawful: { fingerprint: "l" },
    });
  });

  test("a record that lacks what its version has is none, and one of a clerk to come is not read", () => {
    expect(registerOf(RECORD_VERSION, first)).toBeNull();
    expect(isRegister(first)).toBe(false);
    expect(registerOf(RECORD_VERSION + 1, emptyRegister)).toBeNull();
    expect(registerOf(0, first)).toBeNull();
  });
});
