import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decidedTeams } from "../../src/domain/decide/decided.js";
import { recordedTally } from "../../src/domain/decide/recorded.js";
import type { WordsContext } from "../../src/domain/messages/context.js";
import { explain } from "../../src/domain/messages/explain.js";
import { samePerson } from "../../src/domain/model/people.js";
import type { RecordedTally, TallySince } from "../../src/domain/model/register.js";
import { DAY } from "../../src/domain/text/time.js";
import { amendment, threshold } from "../support/amendmentWorld.js";
import { rules } from "../support/rules.js";
import { HEAD, inFcp, proposed, type World } from "../support/world.js";

const VOTERS = ["ara4n", "erikjohnston", "richvdh", "dbkr", "uhoreg", "turt2live"];
const TEAM = "spec-core-team";

const record = (w: World) => w.comments("announce", "1:concluded")[0]?.body ?? "";
const status = (w: World) => w.status()?.body ?? "";
const contextOf = (w: World): WordsContext => {
  const { repository, pull } = w.snapshot();
  return { rules: w.rules, repository, pull, mention: "mscbot" };
};
const explained = (w: World) => explain(w.decide(), contextOf(w));
/** Everywhere a decision is told but in its record. */
const told = (w: World) => [status(w), w.check?.title ?? "", w.check?.summary ?? "", explained(w)];
const over = (w: World) => {
  w.reconcile();
  w.wait(6 * DAY);
  w.reconcile();
  return w;
};
const PASSED = "passed on 2 March 2026 with 6 of 8";
/** Whatever would have somebody believe that a vote is missing. */
const ASKS = /\d more|not passed|next step is review|\d of \d+ needed/;

const HAPPENINGS: readonly (readonly [string, (w: World) => void])[] = [
  ["nothing happens", () => {}],
  ["two take their votes back", (w) => ["ara4n", "dbkr"].map((login) => w.say(login, "@mscbot retract"))],
  ["all take their votes back", (w) => VOTERS.map((login) => w.say(login, "@mscbot retract"))],
  [
    "two unticked their boxes",
    (w) => ["ara4n", "dbkr"].map((login) => w.tick(login, login, { untick: true })),
  ],
  ["four join the team", (w) => ["new1", "new2", "new3", "new4"].map((login) => w.join(TEAM, login))],
  ["two voters leave the team", (w) => ["dbkr", "uhoreg"].map((login) => w.leave(TEAM, login))],
  ["every voter leaves the team", (w) => VOTERS.map((login) => w.leave(TEAM, login))],
  ["the whole team leaves", (w) => w.rules.teams[0]?.members.map(({ login }) => w.leave(TEAM, login))],
  [
    "one asks for changes, and that is resolved",
    (w) => {
      w.review("dbkr", "changes_requested", "no");
      w.reconcile();
      w.say("dbkr", "@mscbot resolve C1");
    },
  ],
];

