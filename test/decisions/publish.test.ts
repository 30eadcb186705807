import { createHash } from "node:crypto";
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson, hashOf } from "../../src/decisions/canonical.js";
import { checkpointSigner, readCheckpoint, signedCheckpoint } from "../../src/decisions/checkpoint.js";
import { recordInComment } from "../../src/decisions/inComment.js";
import { type Publication, publishedRecord, type Signer } from "../../src/decisions/publish.js";
import { publishedIn, readRecord } from "../../src/decisions/shape.js";
import { isSignedBy, publicKeyBytes, SigningKeys } from "../../src/decisions/signingKeys.js";
import { rulesFingerprint } from "../../src/domain/amendment/differences.js";
import { desired } from "../../src/domain/desired/desired.js";
import {
  LONGEST_PUBLIC_RECORD,
  type PublicRecordDraft,
  type PublishedRecord,
} from "../../src/domain/model/publicRecord.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY } from "../../src/domain/text/time.js";
import { COMMENT_ROOM } from "../../src/github/record/marker.js";
import { amendment, threshold } from "../support/amendmentWorld.js";
import { MATRIX } from "../support/rules.js";
import { HEAD, inFcp, proposed, type World, world } from "../support/world.js";

const KEYS = SigningKeys.from("the newest secret of a test, one of before it");
const [NEWEST = "", OLDER = ""] = KEYS.publicKeys;
const CLERK = { login: "msc-clerk", id: 900, version: "1.2.3" };
const FIRST: Publication = { number: 1, before: null, clerk: CLERK };
const signer = (listed: readonly string[] = [NEWEST], keys = KEYS): Signer => ({
  keys,
  listed,
  host: "github.com",
});

/** What would be published at the moment at which it is announced. */
const draftsOf = (w: World): readonly PublicRecordDraft[] => w.unpublished();
const draftOf = (w: World): PublicRecordDraft => {
  const [draft] = draftsOf(w);
  if (draft === undefined) throw new Error("nothing is about to be announced");
  return draft;
};
const publish = (w: World, by = signer(), publication = FIRST): PublishedRecord =>
  publishedRecord(draftOf(w), publication, by);
const over = (w: World): World => w.wait(6 * DAY);

