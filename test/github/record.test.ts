import { generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordAtEnd } from "../../src/domain/decide/decided.js";
import { emptyRegister } from "../../src/domain/model/emptyRegister.js";
import type {
  Ballot,
  Concern,
  DecisionRecord,
  Motion,
  RecordedVote,
  Register,
} from "../../src/domain/model/register.js";
import { RecordKeys } from "../../src/github/record/keys.js";
import {
  CHECK_ROOM,
  COMMENT_ROOM,
  compose,
  markerLine,
  markerOf,
  partsOf,
  unix,
} from "../../src/github/record/marker.js";
import { openRecord, sealRecord, sealSeq, shownSeq } from "../../src/github/record/seal.js";
import { RECORD_VERSION } from "../../src/github/record/versions.js";
import { expectLinear } from "../support/growth.js";

const KEYS = RecordKeys.from({ recordKeys: "a key that only tests have" });
const HERE = { repository: 4242, pull: 1779 };
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PKCS1 = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const PKCS8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

const concern = (number: number, text: string): Concern => ({
  number,
  text,
  by: { login: "richvdh", id: 103 },
  at: 5,
  url: "https://github.com/x",
  source: "comment:1",
  kind: "spoken",
  motion: 0,
  resolved: null,
});
const register = (seq: number, concerns: readonly Concern[] = []): Register => ({
  ...emptyRegister,
  seq,
  concerns,
});
const seal = (of: Register, keys = KEYS, room = COMMENT_ROOM) => sealRecord(of, keys, HERE, room).line;

const anyRegister: fc.Arbitrary<Register> = fc
  .record({
    seq: fc.nat(),
    judgedUpTo: fc.nat(),
    texts: fc.array(fc.string({ unit: "grapheme" }), { maxLength: 20 }),
    keys: fc.array(fc.string()),
  })
  .map(({ seq, judgedUpTo, texts, keys }) => ({
    ...register(
      seq,
      texts.map((text, index) => concern(index + 1, text)),
    ),
    judgedUpTo,
    judged: keys.map((key) => ({ key, at: 1 })),
  }));