describe("record.decided", () => {
  test.each(HAPPENINGS)(
    "record.decided: %s in FCP: the record shows the six votes of eight that decided",
    (_, happens) => {
      const w = inFcp();
      happens(w);
      over(w);
      expect(w.register.motion?.end?.kind).toBe("concluded");
      expect(record(w)).toContain(
        "**Spec Core Team**: 6 of 6 needed, of 8 (75%), when the Final Comment Period began on 2 March 2026",
      );
      for (const voter of VOTERS) expect(record(w)).toContain(`- ${voter}: [approved](`);
      expect(record(w)).toContain("- KitsuneRal: no vote");
    },
  );

  test.each(HAPPENINGS)(
    "record.decided: %s in FCP: status, check and explain say that it passed, and ask nobody",
    (_, happens) => {
      const w = inFcp();
      happens(w);
      w.reconcile();
      for (const text of told(w)) expect(text).not.toMatch(ASKS);
      expect(status(w)).toContain(PASSED);
      expect(w.check?.summary).toContain(PASSED);
      expect(explained(w)).toContain(PASSED);
      over(w);
      for (const text of told(w)) expect(text).not.toMatch(ASKS);
      expect(status(w)).toContain(PASSED);
      expect(w.check?.summary).toContain(PASSED);
      expect(explained(w)).toContain(PASSED);
    },
  );

  test("record.decided: a vote is told with its means, its link, its time, and its commit where that is another", () => {
    const w = proposed();
    w.review("ara4n", "approved");
    w.push("b".repeat(40));
    w.reconcile();
    for (const login of ["erikjohnston", "dbkr", "uhoreg"]) w.say(login, "@mscbot reviewed");
    w.tick("turt2live");
    over(w);
    for (const line of [
      /^- ara4n: \[approved\]\(\S+review-\d+\) by review on 2 March 2026, 12:01 UTC, at \[`aaaaaaa`\]\(\S+\)$/m,
      /^- erikjohnston: \[approved\]\(\S+comment-\d+\) by command on 2 March 2026, 12:01 UTC$/m,
      /^- richvdh: \[approved\]\(\S+\) by proposing it on 2 March 2026, 12:00 UTC, at/m,
      /^- turt2live: \[approved\]\(\S+\) by tick on 2 March 2026, 12:01 UTC$/m,
    ])
      expect(record(w)).toMatch(line);
  });

  test("record.decided: what changed since stands beside it: taken back, changed, given later, left, joined", () => {
    const w = inFcp();
    w.say("ara4n", "@mscbot retract");
    w.say("dbkr", "@mscbot abstain");
    w.say("KitsuneRal", "@mscbot reviewed");
    w.leave(TEAM, "uhoreg");
    w.leave(TEAM, "anoadragon453");
    w.join(TEAM, "new1");
    w.join(TEAM, "new2");
    w.join(TEAM, "new3");
    w.reconcile();
    w.say("new2", "@mscbot reviewed");
    w.reconcile();
    const changes = [
      /^- ara4n took the approval back by \[command\]\(\S+\) on 2 March 2026$/m,
      /^- dbkr had approved, and abstained later by \[command\]\(\S+\) on 2 March 2026$/m,
      /^- KitsuneRal approved later by \[command\]\(\S+\) on 2 March 2026$/m,
      /^- uhoreg, who had approved, is not on the team any more$/m,
      /^- anoadragon453, who had not voted, is not on the team any more$/m,
      /^- new1 joined the team$/m,
      /^- new2 joined the team, and approved by \[command\]\(\S+\) on 2 March 2026$/m,
    ];
    for (const change of changes) expect(status(w)).toMatch(change);
    expect(status(w)).toContain("- members: 8 when it was decided, 9 now");
    expect(status(w)).not.toContain("Not counted");
    over(w);
    for (const change of changes) expect(record(w)).toMatch(change);
    expect(record(w)).toContain("- members: 8 when it was decided, 9 at the end");
    // What happens after the end changes no record, and no status comment.
    w.leave(TEAM, "erikjohnston");
    const before = status(w);
    w.reconcile();
    expect(status(w)).toBe(before);
  });

  test("record.decided: a vote taken back and given again is no change, and a renamed member has not left", () => {
    const w = inFcp();
    w.say("ara4n", "@mscbot retract");
    w.say("ara4n", "@mscbot reviewed");
    w.rename("dbkr", "dbkr2");
    w.rules = rules({
      teams: w.rules.teams.map((team) => ({
        ...team,
        members: team.members.map((one) => (one.login === "dbkr" ? { ...one, login: "dbkr2" } : one)),
      })),
    });
    over(w);
    expect(record(w)).not.toContain("Changed");
    expect(record(w)).toContain("- dbkr: [approved](");
  });

  test("record.decided: the text and the roster of the beginning, and what they were at the end", () => {
    const w = inFcp();
    w.push("b".repeat(40));
    w.reconcile();
    w.wait(6 * DAY);
    w.reconcile();
    expect(record(w)).toMatch(
      /^- Text: \[`aaaaaaa`\]\(\S+\) when the Final Comment Period began; \[`bbbbbbb`\]\(\S+\) when it concluded \(\[aaaaaaa\.\.\.bbbbbbb\]\(\S+\)\)$/m,
    );
    expect(record(w)).toMatch(/^- Roster and rules: \[`ccccccc`\]\(\S+\)$/m);
  });

  test("record.decided: an update of the branch makes no other text of what was decided, nor of what was voted on", () => {
    const w = proposed();
    w.review("ara4n", "approved");
    w.reconcile();
    w.push("b".repeat(40), HEAD);
    w.reconcile();
    for (const login of ["erikjohnston", "dbkr", "uhoreg", "turt2live"]) w.say(login, "@mscbot reviewed");
    w.reconcile();
    w.push("d".repeat(40), HEAD);
    over(w);
    expect(record(w)).toMatch(
      /^- Text: \[`bbbbbbb`\]\(\S+\); the same at \[`ddddddd`\]\(\S+\), the head when it concluded$/m,
    );
    expect(record(w)).toMatch(
      /^- ara4n: \[approved\]\(\S+review-\d+\) by review on 2 March 2026, 12:01 UTC$/m,
    );
  });

  test("record.decided: counted over those who do not abstain, it says over whom it passed", () => {
    const need = {
      team: TEAM,
      threshold: { numerator: 2, denominator: 3 },
      quorum: { numerator: 3, denominator: 4 },
    };
    const w = proposed({
      rules: rules({ decisions: [{ name: "present", match: { labels: [], paths: [] }, approval: [need] }] }),
    });
    for (const login of ["ara4n", "dbkr"]) w.say(login, "@mscbot abstain");
    for (const login of ["erikjohnston", "uhoreg", "turt2live"]) w.say(login, "@mscbot reviewed");
    w.reconcile();
    w.say("uhoreg", "@mscbot retract");
    over(w);
    const passed = "passed on 2 March 2026 with 4 of 6 who do not abstain, 6 of 8 voting";
    for (const text of [status(w), w.check?.summary, explained(w)]) expect(text).toContain(passed);
    expect(record(w)).toContain(
      "**Spec Core Team**: 4 of 4 needed, of 6 who do not abstain; quorum: 6 of 6 needed, of 8",
    );
  });

  test("record.decided: accepted and merged reads as merged, in every place", () => {
    const w = over(inFcp());
    w.merge("richvdh");
    w.reconcile();
    expect(status(w).split("\n")[0]).toMatch(
      /^\*\*Merged\*\* on 8 March 2026, \S+ UTC, as decided: accepted on 8 March 2026/,
    );
    expect(status(w)).toContain(PASSED);
    expect(status(w)).not.toMatch(/to be merged|can be merged/);
    expect(explained(w)).toContain("Merged after its Final Comment Period.");
    expect(w.check?.title).toBe("Merged after its Final Comment Period.");
    expect(w.check?.summary).toContain(PASSED);
    for (const text of told(w)) expect(text).not.toMatch(ASKS);
  });

  test("record.decided: a decision to close reads as closed, and asks for no votes on anything else", () => {
    const w = over(inFcp({}, "close"));
    expect(w.pull.state).toBe("closed");
    expect(status(w).split("\n")[0]).toMatch(/^\*\*Closed\*\*, as decided on /);
    for (const text of [status(w), w.check?.summary, explained(w)]) {
      expect(text).toContain(PASSED);
      expect(text).not.toMatch(/to be closed/);
      expect(text).not.toMatch(ASKS);
    }
    expect(w.check?.title).toBe("Decided: the Final Comment Period has concluded, and this is closed.");
  });

  test("record.decided: left to people to close, it is said until somebody has closed it, and then that it is", () => {
    const { conclude } = rules();
    const w = over(inFcp({ rules: rules({ conclude: { ...conclude, close: "nothing" } }) }, "close"));
    expect(status(w)).toContain("to be closed.");
    w.close("richvdh");
    w.reconcile();
    expect(status(w)).toMatch(/^\*\*Closed\*\*, as decided on /);
    w.reopen("richvdh");
    const last = status(w);
    w.reconcile();
    expect(status(w)).toBe(last);
  });
});

