import { parsedRules } from "msc-clerk/cli/parsedRules.js";
import type { CaseFile } from "msc-clerk/decisions/verify/caseFile.js";
import { rulesFingerprint } from "msc-clerk/domain/amendment/differences.js";
import type { PublicRecord } from "msc-clerk/domain/model/publicRecord.js";
import { DAY, HOUR, iso } from "msc-clerk/domain/text/time.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";
import { caseOf, judged, signedAnew } from "../support/verifying.js";

let r: Rehearsal;
/** Approved by six of eight; a concern was raised in its Final Comment Period, and resolved late. */
let concerned: CaseFile;
/** Cancelled once with six votes in FCP, and then moved anew. */
let cancelled: CaseFile;
let overridden: CaseFile;
/** In which a member abstained first, and said yes later. */
let changed: CaseFile;

const TEAM = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"];

beforeAll(async () => {
  r = await rehearsal().start();
  const says = (n: number, login: string, text: string) =>
    r.act(() => r.as(login).comment(n, `@mscbot ${text}`));
  const moved = async (n: number) => {
    await says(n, "richvdh", "fcp merge");
    for (const login of TEAM) await says(n, login, "reviewed");
  };
  const first = r.propose("Spaces", { "proposals/1772-spaces.md": "# Spaces\n" });
  await r.settle();
  await moved(first);
  await r.advance(DAY);
  await says(first, "dbkr", "concern it leaks");
  await r.advance(7 * DAY);
  await says(first, "dbkr", "resolve C1");
  await r.advance(6 * DAY);
  const second = r.propose("Threads", { "proposals/3440-threads.md": "# Threads\n" });
  await r.settle();
  await moved(second);
  await r.advance(DAY);
  await says(second, "richvdh", "fcp cancel");
  await r.advance(HOUR);
  await moved(second);
  await r.advance(6 * DAY);
  const third = r.propose("Blurhash", { "proposals/2448-blurhash.md": "# Blurhash\n" });
  await r.settle();
  await says(third, "richvdh", "fcp merge");
  await says(third, "ara4n", "override cancelled: another way");
  await says(third, "dbkr", "second");
  await r.advance(HOUR);
  const fourth = r.propose("Knocking", { "proposals/2403-knock.md": "# Knocking\n" });
  await r.settle();
  await says(fourth, "richvdh", "fcp merge");
  await says(fourth, "uhoreg", "abstain");
  for (const login of TEAM) await says(fourth, login, "reviewed");
  await r.advance(6 * DAY);
  changed = await caseOf(r, fourth);
  concerned = await caseOf(r, first);
  cancelled = await caseOf(r, second);
  overridden = await caseOf(r, third);
}, 240_000);
afterAll(async () => {
  await r.close();
});

/** A dishonest clerk writes the line of the register as it likes, too. */
function forged(saved: CaseFile, change: (record: PublicRecord) => PublicRecord): CaseFile {
  const signed = signedAnew(saved, change);
  const found = signed.records.at(-1);
  const { register } = signed;
  if (found === undefined || register === null || register === "off") throw new Error("no register");
  const record: PublicRecord = JSON.parse(found.json);
  const lines = register.lines.map((line) =>
    line.number === record.number
      ? {
          ...line,
          hash: found.hash,
          motion: record.motion.number,
          outcome: record.outcome,
          at: Date.parse(record.at),
        }
      : line,
  );
  const records = [{ ...found, motion: record.motion.number }];
  return { ...signed, records, register: { ...register, lines } };
}

describe("a dishonest clerk, which writes the register to fit as well", () => {
  const found = (saved: CaseFile, change: (record: PublicRecord) => PublicRecord): string => {
    const all = judged(forged(saved, change));
    if (process.env.SHOW) console.log(all.told);
    expect(all.outcomes).toMatchObject({ signed: "proven", register: "proven" });
    expect(all.code, all.told).toBe(4);
    return all.told;
  };

  it("record.signed: what was not forged is proven", () => {
    for (const saved of [concerned, cancelled, overridden]) {
      const { code, told } = judged(forged(saved, (record) => record));
      expect(code, told).toBe(0);
    }
  });

  it("record.signed: an outcome that is not what was moved", () => {
    found(concerned, (record) => ({ ...record, outcome: "close" }));
    found(concerned, (record) => ({ ...record, outcome: "override finished" }));
    found(concerned, (record) => ({ ...record, outcome: "amendment" }));
    found(overridden, (record) => ({ ...record, outcome: "merge" }));
  });

  it("record.signed: an override that said the other", () => {
    found(overridden, (record) => ({ ...record, outcome: "override finished" }));
  });

  it("record.signed: a concern that was open, and that it leaves out", () => {
    found(concerned, (record) => ({ ...record, at: record.fcp?.ends ?? "", concerns: [] }));
  });

  it("record.signed: a motion that was cancelled", () => {
    const first = cancelled.thread?.utterances.find(({ author }) => author?.login === "richvdh");
    const moved = first?.createdAt ?? 0;
    found(cancelled, (record) => ({
      ...record,
      motion: { ...record.motion, number: 1, at: iso(moved), source: first?.id ?? "" },
    }));
  });

  it("record.signed: votes of a motion that was cancelled, counted for the next", () => {
    // Nobody has said anything since it was moved anew.
    const { thread } = cancelled;
    const again = thread?.utterances.findLast(({ author }) => author?.login === "richvdh");
    const early = thread?.utterances.filter(({ createdAt }) => createdAt <= (again?.createdAt ?? 0)) ?? [];
    const only: CaseFile = {
      ...cancelled,
      thread: thread === null ? null : { ...thread, utterances: early },
    };
    found(only, (record) => ({
      ...record,
      teams: record.teams.map((team) => ({
        ...team,
        votes: (team.votes ?? []).map((vote) => {
          const said = early.find(
            ({ author }) => author?.id === vote.member.id && vote.member.login !== "richvdh",
          );
          return said === undefined || vote.cast === null
            ? vote
            : { ...vote, cast: { ...vote.cast, source: said.id, at: iso(said.createdAt) } };
        }),
      })),
    }));
  });
});