describe("record.signed: what a record holds", () => {
  test("record.signed: a decision is published when it is announced, and not before nor a second time", () => {
    const w = inFcp();
    expect(draftsOf(w)).toEqual([]);
    over(w);
    expect(draftsOf(w)).toHaveLength(1);
    w.reconcile();
    expect(draftsOf(w)).toEqual([]);
  });

  test("said.locked: in a locked conversation nothing is announced, so nothing is given a number before it is unlocked", () => {
    const w = over(inFcp());
    w.pull.locked = true;
    expect(draftsOf(w)).toEqual([]);
    w.pull.locked = false;
    expect(draftsOf(w)).toHaveLength(1);
  });

  test("record.signed: one that has its number already is not given another, also where its comment is not there yet", () => {
    const w = over(inFcp());
    const snapshot = { ...w.snapshot(), published: [publish(w)] };
    expect(w.unpublished(snapshot)).toEqual([]);
  });

  test("record.signed: every member of each team with vote, source, means, time and text; the measure, the heads and the config", () => {
    const w = over(inFcp());
    const draft = draftOf(w);
    const [team] = draft.teams;
    expect(draft).toMatchObject({
      outcome: "merge",
      proposal: { number: 1234, title: "MSC1234: A thing" },
      repository: { id: 1, name: "matrix-org/matrix-spec-proposals" },
      fcp: { head: HEAD },
      text: { decided: HEAD, end: HEAD },
      rules: { decided: "c".repeat(40), end: "c".repeat(40) },
      heads: [{ commit: HEAD }],
      motion: { number: 1, mover: { login: "richvdh" }, source: expect.stringMatching(/^comment:\d+$/) },
    });
    expect(team).toMatchObject({ size: 8, moment: "beginning", need: { threshold: { numerator: 3 } } });
    expect(team?.votes).toHaveLength(8);
    expect(team?.votes?.find(({ member }) => member.login === "dbkr")).toMatchObject({
      choice: "yes",
      cast: { via: "command", source: expect.stringMatching(/^comment:\d+$/), head: HEAD },
    });
    expect(team?.votes?.find(({ member }) => member.login === "KitsuneRal")).toMatchObject({
      choice: null,
      cast: null,
    });
  });

  const KINDS: readonly (readonly [string, () => World, string])[] = [
    ["to merge", () => over(inFcp()), "merge"],
    ["to close", () => over(inFcp({}, "close")), "close"],
    ["to postpone", () => over(inFcp({}, "postpone")), "postpone"],
    [
      "with votes taken back and members who left",
      () => {
        const w = inFcp();
        w.say("dbkr", "@mscbot retract");
        w.reconcile();
        w.leave("spec-core-team", "uhoreg");
        w.join("spec-core-team", "somebody");
        return over(w);
      },
      "merge",
    ],
    [
      "with concerns that were resolved",
      () => {
        const w = inFcp();
        w.say("dbkr", "@mscbot concern the 😀 key");
        w.reconcile();
        w.say("dbkr", "@mscbot resolve C1");
        w.reconcile();
        return over(w);
      },
      "merge",
    ],
    [
      "taken elsewhere",
      () => {
        const w = world();
        w.say("ara4n", "@mscbot override finished: agreed under embargo");
        w.reconcile();
        w.say("dbkr", "@mscbot second");
        return w;
      },
      "override finished",
    ],
  ];
  test.each(KINDS)(
    "record.signed: a decision %s is read back whole from its canonical JSON",
    (_what, make, outcome) => {
      const w = make();
      const record = publish(w);
      const read = readRecord(record.json);
      expect(read).toEqual({
        kind: "record",
        record: { ...JSON.parse(JSON.stringify(draftOf(w))), number: 1, previous: null, clerk: CLERK },
      });
      expect(read.kind === "record" && read.record.outcome).toBe(outcome);
      expect(publishedIn(JSON.stringify(record))).toEqual(record);
    },
  );

  test("record.signed: an amendment names the config it was judged by and the one it makes", () => {
    const w = amendment(threshold(1, 2), { author: "richvdh" });
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live", "AmandineLP"])
      w.say(login, "@mscbot reviewed");
    w.say("ara4n", "@mscbot reviewed as guardians");
    w.reconcile();
    const { outcome, amendment: config, teams } = draftOf(over(w));
    expect(outcome).toBe("amendment");
    expect(config).toEqual({
      base: rulesFingerprint(w.rules),
      makes: rulesFingerprint(threshold(1, 2)(w.rules)),
    });
    expect(teams.map(({ team, size }) => [team, size])).toEqual([
      ["spec-core-team", 8],
      ["guardians", 2],
    ]);
  });

  test("record.signed: a motion that was cancelled, or merged without a decision, has none", () => {
    const w = proposed();
    w.say("dbkr", "@mscbot fcp cancel");
    expect(draftsOf(w)).toEqual([]);
    const merged = proposed();
    merged.merge("dbkr");
    expect(draftsOf(merged)).toEqual([]);
  });
});

describe("record.signed: canonical JSON, whatever people wrote", () => {
  test("record.signed: half a character in a name, a title or a concern is replaced, as canonical JSON knows none", () => {
    const w = inFcp();
    w.pull.title = "MSC1234: \ud800 thing";
    w.say("dbkr", "@mscbot concern half \udc00 of it");
    w.reconcile();
    w.say("dbkr", "@mscbot resolve C1");
    w.reconcile();
    const record = publish(over(w));
    expect(readRecord(record.json).kind).toBe("record");
    expect(record.json).toContain("MSC1234: \ufffd thing");
    expect(record.json).toContain("half \ufffd of it");
    expect(() => canonicalJson({ name: "\ud800" })).toThrow(/surrogate/i);
  });

  test("record.signed: any title is signed, hashed and read back, and stands in its comment unharmed", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 80 }),
        fc.string({ unit: "grapheme", maxLength: 80 }),
        (a, b) => {
          const w = over(inFcp());
          w.pull.title = `${a}\`\`\`\n@ara4n <!-- msc-clerk:status 1 -->${b}`;
          const record = publish(w);
          const body = conclusionWith(record, w);
          expect(recordInComment(body)).toEqual({
            json: record.json,
            hash: record.hash,
            signature: { key: record.signature?.key, value: record.signature?.value },
            checkpoint: record.checkpoint,
          });
          expect(isSignedBy(record.json, NEWEST, record.signature?.value ?? "")).toBe(true);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("record.signed: the same data written otherwise is no record", () => {
    const { json } = publish(over(inFcp()));
    expect(readRecord(json.replace('"cut":[]', '"cut": []')).kind).toBe("not");
    expect(readRecord(json.replace('"cut":[]', '"cut":[],"more":1')).kind).toBe("not");
    expect(readRecord(json.replace("MSC1234: A", "MSC1234: \\ud800")).kind).toBe("not");
    expect(readRecord("").kind).toBe("not");
    expect(readRecord("[]").kind).toBe("not");
  });
});