describe("record.decided: where more is needed since (decision.ratchet)", () => {
  test("record.decided: a team added in FCP is asked, and told by the moment at which it had passed", () => {
    const w = inFcp();
    w.label("dbkr", "kind:governance");
    w.reconcile();
    expect(status(w)).toContain(PASSED);
    expect(status(w)).toContain("**0 of 2 needed, of 2** (75%).");
    expect(w.check?.summary).toMatch(/Guardians \| 0 \| 2 \(75%\) \| 2 \| 2 more/);
    w.say("AmandineLP", "@mscbot reviewed");
    w.say("ara4n", "@mscbot reviewed as guardians");
    over(w);
    expect(record(w)).toContain(
      "**Spec Core Team**: 6 of 6 needed, of 8 (75%), when the Final Comment Period began on 2 March 2026",
    );
    expect(record(w)).toContain(
      "**Guardians**: 2 of 2 needed, of 2 (75%), when it concluded on 8 March 2026: needed only since the Final Comment Period had begun",
    );
    expect(status(w)).toContain("**Guardians** passed on 8 March 2026 with 2 of 2 (75%)");
    expect(w.check?.summary).toContain("passed on 8 March 2026 with 2 of 2");
  });

  test("record.decided: a team of which more is asked since is asked for that, and its first decision is told", () => {
    const all = { numerator: 1, denominator: 1 };
    const needs = [{ team: TEAM, threshold: all }];
    const w = inFcp({
      rules: rules({
        decisions: [
          { name: "hard", match: { labels: ["hard"], paths: [] }, approval: needs },
          ...rules().decisions,
        ],
      }),
    });
    w.label("dbkr", "hard");
    w.reconcile();
    expect(status(w)).toContain("**6 of 8 needed, of 8** (100%).");
    expect(status(w)).toContain(`This team ${PASSED} (75%); more is needed since.`);
    expect(status(w).match(/\[[ x]\] @ara4n/g)).toHaveLength(1);
    for (const login of ["KitsuneRal", "anoadragon453"]) w.say(login, "@mscbot reviewed");
    over(w);
    expect(record(w)).toContain(
      "**Spec Core Team**: 6 of 6 needed, of 8 (75%), when the Final Comment Period began",
    );
    expect(record(w)).toContain("**Spec Core Team**: 8 of 8 needed, of 8 (100%), when it concluded");
  });
});

