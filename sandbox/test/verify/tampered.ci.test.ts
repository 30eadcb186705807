import { parsedRules } from "msc-clerk/cli/parsedRules.js";
import { canonicalJson, hashOf } from "msc-clerk/decisions/canonical.js";
import { checkpointOf } from "msc-clerk/decisions/publish.js";
import { readRecord } from "msc-clerk/decisions/shape.js";
import { SigningKeys } from "msc-clerk/decisions/signingKeys.js";
import type { CaseFile } from "msc-clerk/decisions/verify/caseFile.js";
import { type ChainFacts, chainLevels } from "msc-clerk/decisions/verify/chain.js";
import type { FoundRecord, RegisterFacts } from "msc-clerk/decisions/verify/facts.js";
import { exitCodeOf, type Level } from "msc-clerk/decisions/verify/level.js";
import { rulesFingerprint } from "msc-clerk/domain/amendment/differences.js";
import type { PublicRecord, PublicTally, PublicVote } from "msc-clerk/domain/model/publicRecord.js";
import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RECORD_KEY } from "../../src/roster.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";
import {
  ANOTHER,
  caseOf,
  edited,
  judged,
  publicHalf,
  SECRET,
  signatureBy,
  signedAnew,
} from "../support/verifying.js";

let r: Rehearsal;
/** Of a proposal that six of eight approved: anoadragon453 abstained, and KitsuneRal has said nothing. */
let saved: CaseFile;
/** The register with its three records. */
let register: RegisterFacts;
let records: readonly FoundRecord[];

beforeAll(async () => {
  r = await rehearsal().start();
  const decided = async (title: string, path: string) => {
    const n = r.propose(title, { [path]: `# ${title}\n` });
    await r.settle();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    await r.act(() => r.as("anoadragon453").comment(n, "@mscbot abstain"));
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    await r.advance(5 * DAY + HOUR);
    return n;
  };
  const numbers = [
    await decided("Spaces", "proposals/1772-spaces.md"),
    await decided("Threads", "proposals/3440-threads.md"),
    await decided("Blurhash", "proposals/2448-blurhash.md"),
  ];
  const cases: CaseFile[] = [];
  for (const n of numbers) cases.push(await caseOf(r, n));
  const [first, , last] = cases;
  if (first === undefined || last === undefined || last.register === null || last.register === "off")
    throw new Error("no register");
  saved = last;
  register = last.register;
  records = cases.flatMap((one) => one.records);
}, 120_000);
afterAll(async () => {
  await r.close();
});

const withTeam =
  (change: (team: PublicTally) => PublicTally) =>
  (record: PublicRecord): PublicRecord => ({
    ...record,
    teams: record.teams.map(change),
  });
const withVotes = (change: (votes: readonly PublicVote[]) => readonly PublicVote[]) =>
  withTeam((team) => ({ ...team, votes: team.votes === null ? null : change(team.votes) }));
const of = (login: string, change: (vote: PublicVote) => PublicVote) =>
  withVotes((votes) => votes.map((vote) => (vote.member.login === login ? change(vote) : vote)));
const without = (login: string) => withVotes((votes) => votes.filter(({ member }) => member.login !== login));
const person = { login: "mallory", id: 50_000_666 };