const conclusionWith = (record: PublishedRecord, w: World): string => {
  const snapshot = { ...w.snapshot(), published: [record] };
  const { oneTimeComments } = desired(w.decide(), snapshot, w.rules);
  return oneTimeComments.find(({ marker }) => marker.key.endsWith(":concluded"))?.body ?? "";
};

describe("record.signed: it fits into a comment", () => {
  const rulesOf = (logins: readonly string[]): Rules => ({
    ...MATRIX,
    teams: MATRIX.teams.map((team) =>
      team.slug === "spec-core-team"
        ? {
            ...team,
            lead: null,
            members: logins.map((login, id) => ({
              login,
              id: 5000 + id,
              since: null,
              domains: [],
              away: null,
            })),
          }
        : team,
    ),
  });
  const teamOf = (size: number): World => {
    const members = Array.from({ length: size }, (_, i) => `member-of-the-team-${i}`);
    const w = world({ rules: rulesOf(members), author: "somebody" });
    w.say(members[0] ?? "", "@mscbot fcp merge");
    w.reconcile();
    for (const login of members) w.say(login, "@mscbot reviewed");
    w.reconcile();
    return over(w);
  };

  test.each([8, 240])("record.signed: with %i members who have all voted nothing is cut", (size) => {
    const w = teamOf(size);
    const record = publish(w);
    expect(JSON.parse(record.json).cut).toEqual([]);
    const body = conclusionWith(record, w);
    expect(body.length).toBeLessThan(COMMENT_ROOM - 300);
    expect(recordInComment(body)?.json).toBe(record.json);
  });

  test("record.signed: of a larger team the comment names number, hash and checkpoint, and that the record is too long", () => {
    const w = teamOf(450);
    const record = publish(w);
    const body = conclusionWith(record, w);
    expect(record.json.length).toBeGreaterThan(LONGEST_PUBLIC_RECORD);
    expect(body).toContain(record.hash);
    expect(body).toContain("too long for a comment");
    expect(body.length).toBeLessThan(COMMENT_ROOM - 300);
  });

  test("record.signed: what is cut first is what decided nothing, and the record says so", () => {
    const w = inFcp();
    for (let n = 0; n < 40; n += 1) {
      w.say("dbkr", `@mscbot concern ${n} ${"long ".repeat(75)}`);
      w.reconcile();
    }
    w.say("dbkr", "@mscbot resolve all");
    w.reconcile();
    const draft = draftOf(over(w));
    expect(draft.cut).toEqual([]);
    expect(draft.concerns).toHaveLength(40);
  });
});

describe("record.signed: keys", () => {
  test("record.signed: without RECORD_KEYS there is no key, and so no signature: the App's key is never used", () => {
    for (const given of [undefined, "", "  ", " , "]) expect(SigningKeys.from(given).publicKeys).toEqual([]);
    const record = publish(over(inFcp()), signer([], SigningKeys.from(undefined)));
    expect(record).toMatchObject({ number: 1, signature: null, checkpoint: null });
  });

  test("record.signed: the same secret always gives the same key, and another another", () => {
    expect(SigningKeys.from("one secret of a test").publicKeys).toEqual(
      SigningKeys.from(" one secret of a test ").publicKeys,
    );
    expect(SigningKeys.from("one secret of a test").publicKeys).not.toEqual(
      SigningKeys.from("one secret of a tesT").publicKeys,
    );
    expect(NEWEST).toMatch(/^ed25519:[A-Za-z0-9+/]{43}=$/);
  });

  test.each<[string, readonly string[], string, boolean]>([
    ["the newest, where it is listed", [NEWEST, OLDER], NEWEST, true],
    ["the newest that is listed: a key can be made before it is", [OLDER], OLDER, true],
    ["the newest where none is, and the record says that it is not listed", [], NEWEST, false],
  ])("record.signed: signed is with %s", (_what, listed, key, isListed) => {
    const { signature, json, checkpoint } = publish(over(inFcp()), signer(listed));
    expect(signature).toMatchObject({ key, listed: isListed });
    expect(isSignedBy(json, key, signature?.value ?? "")).toBe(true);
    expect(checkpointSigner(checkpoint ?? "", [NEWEST, OLDER])).toBe(key);
  });

  test("record.signed: a comment says when its key is not listed, and when there is none", () => {
    const w = over(inFcp());
    expect(conclusionWith(publish(w, signer([])), w)).toContain("does not list");
    expect(conclusionWith(publish(w, signer([], SigningKeys.from(""))), w)).toContain(
      "not signed, as this clerk has no `RECORD_KEYS`",
    );
    expect(conclusionWith(publish(w), w)).toContain("It is signed. ");
  });

  test("record.signed: one bit of the text, the key or the signature, and it does not hold", () => {
    const { json, signature } = publish(over(inFcp()));
    const value = signature?.value ?? "";
    expect(isSignedBy(`${json} `, NEWEST, value)).toBe(false);
    expect(isSignedBy(json, OLDER, value)).toBe(false);
    expect(isSignedBy(json, NEWEST, `A${value.slice(1)}`)).toBe(value.startsWith("A"));
    for (const none of [
      "",
      "ed25519:",
      "ed25519:AAAA",
      NEWEST.replace("ed25519", "rsa"),
      `${NEWEST} `,
      NEWEST.replace(/.=$/, "B="),
    ])
      expect([publicKeyBytes(none) !== null, isSignedBy(json, none, value)]).toEqual([false, false]);
    expect(isSignedBy(json, NEWEST, "")).toBe(false);
  });

  test("record.signed: no log and no error shows a key", () => {
    const shown = [
      inspect(KEYS),
      JSON.stringify({ KEYS }),
      String(inspect({ deep: KEYS }, { depth: 9 })),
    ].join();
    expect(shown).toContain("[SigningKeys: 2]");
    expect(shown).not.toMatch(/secret|PrivateKey/);
  });
});