describe("record.decided: what is not known is not made up", () => {
  test("record.decided: with the record lost in FCP the votes it began with are not known, and that is said", () => {
    const w = inFcp();
    w.say("ara4n", "@mscbot retract");
    w.reconcile();
    w.forget();
    w.reconcile();
    expect(w.register.motion?.fcp).toMatchObject({ state: "running", decided: null });
    expect(status(w)).toContain(
      "Final Comment Period since 2 March 2026, its first votes were not kept; 5 of 8 are known to have approved (75%).",
    );
    expect(status(w)).not.toMatch(/passed on/);
    for (const text of told(w)) expect(text).not.toMatch(ASKS);
  });

  test("record.decided: a record of before, with the votes of its end alone, is told as that", () => {
    const w = inFcp();
    const { register } = w;
    const { motion } = register;
    if (motion?.fcp?.state !== "running") throw new Error("it runs");
    w.register = { ...register, motion: { ...motion, fcp: { ...motion.fcp, decided: null } } };
    w.say("ara4n", "@mscbot retract");
    over(w);
    expect(record(w)).toContain(
      "**Spec Core Team**: 5 of 6 needed, of 8 (75%), when the Final Comment Period concluded; the votes it began with were not kept",
    );
    expect(record(w)).not.toContain("Changed");
    expect(w.check?.summary).toContain(
      "| Spec Core Team | 5 | 75% | 8 | Final Comment Period since 2 March 2026, its first votes were not kept; 5 of 8 are known to have approved |",
    );
  });

  test("record.decided: cancelled in FCP, it shows the votes until then and no decision", () => {
    const w = inFcp();
    w.say("ara4n", "@mscbot fcp cancel");
    w.reconcile();
    expect(status(w)).toContain("**Spec Core Team**, votes given until then:");
    expect(status(w)).not.toContain("passed");
    expect(w.register.motion?.end?.kind).toBe("cancelled");
  });

  test("record.decided: proposed anew, nothing of the former decision is told of the new motion", () => {
    const w = over(inFcp());
    w.say("dbkr", "@mscbot fcp merge");
    w.reconcile();
    expect(w.status()?.body).toContain("**1 of 6 needed, of 8** (75%).");
    expect(w.check?.summary).not.toContain("passed on");
    expect(w.register.past[0]?.fcp?.decided).toBeNull();
  });
});