describe("somebody edits the comment: the signature breaks, whatever is changed", () => {
  it.each([
    ["a changed ballot", of("anoadragon453", (vote) => ({ ...vote, choice: "yes" }))],
    ["a missing vote", without("anoadragon453")],
    ["a wrong roster", of("KitsuneRal", (vote) => ({ ...vote, member: person }))],
    ["another outcome", (record: PublicRecord): PublicRecord => ({ ...record, outcome: "close" })],
  ])("record.signed: %s", (_, change) => {
    const { code, outcomes, told } = judged(edited(saved, change));
    expect([code, outcomes.signed]).toEqual([4, "contradicted"]);
    expect(told).toContain(
      "somebody has changed it, and GitHub says that another account than the clerk's saved it last",
    );
  });

  it("record.signed: one byte that changes nothing by its meaning is found too", () => {
    const spaced = saved.records.map((one) => ({ ...one, json: one.json.replace(":", ": ") }));
    expect(judged({ ...saved, records: spaced }).told).toContain("no canonical JSON (RFC 8785)");
  });

  it("record.signed: half a surrogate pair in a name is no crash, it is no record", () => {
    const lone = saved.records.map((one) => ({
      ...one,
      json: one.json.replace('"login":"dbkr"', '"login":"dbkr\\ud800"'),
    }));
    const { code, told } = judged({ ...saved, records: lone });
    expect(code).toBe(4);
    expect(told).toContain("What stands there is no decision record");
  });

  it("record.signed: another proposal's good record in its place, or another motion's", () => {
    const [other] = records;
    if (other === undefined) throw new Error("no record");
    const pasted = judged({ ...saved, records: [other] });
    expect([pasted.code, pasted.outcomes.signed]).toEqual([4, "contradicted"]);
    expect(pasted.told).toContain(
      "It is the record of matrix-org/matrix-spec-proposals#1, and stands elsewhere.",
    );
    const moved = judged({ ...saved, records: saved.records.map((one) => ({ ...one, motion: 2 })) });
    expect(moved.outcomes.signed).toBe("contradicted");
    expect(moved.told).toContain(
      "It is the record of motion 1, and stands where the clerk announced motion 2.",
    );
  });

  it("record.signed: a signature by another key in its place", () => {
    const [found] = saved.records;
    const signature = signatureBy(SigningKeys.from(ANOTHER), found?.json ?? "");
    const swapped = {
      ...saved,
      records: saved.records.map((one) => ({ ...one, signature, checkpoint: null })),
    };
    const { code, outcomes, told } = judged(swapped);
    expect([code, outcomes.signed]).toEqual([4, "contradicted"]);
    expect(told).toContain("nor the next lawful one lists that key");
  });
});

describe("a dishonest clerk signs another record", () => {
  const found = (change: (record: PublicRecord) => PublicRecord) => {
    const all = judged(signedAnew(saved, change));
    if (process.env.SHOW) console.log(all.told);
    expect(all.outcomes.signed).toBe("proven");
    expect(all.code).toBe(4);
    return all;
  };

  it("record.signed: a changed ballot: its source says otherwise", () => {
    const { outcomes, told } = found(of("anoadragon453", (vote) => ({ ...vote, choice: "yes" })));
    expect(outcomes).toMatchObject({ counted: "proven", roster: "proven", sources: "contradicted" });
    expect(told).toMatch(/does not say so.*the vote of anoadragon453/);
    expect(told).toMatch(/anoadragon453: the thread shows abstain .*, and the record tells yes/);
  });

  it("record.signed: a vote that was never given: its source was said by another", () => {
    const dbkr = saved.thread?.utterances.find(({ author }) => author?.login === "dbkr");
    const cast = { via: "command", source: dbkr?.id ?? "", at: "2026-03-12T11:00:00Z", head: "" } as const;
    const { outcomes, told } = found(of("KitsuneRal", (vote) => ({ ...vote, choice: "yes", cast })));
    expect(outcomes.sources).toBe("contradicted");
    expect(told).toContain("It was said by dbkr: the vote of KitsuneRal");
  });

  it("record.signed: a missing vote: the thread shows it", () => {
    const { outcomes, told } = found(of("anoadragon453", (vote) => ({ ...vote, choice: null, cast: null })));
    expect(outcomes).toMatchObject({ counted: "proven", sources: "contradicted" });
    expect(told).toMatch(/anoadragon453: the thread shows abstain .*, and the record tells no vote/);
  });

  it("record.signed: a member left out, with a size that fits: the config has one more", () => {
    const { outcomes, told } = found((record) =>
      withTeam((team) => ({ ...team, size: 7 }))(without("KitsuneRal")(record)),
    );
    expect(outcomes).toMatchObject({ counted: "proven", roster: "contradicted" });
    expect(told).toContain("KitsuneRal is on Spec Core Team by the config");
    expect(told).toContain("is said to have 7 members; by the config at");
  });

  it("record.signed: a member left out, with the size as it was: it does not add up", () => {
    const { outcomes } = found(without("KitsuneRal"));
    expect(outcomes.counted).toBe("contradicted");
  });

  it("record.signed: somebody on the team who is not: no config lists them", () => {
    const { outcomes, told } = found(of("KitsuneRal", (vote) => ({ ...vote, member: person })));
    expect(outcomes.roster).toBe("contradicted");
    expect(told).toContain("mallory is not on Spec Core Team");
  });

  it("record.signed: a lower threshold than the config's", () => {
    const { outcomes, told } = found(
      withTeam((team) => ({ ...team, need: { ...team.need, threshold: { numerator: 1, denominator: 2 } } })),
    );
    expect(outcomes).toMatchObject({ counted: "proven", roster: "contradicted" });
    expect(told).toContain("asks for more of Spec Core Team than the record does");
  });

  it("record.signed: too few votes for what it says", () => {
    const { outcomes } = found(of("dbkr", (vote) => ({ ...vote, choice: null, cast: null })));
    expect(outcomes).toMatchObject({ counted: "contradicted", sources: "contradicted" });
  });

  it("record.signed: a Final Comment Period that is too short, or concluded early", () => {
    const early = found((record) => ({ ...record, at: record.fcp?.begins ?? "" }));
    expect(early.outcomes.counted).toBe("contradicted");
    const short = found((record) => ({
      ...record,
      fcp: record.fcp === null ? null : { ...record.fcp, ends: record.fcp.begins },
    }));
    expect(short.outcomes.roster).toBe("contradicted");
  });

  it("record.signed: the line in the register is another one's then", () => {
    const { outcomes } = found((record) => ({
      ...record,
      proposal: { ...record.proposal, title: "Another" },
    }));
    expect(outcomes.register).toBe("contradicted");
  });

  it("record.signed: votes that were not kept are told as missing, not as wrong", () => {
    const kept = judged(
      signedAnew(
        saved,
        withTeam((team) => ({ ...team, votes: null, size: 0 })),
      ),
    );
    expect(kept.outcomes).toMatchObject({ signed: "proven", counted: "missing" });
    expect(kept.told).toContain(
      "The votes of Spec Core Team were not kept, and nobody can count them again.",
    );
  });
});

