import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse.js";
import { heard, parseCommands } from "../../src/domain/acts/parseCommands.js";
import { decide } from "../../src/domain/decide.js";
import { desired } from "../../src/domain/desired/desired.js";
import { MAX_CHANGES } from "../../src/domain/model/change.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { HOUR } from "../../src/domain/text/time.js";
import { adding, amendment, NINTH } from "../support/amendmentWorld.js";
import { costOf } from "../support/growth.js";
import { MATRIX_CONFIG } from "../support/matrixConfig.js";
import { MATRIX } from "../support/rules.js";
import { OUTSIDER, proposed, type World, world } from "../support/world.js";
import { answerTo, openConcerns, replies, votesOf } from "./reading.js";

/* What strangers write costs a bounded time, and no member's word is lost by the bound. */

const lines = (count: number, line: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => line(at)).join("\n");
/** As much of it as a comment can hold. */
const comment = (line: (at: number) => string): string => lines(Math.floor(60_000 / line(1000).length), line);
const judged = (w: World): number => w.decide().register.judged.length;

describe("reply.always: of somebody on no team ten commands of a comment are heard", () => {
  test.each([
    ["misspelt commands", (at: number) => `@mscbot xyz${at}`],
    ["one vote again and again", () => "@mscbot reviewed"],
    ["concerns", (at: number) => `@mscbot concern ${at}`],
    ["mentions of others", (at: number) => `@other${at} hello`],
    ["bare mentions", () => "@mscbot"],
    ["long words", (at: number) => `@mscbot ${"concern".repeat(40)}${at}`],
  ])("forty comments full of %s take a moment, at the first look and at every later one", (_, line) => {
    const w = proposed();
    const full = comment(line);
    for (let at = 0; at < 40; at++) {
      w.now += 1000;
      w.say(OUTSIDER, full);
    }
    const snapshot = w.snapshot();
    const first = decide(snapshot, w.rules, w.now);
    const later = { ...snapshot, register: first.register };
    expect(costOf(() => decide(snapshot, w.rules, w.now))).toBeLessThan(400);
    expect(costOf(() => decide(later, w.rules, w.now))).toBeLessThan(400);
  });

  test("reply.scope: forty such comments on what is no proposal take a moment too, and get one reply", () => {
    const w = world({ labels: [], files: [] });
    for (let at = 0; at < 40; at++)
      w.say(
        OUTSIDER,
        comment((line) => `@mscbot concern ${at} ${line}`),
      );
    const snapshot = w.snapshot();
    expect(costOf(() => decide(snapshot, w.rules, w.now))).toBeLessThan(400);
    w.reconcile();
    expect(replies(w)).toHaveLength(1);
    expect(w.plan()).toEqual([]);
  });

  test("the tenth is answered with the rest, the eleventh is passed over", () => {
    const said = (count: number) => {
      const w = proposed();
      const before = judged(w);
      w.say(
        OUTSIDER,
        lines(count, (at) => `@mscbot concern number ${at}`),
      );
      return { acts: w.decide().verdicts.length, judged: judged(w) - before };
    };
    expect(said(10)).toEqual({ acts: 10, judged: 10 });
    expect(said(11)).toEqual({ acts: 10, judged: 10 });
    expect(said(5000)).toEqual({ acts: 10, judged: 10 });
  });

  test("a comment of many gets the reaction and one reply, and costs the register next to nothing", () => {
    const w = proposed();
    const flood = w.say(
      OUTSIDER,
      comment((at) => `@mscbot concern number ${at}`),
    );
    w.reconcile();
    expect(answerTo(w, flood)).toMatchObject({ confused: true });
    expect(replies(w)).toHaveLength(1);
    expect(openConcerns(w.reconcile())).toEqual([]);
    expect(w.plan()).toEqual([]);
    expect(JSON.stringify(w.decide().register).length).toBeLessThan(5000);
  });

  test.each([9, 10, 11, 12, 500])("act.once: joining a team later revives none of %i commands", (count) => {
    const w = proposed();
    w.say(
      OUTSIDER,
      lines(count, (at) => `@mscbot concern number ${at}`),
    );
    w.reconcile();
    w.join("spec-core-team", OUTSIDER);
    expect(openConcerns(w.reconcile())).toEqual([]);
    w.wait(HOUR);
    expect(openConcerns(w.reconcile())).toEqual([]);
  });

  test("act.once: what the new member adds to that comment is heard, and nothing else of it", () => {
    const w = proposed();
    const flood = w.say(
      OUTSIDER,
      lines(50, (at) => `@mscbot concern number ${at}`),
    );
    w.reconcile();
    w.join("spec-core-team", OUTSIDER);
    w.reconcile();
    w.wait(HOUR);
    w.edit(flood, OUTSIDER, `${lines(50, (at) => `@mscbot concern number ${at}`)}\n@mscbot reviewed`);
    const decision = w.reconcile();
    expect(openConcerns(decision)).toEqual([]);
    expect(votesOf(decision)).toContain(OUTSIDER);
  });

  test("a member's vote is heard wherever it stands, behind any flood of their own", () => {
    const w = proposed();
    w.say(
      "dbkr",
      `${lines(3000, (at) => `@mscbot xyz${at}`)}\n${lines(300, (at) => `@other${at}`)}\n@mscbot reviewed`,
    );
    expect(votesOf(w.reconcile())).toEqual(["dbkr", "richvdh"]);
  });

  test("a member known by login alone, in other capitals, is heard whole; so is a Guardian", () => {
    const bare: Rules = {
      ...MATRIX,
      teams: MATRIX.teams.map((team) => ({
        ...team,
        members: team.members.map((one) => ({ ...one, id: null })),
      })),
    };
    const w = proposed({ rules: bare });
    w.say("DBKR", `${lines(30, () => "@mscbot status")}\n@mscbot reviewed`);
    expect(votesOf(w.reconcile()).map((login) => login.toLowerCase())).toEqual(["dbkr", "richvdh"]);
  });

  test("act.durable: what a member had accepted is found again with the register lost, also once they have left", () => {
    const w = proposed();
    w.say("dbkr", `${lines(15, (at) => `@mscbot status ${at}`)}\n@mscbot concern the fifteenth`);
    expect(openConcerns(w.reconcile())).toEqual(["the fifteenth"]);
    w.leave("spec-core-team", "dbkr");
    w.reconcile();
    const lost = { ...w.snapshot(), register: null };
    expect(openConcerns(decide(lost, w.rules, w.now))).toEqual(["the fifteenth"]);
  });

  test("of misspelt commands twenty are kept, whoever says them: no vote is among them", () => {
    const commands = parseCommands(
      [...Array.from({ length: 100 }, (_, at) => `@mscbot xyz${at}`), "@mscbot reviewed"],
      ["mscbot"],
    );
    expect(commands).toHaveLength(21);
    expect(commands.at(-1)).toMatchObject({ verb: "vote" });
  });

  test("whether all was heard is known to the very line", () => {
    const within = { commands: 2, lines: 3 };
    const say = (...said: readonly string[]) => heard(said, ["mscbot"], within);
    expect(say("@mscbot help", "@mscbot help")).toMatchObject({ whole: true, commands: [{}, {}] });
    expect(say("@mscbot help", "@mscbot help", "not to the clerk")).toMatchObject({ whole: true });
    expect(say("@mscbot help", "@mscbot help", "@somebody")).toMatchObject({ whole: false });
    expect(say("@a", "@b", "@c")).toMatchObject({ whole: true, commands: [] });
    expect(say("@a", "@b", "@c", "@mscbot help")).toMatchObject({ whole: false, commands: [] });
  });

  test("words before the mention that nobody sees are looked through", () => {
    expect(
      parseCommands(["\u200b @ms\u200bcbot reviewed", "\ufeff\u2060@mscbot help"], ["mscbot"]),
    ).toHaveLength(2);
  });
});