describe("record.decided: amendments", () => {
  const everyone = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"];

  test("record.decided: the record of an amendment lists a vote that a push made void, as void", () => {
    const w = amendment(threshold(1, 2), { author: "richvdh" });
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    w.say("KitsuneRal", "@mscbot reviewed");
    w.reconcile();
    w.amend(threshold(2, 3), "b".repeat(40));
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    for (const login of [...everyone, "AmandineLP"]) w.say(login, "@mscbot reviewed");
    w.say("ara4n", "@mscbot reviewed as guardians");
    over(w);
    expect(w.check?.verdict).toBe("success");
    expect(record(w)).toContain("**Spec Core Team**: 6 of 6 needed, of 8 (75%)");
    expect(record(w)).toMatch(
      /^- KitsuneRal: \[approved\]\(\S+\) by command on 2 March 2026, \S+ UTC, at \[`aaaaaaa`\]\(\S+\); \*\*voided\*\*/m,
    );
    expect(record(w)).toContain("- anoadragon453: no vote");
    expect(explained(w)).toMatch(/- KitsuneRal: yes, .*; voided by a push/);
  });

  test("record.decided: what an amendment needs stays open while it is in FCP", () => {
    const w = amendment(threshold(1, 2), { author: "richvdh" });
    w.reconcile();
    w.say("richvdh", "@mscbot propose");
    for (const login of [...everyone, "AmandineLP"]) w.say(login, "@mscbot reviewed");
    w.say("ara4n", "@mscbot reviewed as guardians");
    w.reconcile();
    w.say("dbkr", "@mscbot retract");
    w.reconcile();
    expect(status(w)).toContain("**5 of 6 needed, of 8** (75%).");
    expect(status(w)).not.toContain("passed on");
  });
});

describe("record.decided: whatever happens in FCP", () => {
  const names = [...VOTERS, "anoadragon453", "KitsuneRal", "new1", "new2", "new3"] as const;
  const doing = fc.record({
    who: fc.constantFrom(...names),
    what: fc.constantFrom("reviewed", "retract", "abstain", "join", "leave"),
  });

  /** The votes that decided, with what has changed since, are the votes as they stand. */
  const applied = (then: RecordedTally, since: TallySince | null) => {
    if (since === null) return then.votes.map(({ member, choice }) => `${member.login} ${choice}`).sort();
    const stays = then.votes.filter(
      ({ member }) =>
        ![...since.left, ...since.votes.map((vote) => vote.member)].some((one) => samePerson(one, member)),
    );
    return [...stays, ...since.votes].map(({ member, choice }) => `${member.login} ${choice}`).sort();
  };

  test("record.decided: what decided, with what has changed since, is what stands; and the record always shows six of eight", () => {
    fc.assert(
      fc.property(fc.array(doing, { maxLength: 12 }), (doings) => {
        const w = inFcp();
        for (const { who, what } of doings) {
          const seated = w.rules.teams[0]?.members.some(({ login }) => login === who) === true;
          if (what === "join") seated || w.join(TEAM, who);
          else if (what === "leave") w.leave(TEAM, who);
          else w.say(who, `@mscbot ${what}`);
        }
        const { register, tallies } = w.reconcile();
        const present = tallies.map(recordedTally);
        const [team] = register.motion === null ? [] : decidedTeams(register.motion, present);
        if (team?.votes == null) throw new Error("it is decided");
        const stand = present[0]?.votes.map(({ member, choice }) => `${member.login} ${choice}`).sort();
        expect(applied(team.votes, team.since)).toEqual(stand);
        expect(team.since?.size ?? team.votes.size).toBe(present[0]?.size);
        over(w);
        const end = w.register.motion?.end;
        if (end?.kind !== "concluded") throw new Error("it has concluded");
        expect(applied(team.votes, end.since[0] ?? null)).toEqual(stand);
        expect(record(w)).toContain("6 of 6 needed, of 8 (75%)");
        for (const voter of VOTERS) expect(record(w)).toContain(`- ${voter}: [approved](`);
      }),
      { numRuns: 30 },
    );
  });
});