describe("somebody deletes the comment in which they had changed their vote", () => {
  it("record.signed: an honest record is not contradicted by the vote of before", () => {
    const { thread } = changed;
    const later = thread?.utterances.findLast(({ author }) => author?.login === "uhoreg");
    const events = [
      ...(thread?.events ?? []),
      {
        kind: "comment_deleted" as const,
        ...{ id: "CDE_1", at: (later?.createdAt ?? 0) + DAY * 30, byClerk: false, url: "" },
        ...{ actor: later?.author ?? null, author: later?.author ?? null },
      },
    ];
    const gone: CaseFile = {
      ...changed,
      thread:
        thread === null
          ? null
          : { ...thread, events, utterances: thread.utterances.filter((one) => one !== later) },
    };
    const { code, told } = judged(gone);
    expect(code, told).toBe(3);
    expect(told).toContain("Gone from GitHub: the vote of uhoreg");
  });
});

describe("somebody pushes a config", () => {
  const COMMIT = "d".repeat(40);
  const pushed = (saved: CaseFile, change: (text: string) => string): CaseFile => {
    const [version] = saved.history ?? [];
    const text = change(version?.text ?? "");
    expect(text).not.toBe(version?.text);
    return {
      ...saved,
      configs: [...saved.configs, { commit: COMMIT, text }],
      history: [
        ...(saved.history ?? []),
        { commit: COMMIT, text, at: (version?.at ?? 0) + 1, pull: null, records: [] },
      ],
    };
  };
  const under = (record: PublicRecord): PublicRecord => ({
    ...record,
    rules: { ...record.rules, decided: COMMIT, end: COMMIT },
  });

  it("record.signed: an honest record that passes by the last lawful one too is not contradicted", () => {
    const saved = pushed(concerned, (text) =>
      text.replace(/final_comment_period: 5 days/, "final_comment_period: 4 days"),
    );
    const { code, told } = judged(forged(saved, under));
    expect(code, told).toBe(0);
  });

  it("record.signed: that lowers what is needed: the last lawful one asks for more", () => {
    const saved = pushed(concerned, (text) => text.replaceAll("75%", "25%"));
    const { code, outcomes, told } = judged(
      forged(saved, (record) => ({
        ...under(record),
        teams: record.teams.map((team) => ({
          ...team,
          need: { ...team.need, threshold: { numerator: 1, denominator: 4 } },
        })),
      })),
    );
    expect(code, told).toBe(4);
    expect(outcomes.lawful).toBe("contradicted");
  });
});

describe("an amendment that a dishonest clerk made up", () => {
  it.each([
    ["with no team at all", []],
    ["by a team of one", null],
  ] as const)("record.signed: %s makes no config lawful", (_, teams) => {
    const [version] = concerned.history ?? [];
    const text = (version?.text ?? "").replace("5 days", "4 days");
    const fingerprint = (of: string) => {
      const rules = parsedRules(of);
      return rules === null ? "" : rulesFingerprint(rules);
    };
    const step = signedAnew(concerned, (record) => ({
      ...record,
      outcome: "amendment",
      proposal: { ...record.proposal, number: 99 },
      amendment: { base: fingerprint(version?.text ?? ""), makes: fingerprint(text) },
      teams:
        teams ??
        record.teams.map((team) => ({
          ...team,
          size: 1,
          votes: (team.votes ?? []).filter(({ choice }) => choice === "yes").slice(0, 1),
        })),
    }));
    const commit = "e".repeat(40);
    const saved: CaseFile = {
      ...concerned,
      configs: [...concerned.configs, { commit, text }],
      history: [
        ...(concerned.history ?? []),
        { commit, text, at: (version?.at ?? 0) + 1, pull: 99, records: step.records },
      ],
    };
    const { told } = judged(
      forged(saved, (record) => ({ ...record, rules: { ...record.rules, decided: commit, end: commit } })),
    );
    expect(told).not.toContain("came by the amendment");
    expect(told).toContain("does not approve it: its teams or what they needed are not those of the config");
  });
});