describe("the sealed record", () => {
  it("comes back as it was sealed, whatever it holds", () => {
    fc.assert(
      fc.property(anyRegister, (of) => {
        const line = seal(of);
        expect(line).not.toContain("\n");
        expect(line.slice(4, -3)).not.toContain("--");
        expect(openRecord(`what people see\n\n${line}\n`, KEYS, HERE)).toEqual(of);
        expect(shownSeq(line, KEYS, HERE)).toBe(of.seq);
      }),
    );
  });

  it("is nothing once a single character of it is another", () => {
    const line = seal(register(7, [concern(1, "x".repeat(300))]));
    fc.assert(
      fc.property(fc.nat(line.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, sign) => {
        fc.pre(line[at] !== sign);
        const tampered = line.slice(0, at) + sign + line.slice(at + 1);
        // A blank at the very ends of the line is no part of it.
        fc.pre(tampered.trim() !== line);
        expect(openRecord(tampered, KEYS, HERE)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });

  it("is nothing with a character put in or left out", () => {
    const line = seal(register(7, [concern(1, "x".repeat(300))]));
    for (let at = 0; at < line.length; at += 1) {
      expect(openRecord(line.slice(0, at) + line.slice(at + 1), KEYS, HERE)).toBeNull();
      expect(openRecord(`${line.slice(0, at)}A${line.slice(at)}`, KEYS, HERE)).toBeNull();
    }
  });

  it("is bound to its repository and its pull request", () => {
    const line = seal(register(1));
    expect(openRecord(line, KEYS, HERE)).not.toBeNull();
    expect(openRecord(line, KEYS, { ...HERE, pull: 1780 })).toBeNull();
    expect(openRecord(line, KEYS, { ...HERE, repository: 4243 })).toBeNull();
    expect(openRecord(line, KEYS, { repository: 42421, pull: 779 })).toBeNull();
  });

  it("counts only as the last line", () => {
    expect(openRecord(`${seal(register(1))}\nmore`, KEYS, HERE)).toBeNull();
    expect(openRecord(`${seal(register(1))}\r\n`, KEYS, HERE)?.seq).toBe(1);
  });

  it("of a later form is none", () => {
    expect(
      openRecord(
        seal(register(1)).replace(`record v${RECORD_VERSION}`, `record v${RECORD_VERSION + 1}`),
        KEYS,
        HERE,
      ),
    ).toBeNull();
    expect(
      openRecord(seal(register(1)).replace(`record v${RECORD_VERSION}`, "record v1"), KEYS, HERE),
    ).toBeNull();
  });

  it("of another shape is none, although the signature holds", () => {
    for (const wrong of [
      { ...register(1), seq: "1" },
      { ...register(1), concerns: {} },
      { ...register(1), motion: { number: 1 } },
      { seq: 1 },
      [],
      null,
    ]) {
      expect(openRecord(seal(wrong as unknown as Register), KEYS, HERE)).toBeNull();
    }
  });

  it("keeps what a later clerk added to it", () => {
    const later = { ...register(1), addedLater: [1] };
    expect(openRecord(seal(later), KEYS, HERE)).toEqual(later);
  });

  it("that does not fit leaves its number, signed, in its place", () => {
    const noise = Array.from({ length: 400 }, (_, i) =>
      concern(
        i + 1,
        Array.from({ length: 300 }, (_, j) =>
          String.fromCharCode(33 + ((i * 7919 + j * j * 104_729) % 90)),
        ).join(""),
      ),
    );
    const sealed = sealRecord(register(9, noise), KEYS, HERE, 2000);
    expect(sealed.kind).toBe("too_large");
    expect(sealed.line.length).toBeLessThan(200);
    expect(shownSeq(sealed.line, KEYS, HERE)).toBe(9);
    expect(openRecord(sealed.line, KEYS, HERE)).toBeNull();
    expect(shownSeq(sealed.line.replace(" 9.", " 10."), KEYS, HERE)).toBeNull();
    expect(shownSeq(sealed.line, KEYS, { ...HERE, pull: 1 })).toBeNull();
  });
});

describe("memory.kept: the line of a record", () => {
  /** As any clerk that has these keys writes it: releases read each other's. */
  const signed = (bytes: Buffer) => {
    const payload = bytes.toString("base64");
    const signature = KEYS.sign(`msc-clerk:record:v3\n4242\n1779\n${payload}`);
    return `<!-- msc-clerk:record v3 ${payload}.${signature} -->`;
  };
  const json = (of: Register) => Buffer.from(JSON.stringify(of));

  it("memory.kept: is read packed and as it is, by whatever clerk it was signed", () => {
    const of = register(7, [concern(1, "x".repeat(300))]);
    expect(openRecord(signed(Buffer.concat([Buffer.of(0), json(of)])), KEYS, HERE)).toEqual(of);
    expect(openRecord(signed(Buffer.concat([Buffer.of(1), deflateRawSync(json(of))])), KEYS, HERE)).toEqual(
      of,
    );
  });

  it("memory.kept: is none where it is packed in another way, although the signature holds", () => {
    expect(openRecord(signed(Buffer.from([1, 255, 255])), KEYS, HERE)).toBeNull();
    expect(openRecord(signed(Buffer.from("\0{")), KEYS, HERE)).toBeNull();
  });

  it("memory.lost: of a number alone is signed as it always was", () => {
    const line = `<!-- msc-clerk:seq v1 9.${KEYS.sign("msc-clerk:seq:v1\n4242\n1779\n9")} -->`;
    expect(sealSeq(9, KEYS, HERE)).toBe(line);
    expect(shownSeq(`text\n\n${line}`, KEYS, HERE)).toBe(9);
  });

  it("memory.kept: is packed, so that a register of many words fits", () => {
    const of = register(7, [concern(1, "the same words again, ".repeat(200))]);
    expect(seal(of).length).toBeLessThan(json(of).length / 4);
  });

  it("memory.kept: fits a room of just its length, and none that is shorter by a character", () => {
    const { length } = seal(register(1));
    expect(sealRecord(register(1), KEYS, HERE, length).kind).toBe("sealed");
    expect(sealRecord(register(1), KEYS, HERE, length - 1)).toMatchObject({ kind: "too_large", length });
  });

  it("memory.kept: is not written where it would not be read back: a wrong shape, or more than a clerk unpacks", () => {
    for (const of of [
      { ...register(5), seq: 5, motion: { number: 1 } } as unknown as Register,
      register(5, [concern(1, "x".repeat(8 * 1024 * 1024))]),
    ]) {
      const sealed = sealRecord(of, KEYS, HERE, COMMENT_ROOM);
      expect(sealed.kind).toBe("unreadable");
      expect(shownSeq(sealed.line, KEYS, HERE)).toBe(5);
    }
  });

  it("memory.lost: a text without one shows no number, nor does one whose signature is cut off", () => {
    expect(shownSeq("just words", KEYS, HERE)).toBeNull();
    expect(shownSeq("<!-- msc-clerk:seq v1 9.AA== -->", KEYS, HERE)).toBeNull();
    expect(openRecord("<!-- msc-clerk:record v3 AAAA.AA== -->", KEYS, HERE)).toBeNull();
  });

  it("memory.kept: counts with words above it and blanks around it", () => {
    expect(openRecord(`words\n\n  ${seal(register(3))} \n`, KEYS, HERE)?.seq).toBe(3);
  });
});

describe("memory.kept: the record of a large decision", () => {
  /** Digits that do not repeat, as in GitHub's ids: nothing of them is packed away. */
  const digits = (n: number, salt: number) =>
    1_000_000_000 + ((n * 2_654_435_761 + salt * 40_503) % 999_999_937);
  const need = { team: "spec-core-team", threshold: { numerator: 3, denominator: 4 } };
  const head = "def5678".padEnd(40, "0");

  /** Three of four decided, the others voted until the end, as seldom happens. */
  function decidedBy(size: number): Register {
    const cast = Array.from({ length: size }, (_, n): Ballot => {
      const id = digits(n, 1);
      const url = `https://github.com/matrix-org/matrix-spec-proposals/pull/1779#issuecomment-${digits(n, 2)}`;
      const at = 1_772_000_000_000 + digits(n, 3);
      const member = { login: `m${id.toString(36)}`, id };
      const from = { via: "command", url, at } as const;
      return { member, team: need.team, choice: "yes", from, head, source: `comment:${digits(n, 2)}` };
    });
    const votes = (voted: number) =>
      cast.map(({ member, from }, n): RecordedVote => {
        const { url, via, at } = from;
        return n < voted
          ? { member, choice: "yes", url, cast: { via, at, head } }
          : { member, choice: null, url: null, cast: null };
      });
    const recorded = (voted: number): DecisionRecord => ({
      head,
      rosterCommit: "c".repeat(40),
      tallies: [{ team: need.team, title: "Spec Core Team", need, size, votes: votes(voted) }],
    });
    const decided = recorded(Math.ceil((size * 3) / 4));
    const motion: Motion = {
      number: 1,
      disposition: "merge",
      mover: { login: "richvdh", id: 103 },
      from: { via: "command", url: "https://github.com/x", at: 1 },
      head,
      needs: [need],
      decision: "spec change",
      ballots: cast,
      fcp: { state: "running", startedAt: 2, endsAt: 3, head, passed: [need], decided },
      end: { kind: "concluded", at: 3, ...recordAtEnd(decided, recorded(size)) },
    };
    return { ...register(9), motion };
  }

  it("memory.kept: fits a check run with five hundred members, and keeps no vote of the end that it has already", () => {
    const whole = decidedBy(500);
    const { end } = whole.motion ?? {};
    if (end?.kind !== "concluded") throw new Error("it has concluded");
    expect(end.record?.tallies).toEqual([]);
    expect(end.since[0]?.votes).toHaveLength(125);
    expect(sealRecord(whole, KEYS, HERE, CHECK_ROOM).kind).toBe("sealed");
  });
});

describe("the keys of records", () => {
  it("sign with the first of RECORD_KEYS and verify with all: rotation voids no record", () => {
    const rotated = RecordKeys.from({ recordKeys: "the-new-key-long-enough, the-old-key-long-enough" });
    const first = RecordKeys.from({ recordKeys: "the-old-key-long-enough" });
    const newest = RecordKeys.from({ recordKeys: "the-new-key-long-enough" });
    expect(openRecord(seal(register(3), first), rotated, HERE)?.seq).toBe(3);
    expect(openRecord(seal(register(3), rotated), newest, HERE)?.seq).toBe(3);
    expect(openRecord(seal(register(3), rotated), first, HERE)).toBeNull();
  });

  it("from the App's private key are the same however it is written", () => {
    const ways = [
      PKCS1,
      PKCS8,
      PKCS1.replace(/\n/g, "\\n"),
      PKCS1.replace(/\n/g, "\r\n"),
      Buffer.from(PKCS8).toString("base64"),
    ];
    const line = seal(register(4), RecordKeys.from({ privateKey: PKCS1 }));
    for (const pem of ways) expect(openRecord(line, RecordKeys.from({ privateKey: pem }), HERE)?.seq).toBe(4);
  });

  it("still verify what the App's key signed before RECORD_KEYS was set", () => {
    const before = RecordKeys.from({ privateKey: PKCS1 });
    const after = RecordKeys.from({ privateKey: PKCS1, recordKeys: "a-new-secret-long-enough" });
    expect(openRecord(seal(register(5), before), after, HERE)?.seq).toBe(5);
    expect(openRecord(seal(register(5), after), before, HERE)).toBeNull();
  });

  it("may have blanks around them, and one that is blank is none", () => {
    const line = seal(register(4), RecordKeys.from({ privateKey: PKCS8 }));
    const secret = { recordKeys: "a-secret-of-sixteen" };
    expect(openRecord(line, RecordKeys.from({ privateKey: `  ${PKCS8} ` }), HERE)?.seq).toBe(4);
    expect(openRecord(line, RecordKeys.from({ recordKeys: " ", privateKey: PKCS8 }), HERE)?.seq).toBe(4);
    expect(RecordKeys.from({ ...secret, privateKey: " \n" }).sign("x")).toBe(
      RecordKeys.from(secret).sign("x"),
    );
  });

  it("have sixteen characters at least", () => {
    expect(() => RecordKeys.from({ recordKeys: "x".repeat(16) })).not.toThrow();
    expect(() => RecordKeys.from({ recordKeys: "x".repeat(15) })).toThrow(/fewer than 16/);
  });

  it("are refused in plain words, without a secret", () => {
    expect(() => RecordKeys.from({})).toThrow(/PRIVATE_KEY/);
    expect(() => RecordKeys.from({ recordKeys: "short-secret" })).toThrow(/key 1 has fewer than 16/);
    expect(() => RecordKeys.from({ recordKeys: "short-secret" })).not.toThrow(/short-secret/);
    expect(() => RecordKeys.from({ privateKey: "-----BEGIN nonsense" })).toThrow(/cannot be read/);
  });

  it("never show in a log", () => {
    const keys = RecordKeys.from({ recordKeys: "a-secret-nobody-may-see" });
    for (const shown of [
      inspect(keys, { depth: 9, showHidden: true }),
      JSON.stringify({ keys }),
      String(Object.values(keys)),
    ]) {
      expect(shown).not.toContain("a-secret");
    }
    expect(JSON.stringify({ keys })).toBe('{"keys":"[RecordKeys: 1]"}');
    expect(inspect(keys)).toBe("[RecordKeys: 1]");
  });
});

describe("comment.once: the marker", () => {
  const kinds = ["status", "register", "announce", "reply"] as const;

  it("comes back as it was written, whatever its key", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.oneof(
          fc.string(),
          fc.constantFrom("--", "-->", "a--b-", "-", "1:fcp-begun", "x y", "100%", "ü\n"),
        ),
        (kind, key) => {
          const line = markerLine({ kind, key });
          expect(line).not.toContain("\n");
          expect(line.slice(4, -3)).not.toContain("--");
          expect(markerOf(`${line}\nbody`)).toEqual({ kind, key });
        },
      ),
    );
  });

  it.each([
    ["", "<!-- msc-clerk:status -->"],
    ["1:fcp-begun", "<!-- msc-clerk:status 1:fcp-begun -->"],
    ["-a-b", "<!-- msc-clerk:status %2Da-b -->"],
    ["a--b-", "<!-- msc-clerk:status a-%2Db%2D -->"],
    ["a-b-->", "<!-- msc-clerk:status a-b-%2D%3E -->"],
  ])("is the same in every release: %s", (key, line) => {
    expect(markerLine({ kind: "status", key })).toBe(line);
    expect(markerOf(line)).toEqual({ kind: "status", key });
  });

  it.each([
    ["words\nmore", "words\nmore"],
    ["<!-- msc-clerk:status 1 -->", ""],
    ["a\rb\r\nc", "a\nb\nc"],
    ["\n \t\n\n  words ", "  words"],
  ])("leaves the words of a comment, as they are compared: %j", (body, visible) => {
    expect(partsOf(body).visible).toBe(visible);
  });

  it("counts on the first line only, in its own form only", () => {
    expect(markerOf("<!-- msc-clerk:status 1 -->\r\ntext")).toEqual({ kind: "status", key: "1" });
    for (const body of [
      "text\n<!-- msc-clerk:status 1 -->",
      " <!-- msc-clerk:status 1 -->",
      "<!-- msc-clerk:vote 1 -->",
      "<!-- msc-clerk:status 1 2 -->",
      "<!-- msc-clerk:status %E0%A4%A -->",
      "<!-- MSC-CLERK:status 1 -->",
      "",
    ]) {
      expect(markerOf(body)).toBeNull();
    }
  });

  it("and record come off again: what people see is what was written", () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, carries) => {
        fc.pre(!/<!-- msc-clerk:/.test(text));
        const body = compose({ kind: "status", key: "1" }, text, carries ? seal(register(1)) : null);
        expect(partsOf(body).visible).toBe(unix(text));
        expect(partsOf(body.replace(/\n/g, "\r\n")).visible).toBe(unix(text));
        expect(partsOf(body).hidden !== null).toBe(carries);
      }),
    );
  });

  it.each([
    ["tabs before a letter", (size: number) => `${"\t".repeat(size)}x`],
    ["blank lines before a letter", (size: number) => `x${"\n".repeat(size)}x`],
    ["spaces and line ends at the beginning", (size: number) => " \n".repeat(size / 2)],
    ["spaces at the beginning", (size: number) => `${" ".repeat(size)}x`],
    ["carriage returns", (size: number) => "\r".repeat(size)],
    ["markers", (size: number) => "<!-- msc-clerk:status 1 -->\n".repeat(size / 28)],
    ["one long marker", (size: number) => `<!-- msc-clerk:record v1 ${"A".repeat(size)} --`],
  ])("are parted in time in proportion to the length of what anybody makes of the comment: %s", (_, make) => {
    const body = (size: number) => `<!-- msc-clerk:status 1 -->\n${make(size)}`;
    expectLinear(body, partsOf, 65_536);
    expectLinear(body, (text) => openRecord(text, KEYS, HERE), 65_536);
  });
});