describe("a key", () => {
  const secondKey = publicHalf(ANOTHER);
  /** Somebody who may push lists a key of their own, and what they write names that commit. */
  const listedByPush = (): CaseFile => {
    const [version] = saved.history ?? [];
    const text = (version?.text ?? "").replace(RECORD_KEY, `${RECORD_KEY}, ${secondKey}`);
    const commit = "b".repeat(40);
    const pushed = {
      ...saved,
      configs: [...saved.configs, { commit, text }],
      history: [
        ...(saved.history ?? []),
        { commit, text, at: (version?.at ?? 0) + HOUR, pull: null, records: [] },
      ],
    };
    const rules = (record: PublicRecord) => ({ ...record.rules, decided: commit, end: commit });
    return signedAnew(pushed, (record) => ({ ...record, rules: rules(record) }), ANOTHER);
  };

  it("record.signed: that was never lawful, listed only in a config that nobody approved", () => {
    const { code, outcomes, told } = judged(listedByPush());
    expect([code, outcomes.signed]).toEqual([4, "contradicted"]);
    expect(told).toContain("Only a config that nobody approved (bbbbbbb) lists that key.");
    expect(told).toContain("The config of bbbbbbb was pushed, and nobody voted on it.");
  });

  it("record.signed: that somebody brings along decides, whatever the config lists", () => {
    expect(judged(saved, [RECORD_KEY]).outcomes.signed).toBe("proven");
    const { outcomes, told } = judged(saved, [secondKey]);
    expect(outcomes.signed).toBe("contradicted");
    expect(told).toContain("That is not the key you have given.");
  });

  /** Every team that a change of the rules needs, as the config has it, and all of them say yes. */
  const allOf = (text: string | null | undefined, record: PublicRecord): readonly PublicTally[] => {
    const rules = parsedRules(text ?? "");
    const [route = []] = rules?.amendments.rules ?? [];
    const cast = { via: "command", source: null, at: record.at, head: "" } as const;
    return route.map((need): PublicTally => {
      const team = rules?.teams.find(({ slug }) => slug === need.team);
      const votes = (team?.members ?? []).map(
        ({ login, id }): PublicVote => ({ member: { login, id }, choice: "yes", cast, voided: null }),
      );
      const told = { team: need.team, title: team?.title ?? "", need, size: votes.length, since: null };
      return { ...told, at: record.at, moment: "conclusion", votes };
    });
  };

  /** An amendment that nobody voted on, in a record that looks like one of the clerk's, with the config that it would make. */
  const amendment = (savedBy: FoundRecord["savedBy"]): CaseFile => {
    const [version] = saved.history ?? [];
    const text = (version?.text ?? "").replace(RECORD_KEY, secondKey);
    const fingerprint = (of: string) => {
      const rules = parsedRules(of);
      return rules === null ? "" : rulesFingerprint(rules);
    };
    const steps = { base: fingerprint(version?.text ?? ""), makes: fingerprint(text) };
    const forged = signedAnew(
      saved,
      (record) => ({
        ...record,
        outcome: "amendment",
        amendment: steps,
        teams: allOf(version?.text, record),
      }),
      ANOTHER,
    );
    const records = forged.records.map((one) => ({ ...one, savedBy }));
    const later = {
      commit: "c".repeat(40),
      text,
      at: Date.parse("2026-04-01T00:00:00Z"),
      pull: saved.proposal,
      records,
    };
    return { ...forged, records, history: [...(saved.history ?? []), later] };
  };

  it("record.signed: that only the amendment itself lists is good for it only where GitHub says that the clerk wrote it", () => {
    expect(judged(amendment("the clerk")).outcomes.signed).toBe("proven");
    for (const by of ["somebody else", "not known"] as const)
      expect(judged(amendment(by)).outcomes.signed).toBe("contradicted");
  });
});

