import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, expectTypeOf, test } from "vitest";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import type { Override, Register } from "../../src/domain/model/register.js";
import { type Difference, isRegister } from "../../src/github/record/shape.js";
import { RECORD_VERSION, recordText, registerInText, registerOf } from "../../src/github/record/versions.js";

/** The types here are the compiler's to check (`npm run check:types`); a run only shows that the file is sound. */
describe("memory.kept: the shape of a record knows every field of a register, and no other", () => {
  test("nothing differs", () => {
    expectTypeOf<Difference<Register>>().toBeNever();
  });

  test("a new field is named, whether it may be left out or not, however deep it lies", () => {
    expectTypeOf<Difference<Register & { readonly unheardOf?: string }>>().toEqualTypeOf<
      ".unheardOf?" | ".unheardOf?: string"
    >();
    expectTypeOf<Difference<Register & { readonly unheardOf: string | null }>>().toEqualTypeOf<
      ".unheardOf: string" | ".unheardOf: null"
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
  const frozen = readdirSync("test/github/frozen").map((name) => [name] as const);

  test.each(frozen)("%s, as a clerk wrote it then, is read for ever", (name) => {
    const text = readFileSync(`test/github/frozen/${name}`, "utf8");
    const { motion, concerns } = registerInText(text) ?? {};
    expect(motion?.ballots.filter(({ choice }) => choice === "yes")).toHaveLength(6);
    expect(motion?.fcp?.state).toBe("running");
    expect(concerns).toMatchObject([{ number: 1, text: "it leaks", resolved: null }]);
  });

  test("the version of now is among them: a change of the register has a version of its own", () => {
    expect(frozen.flat()).toContain(`record-v${RECORD_VERSION}.json`);
  });

  test("author.named, proposal.ready, proposal.superseded, proposal.placeholder, said.welcome: what is remembered of them is read again", () => {
    const [by, at, url] = [{ login: "alice", id: null }, 1, "https://github.com/o/r/pull/1"];
    const register: Register = {
      ...emptyRegister,
      authors: [{ person: by, at, url, via: "description", left: { how: "handed_over", at } }],
      shepherd: { person: by, by, at, url },
      ready: { by, at, url },
      obsolete: { by, at, url, supersededBy: null },
      placeholder: { empty: at, filled: null },
      welcome: at,
    };
    expect(registerInText(recordText(register))).toEqual(register);
  });

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

  test("an override of the second keeps who seconded it; of which text it was, and in which teams, was not kept", () => {
    const lead = { login: "ara4n", id: 1 };
    const second = { login: "richvdh", id: 103 };
    const said = { outcome: "finished", reason: "no answer", by: lead, at: 3, url: "https://github.com/x" };
    const overridden = (number: number, override: object) => ({
      ...{ number, disposition: "merge", mover: lead, from: { via: "command", url: "u", at: 1 }, head: "h" },
      ...{ needs: [], decision: "d", ballots: [], fcp: null, end: { kind: "overridden", at: 4, override } },
    });
    const answer = { code: "override_recorded", outcome: "finished" };
    const upgraded = registerOf(2, {
      ...{ ...emptyRegister, pendingReplies: [], heads: [] },
      past: [overridden(1, { ...said, secondedBy: second }), overridden(2, said)],
      override: { ...said, secondedBy: second },
      owed: [{ key: "k", on: null, url: "u", to: lead, reactions: [], says: [answer] }],
    });
    expect(upgraded?.past.map(({ end }) => end)).toEqual(
      [[{ member: second, teams: [], at: 0, url: "" }], []].map((seconds) => ({
        ...{ kind: "overridden", at: 4, rosterCommit: null },
        override: { ...said, source: "", head: null, seconds },
      })),
    );
    expect(upgraded?.pendingReplies[0]?.replies).toEqual([
      { ...answer, said: "override", head: null, teams: [] },
    ]);
    expect(upgraded?.override).toBeNull();
  });

  test("nothing is put where it does not belong: a ballot, a reply and a motion that was cancelled stay as they were", () => {
    const lead = { login: "ara4n", id: 1 };
    const from = { via: "command", url: "u", at: 1 };
    const ballot = { member: lead, team: "t", choice: "yes", from, head: "h", source: "s" };
    const end = { kind: "cancelled", by: lead, at: 2, url: "u", how: "command" };
    const motion = {
      ...{ number: 1, disposition: "merge", mover: lead, from, head: "h", needs: [], decision: "d" },
      ...{ ballots: [ballot], fcp: null, end },
    };
    expect(registerOf(2, { ...second, motion })?.motion).toEqual(motion);
  });

  test("an amendment seen by the first is seen, with nothing known of when", () => {
    const seen = { head: "h", base: "b", makes: "m", prints: ["p"], passed: false, record: null };
    const { prints, ...same } = seen;
    expect(registerOf(1, { ...first, seen })?.lastSeen).toEqual({
      ...{ ...same, fingerprints: prints },
      ...{ since: [], own: [], judgedBy: null },
    });
  });

  test("the store's text of a register is read as the register it was made of, and anything else is none", () => {
    expect(registerInText(recordText({ ...emptyRegister, seq: 4 }))).toEqual({ ...emptyRegister, seq: 4 });
    expect(registerInText(JSON.stringify({ version: 1, register: first }))).toEqual(emptyRegister);
    for (const text of [
      "",
      "{",
      "null",
      "7",
      JSON.stringify({ register: emptyRegister }),
      JSON.stringify({ version: String(RECORD_VERSION), register: emptyRegister }),
      JSON.stringify({ version: 1, register: null }),
    ])
      expect(registerInText(text)).toBeNull();
  });

  test("what is no object is no register, of whatever version it says it is", () => {
    for (const value of [null, undefined, "text", 7, [], [emptyRegister]])
      for (const version of [1, 2, RECORD_VERSION]) expect(registerOf(version, value)).toBeNull();
  });

  test("a record that lacks what its version has is none, and one of a clerk to come is not read", () => {
    expect(registerOf(RECORD_VERSION, first)).toBeNull();
    expect(isRegister(first)).toBe(false);
    expect(registerOf(RECORD_VERSION + 1, emptyRegister)).toBeNull();
    expect(registerOf(0, first)).toBeNull();
  });
});