describe("amend.preview: an outsider's config is tried on every open motion", () => {
  const motions = Array.from({ length: 60 }, (_, at) => {
    const files = Array.from({ length: 10 }, (_file, file) => ({
      path: `proposals/2448-a-quite-ordinary-name-of-a-proposal-${at}-${file}.md`,
      change: "added" as const,
    }));
    const w = world({ files });
    w.say("richvdh", "@mscbot fcp merge");
    w.reconcile();
    return w.snapshot();
  });
  const withPaths = (paths: readonly string[]): Rules => {
    const text = MATRIX_CONFIG.replace(
      "paths: [proposals/1779-*.md]",
      `paths: [${paths.map((path) => `"${path}"`).join(", ")}]`,
    );
    const parsed = parseConfig(text);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults[0]));
    return parsed.rules;
  };
  // With the one of `proposal_paths` a hundred: as many and as hard as a config can have.
  const worst = (piece: string) =>
    Array.from(
      { length: 99 },
      (_, at) => `${piece.repeat(8 / (piece.split("*").length - 1))}${"?".repeat(20)}z${at}`,
    );

  test.each(["*a", "**?", "*?-", "**-", "*"])("a hundred of the worst globs take a moment: %s", (piece) => {
    const a = amendment(() => withPaths(worst(piece)));
    a.openMotions = motions;
    const snapshot = a.snapshot();
    expect(costOf(() => desired(decide(snapshot, a.rules, a.now), snapshot, a.rules))).toBeLessThan(1500);
  });
});