describe("record.signed: the chain and its checkpoint", () => {
  test("record.signed: each record holds the hash of the one before, and names it in its comment", () => {
    const w = over(inFcp());
    const first = publish(w);
    const before = { number: 1, pull: 1234, outcome: "merge", hash: first.hash };
    const second = publish(w, signer(), { number: 2, before, clerk: CLERK });
    expect(JSON.parse(second.json)).toMatchObject({ number: 2, previous: first.hash });
    expect(first.hash).toBe(createHash("sha256").update(first.json, "utf8").digest("hex"));
    expect(conclusionWith(second, w)).toContain(
      `The one before: number 1, pull request 1234, merge, SHA-256 \`${first.hash}\`.`,
    );
  });

  test("record.signed: the checkpoint is a signed note of C2SP: origin, size, hash, and the key's id before the signature", () => {
    const record = publish(over(inFcp()));
    const text = record.checkpoint ?? "";
    const [origin, size, hash, blank, line = ""] = text.split("\n");
    expect([origin, size, hash, blank]).toEqual([
      "github.com/repositories/1",
      "1",
      Buffer.from(record.hash, "hex").toString("base64"),
      "",
    ]);
    const [dash, name, base64 = ""] = line.split(" ");
    expect([dash, name]).toEqual(["—", origin]);
    const raw = Buffer.from(NEWEST.slice("ed25519:".length), "base64");
    const id = createHash("sha256")
      .update(`${origin}\n`)
      .update(Buffer.of(1))
      .update(raw)
      .digest()
      .subarray(0, 4);
    const signature = Buffer.from(base64, "base64");
    expect(signature.subarray(0, 4)).toEqual(id);
    expect(isSignedBy(`${origin}\n1\n${hash}\n`, NEWEST, signature.subarray(4).toString("base64"))).toBe(
      true,
    );
    expect(readCheckpoint(text)).toMatchObject({ origin, size: 1, hash: record.hash });
  });

  test("record.signed: a checkpoint that was pasted with other line ends is read; one that was changed is signed by nobody", () => {
    const text = signedCheckpoint(
      { origin: "github.com/repositories/1", size: 7, hash: hashOf("x") },
      NEWEST,
      (body) => KEYS.sign(body, NEWEST),
    );
    expect(checkpointSigner(`\r\n${text.replace(/\n/g, "\r\n")}\n`, [OLDER, NEWEST])).toBe(NEWEST);
    expect(checkpointSigner(text.replace("\n7\n", "\n6\n"), [NEWEST])).toBe(null);
    expect(checkpointSigner(text.replace("repositories/1\n7", "repositories/2\n7"), [NEWEST])).toBe(null);
    expect(checkpointSigner(text, [OLDER])).toBe(null);
    for (const none of ["", "x", "a\n1\n", text.replace("\n7\n", "\n07\n"), text.replace("—", "-")])
      expect(readCheckpoint(none)).toBe(null);
  });
});