describe("the register as a whole", () => {
  const KEYS = SigningKeys.from(SECRET);
  const HOST = () => new URL(r.sandbox.url).host;
  const checkpointAt = (line: { number: number; hash: string }) =>
    checkpointOf(saved.repository.id, line, { keys: KEYS, listed: [RECORD_KEY], host: HOST() });
  const facts = (changes: Partial<ChainFacts> = {}, found = records): ChainFacts => ({
    repository: saved.repository.id,
    host: HOST(),
    register,
    found: (line) => found[line.number - 1] ?? null,
    whose: (one) =>
      one.signature?.key === RECORD_KEY
        ? { outcome: "proven", text: "" }
        : { outcome: "contradicted", text: "another key" },
    keys: [RECORD_KEY],
    kept: null,
    ...changes,
  });
  const outcomes = (levels: readonly Level[]) =>
    Object.fromEntries(levels.map(({ level, outcome }) => [level, outcome]));
  const told = (levels: readonly Level[]) => levels.flatMap(({ findings }) => findings).join("\n");
  const signed = (record: PublicRecord): FoundRecord => {
    const json = canonicalJson(record);
    return {
      json,
      hash: hashOf(json),
      signature: signatureBy(KEYS, json),
      checkpoint: null,
      url: "",
      motion: null,
      savedBy: "the clerk",
    };
  };
  const recordAt = (index: number): PublicRecord => {
    const read = readRecord(records[index]?.json ?? "");
    if (read.kind === "not") throw new Error(read.why);
    return read.record;
  };
  const LEVELS = {
    numbers: "proven",
    chain: "proven",
    signatures: "proven",
    lines: "proven",
    checkpoint: "proven",
  };

  it("record.signed: an honest one is proven, also against a checkpoint kept at its first record", () => {
    const levels = chainLevels(facts({ kept: checkpointAt(register.lines[0] ?? { number: 0, hash: "" }) }));
    expect(outcomes(levels), told(levels)).toEqual({ ...LEVELS, kept: "proven" });
    expect(exitCodeOf(levels)).toBe(0);
  });

  it("record.signed: a record left out in the middle leaves a gap", () => {
    const lines = register.lines.filter(({ number }) => number !== 2);
    const levels = chainLevels(facts({ register: { ...register, lines } }));
    expect(outcomes(levels)).toMatchObject({ numbers: "contradicted", chain: "contradicted" });
    expect(told(levels)).toContain("The register has no line for record 2.");
  });

  it("record.signed: left out by a dishonest clerk that numbers and signs the rest anew: a kept checkpoint tells", () => {
    const third = signed({ ...recordAt(2), number: 2, previous: records[0]?.hash ?? null });
    const lines = register.lines
      .filter(({ number }) => number !== 2)
      .map((line) => (line.number === 3 ? { ...line, number: 2, hash: third.hash } : line));
    const newest = lines.at(-1) ?? { number: 0, hash: "" };
    const without = { register: { lines, checkpoint: checkpointAt(newest) } };
    const found = [records[0], third].flatMap((one) => one ?? []);
    expect(exitCodeOf(chainLevels(facts(without, found)))).toBe(0);
    for (const line of register.lines.slice(1)) {
      const levels = chainLevels(facts({ ...without, kept: checkpointAt(line) }, found));
      expect(outcomes(levels)).toEqual({ ...LEVELS, kept: "contradicted" });
    }
  });

  it("record.signed: the newest one removed: a kept checkpoint tells", () => {
    const lines = register.lines.slice(0, 2);
    const removed = { register: { lines, checkpoint: checkpointAt(lines[1] ?? { number: 0, hash: "" }) } };
    expect(exitCodeOf(chainLevels(facts(removed)))).toBe(0);
    const levels = chainLevels(facts({ ...removed, kept: register.checkpoint }));
    expect(outcomes(levels)).toEqual({ ...LEVELS, kept: "contradicted" });
    expect(told(levels)).toContain(
      "There were 3 records when that checkpoint was made, and now there are 2: the newest were taken away.",
    );
  });

  it("record.signed: the register issue rewritten: its lines are not those of the records", () => {
    const lines = register.lines.map((line) => (line.number === 2 ? { ...line, outcome: "close" } : line));
    const levels = chainLevels(facts({ register: { ...register, lines } }));
    expect(outcomes(levels)).toMatchObject({ numbers: "proven", chain: "proven", lines: "contradicted" });
    expect(told(levels)).toContain("The line of record 2 says otherwise than the record: the outcome.");
  });

  it("record.signed: a record rewritten and signed anew: the one after it holds another hash", () => {
    const second = signed({ ...recordAt(1), outcome: "close" });
    const lines = register.lines.map((line) =>
      line.number === 2 ? { ...line, hash: second.hash, outcome: "close" } : line,
    );
    const found = records.map((one, at) => (at === 1 ? second : one));
    const levels = chainLevels(facts({ register: { ...register, lines } }, found));
    expect(outcomes(levels)).toMatchObject({ chain: "contradicted", signatures: "proven", lines: "proven" });
    expect(told(levels)).toContain("Record 3 does not hold the hash of the record before it.");
  });

  it("record.signed: a comment that is gone is missing evidence; the record after it still tells its hash", () => {
    const levels = chainLevels(
      facts({ found: (line) => (line.number === 2 ? null : (records[line.number - 1] ?? null)) }),
    );
    expect([exitCodeOf(levels), outcomes(levels)]).toMatchObject([
      3,
      { chain: "proven", signatures: "missing" },
    ]);
    expect(told(levels)).toContain("Record 2 is gone from");
  });

  it("record.signed: a checkpoint by another key, of another repository, or of no form", () => {
    const other = SigningKeys.from(ANOTHER);
    const [line = { number: 0, hash: "" }] = register.lines;
    const by = (repository: number, keys: SigningKeys) =>
      checkpointOf(repository, line, { keys, listed: [], host: HOST() });
    for (const kept of [by(saved.repository.id, other), by(1, KEYS), "a note"])
      expect(outcomes(chainLevels(facts({ kept })))).toMatchObject({ kept: "contradicted" });
    const checkpoint = checkpointAt(line);
    expect(outcomes(chainLevels(facts({ register: { ...register, checkpoint } })))).toMatchObject({
      checkpoint: "contradicted",
    });
  });

  it("record.signed: where no config lists a key, whose a checkpoint is cannot be told, which contradicts nothing", () => {
    const honest = chainLevels(facts({ keys: [], kept: register.checkpoint }));
    expect(outcomes(honest)).toMatchObject({ checkpoint: "missing", kept: "missing" });
    expect(told(honest)).toContain("It is at record 3, the newest; whose key signed it cannot be told");
    expect(exitCodeOf(honest)).toBe(3);
    const [line = { number: 0, hash: "" }] = register.lines;
    const behind = facts({ keys: [], register: { ...register, checkpoint: checkpointAt(line) } });
    expect(outcomes(chainLevels(behind))).toMatchObject({ checkpoint: "contradicted" });
    const changed = checkpointAt({ number: 3, hash: line.hash });
    expect(outcomes(chainLevels(facts({ keys: [], kept: changed })))).toMatchObject({ kept: "contradicted" });
  });

  it("record.signed: no register at all, where a checkpoint was kept, was taken away", () => {
    expect(exitCodeOf(chainLevels(facts({ register: null })))).toBe(3);
    expect(exitCodeOf(chainLevels(facts({ register: null, kept: register.checkpoint })))).toBe(4);
  });
});