describe("amend.rules: an amendment makes a bounded number of changes", () => {
  const many = (count: number) => (rules: Rules) =>
    Array.from({ length: count }, (_, at) => adding(`n${at}`, 10_000 + at)).reduce(
      (so, add) => add(so),
      rules,
    );

  test("as many changes as are weighed are weighed, of one more nothing is", () => {
    const a = amendment(many(MAX_CHANGES));
    expect(a.reconcile()).toMatchObject({ amendment: { refusals: [] } });
    expect(a.decide().amendment?.changes).toHaveLength(MAX_CHANGES);
    const b = amendment(many(MAX_CHANGES + 1));
    expect(b.reconcile()).toMatchObject({
      check: "failure",
      amendment: {
        changes: [],
        refusals: [{ code: "too_many", what: "changes", count: MAX_CHANGES + 1, limit: MAX_CHANGES }],
      },
    });
  });

  test("amend.identity: more people than are looked up make the whole of it refused, whoever votes for it", () => {
    const a = amendment(many(41));
    const snapshot = () => {
      const whole = a.snapshot();
      return {
        ...whole,
        amendment: whole.amendment ? { ...whole.amendment, accounts: [], tooManySeats: 41 } : null,
      };
    };
    a.say("richvdh", "@mscbot propose");
    for (const login of ["ara4n", "dbkr", "uhoreg"]) a.say(login, "@mscbot reviewed");
    const decision = decide(snapshot(), a.rules, a.now);
    expect(decision).toMatchObject({
      check: "failure",
      amendment: { changes: [], refusals: [{ code: "too_many", what: "people", count: 41, limit: 40 }] },
    });
    expect(decision.register.lastSeen?.fingerprints).toEqual([]);
  });

  test("config.lawful: what brings the last lawful config back is never too much", () => {
    const emptied: Rules = {
      ...MATRIX,
      teams: MATRIX.teams.map((team) => ({ ...team, members: team.members.slice(0, 1) })),
    };
    const crowd = many(300)(MATRIX);
    const a = amendment(() => crowd, { rules: emptied });
    a.lawfulRules = crowd;
    const whole = a.snapshot();
    const snapshot = {
      ...whole,
      amendment: whole.amendment ? { ...whole.amendment, tooManySeats: 307 } : null,
    };
    expect(decide(snapshot, emptied, a.now)).toMatchObject({
      check: "success",
      amendment: { restores: true, refusals: [] },
    });
  });

  test("a roster of a thousand is compared with another of a thousand in a moment", () => {
    const team = (from: number): Rules => ({
      ...MATRIX,
      teams: MATRIX.teams.map((one) =>
        one.slug === "guardians"
          ? one
          : {
              ...one,
              lead: null,
              members: Array.from({ length: 1000 }, (_, at) => ({
                ...NINTH,
                login: `n${from + at}`,
                id: from + at,
              })),
            },
      ),
    });
    const a = amendment(() => team(5), { rules: team(1) });
    const snapshot = a.snapshot();
    expect(costOf(() => decide(snapshot, a.rules, a.now))).toBeLessThan(1000);
  });
});
