import { describe, expect, test } from "vitest";
import { asAdopted, judgedBy } from "../../src/cli/draft/asAdopted.js";
import { isSame, simulated, standOf } from "../../src/cli/simulate/judge.js";
import { labelFindings, personFinding } from "../../src/cli/simulate/surroundings.js";
import { personSentence, pullText } from "../../src/cli/simulate/words.js";
import type { Member, Rules } from "../../src/domain/model/rules.js";
import { rules } from "../support/rules.js";
import { type World, world } from "../support/world.js";

/** What `msc-clerk simulate` makes of one proposal. What it reads is in sandbox/test/stories/simulate.ci.test.ts. */

/** By the config in force and by a draft of it, as if that had just been adopted. */
function compared(w: World, draft: Rules) {
  const read = w.snapshot();
  return simulated(asAdopted(read, draft, read.adoptedAt, w.now), draft, judgedBy(read, w.rules, w.now));
}

const withoutMember = (all: Rules, login: string): Rules => ({
  ...all,
  teams: all.teams.map((team) => ({
    ...team,
    members: team.members.filter((member) => member.login !== login),
  })),
});

const withMember = (all: Rules, login: string, differs: Partial<Member>): Rules => ({
  ...all,
  teams: all.teams.map((team) => ({
    ...team,
    members: team.members.map((member) => (member.login === login ? { ...member, ...differs } : member)),
  })),
});

function voting(): World {
  const w = world();
  w.say("richvdh", "@mscbot fcp merge");
  w.say("dbkr", "@mscbot reviewed");
  w.say("uhoreg", "@mscbot abstain");
  return w;
}

describe("by the draft and by the config in force", () => {
  test("whoever is left out has no vote any more; an abstention is a vote too", () => {
    const w = voting();
    const of = (login: string) => compared(w, withoutMember(w.rules, login)).lost;
    expect(of("dbkr")).toEqual([{ login: "dbkr", why: "no_seat", team: null }]);
    expect(of("uhoreg")).toEqual([{ login: "uhoreg", why: "no_seat", team: null }]);
    expect(of("KitsuneRal")).toEqual([]);
  });

  test("a vote that was kept through a time without a seat counts again", () => {
    const w = voting();
    const present = withoutMember(w.rules, "dbkr");
    const read = w.snapshot();
    const pull = simulated(
      asAdopted(read, w.rules, read.adoptedAt, w.now),
      w.rules,
      judgedBy(read, present, w.now),
    );
    expect(pull.gained).toEqual([{ login: "dbkr", team: "Spec Core Team" }]);
    expect(pullText(pull)).toContain("\n  gained newly a vote: dbkr (Spec Core Team)");
  });

  test("whoever the draft calls by another login, with the same id, keeps the vote", () => {
    const w = voting();
    const pull = compared(w, withMember(w.rules, "dbkr", { login: "dave" }));
    expect([pull.lost, pull.gained]).toEqual([[], []]);
  });

  test("another account of the same login takes no vote over", () => {
    const w = voting();
    const other = withMember(w.rules, "dbkr", { id: 999 });
    expect(compared(w, other).lost).toEqual([{ login: "dbkr", why: "no_seat", team: null }]);
  });

  test("a vote that is lost for one team and counts for another is lost, and said of which", () => {
    const w = world();
    w.label("richvdh", "kind:governance");
    w.say("richvdh", "@mscbot fcp merge");
    w.review("ara4n", "approved");
    const [core, guardians] = w.rules.teams;
    if (core === undefined || guardians === undefined) throw new Error("no teams");
    const members = core.members.filter(({ login }) => login !== "ara4n");
    const draft = { ...w.rules, teams: [{ ...core, lead: null, members }, guardians] };
    const pull = compared(w, draft);
    expect(pull.lost).toEqual([{ login: "ara4n", why: "no_seat", team: "Spec Core Team" }]);
    expect(pullText(pull)).toContain(
      "no vote any more: ara4n (not in the Spec Core Team; the vote for another team counts)",
    );
    const back = simulated(
      asAdopted(w.snapshot(), w.rules, w.snapshot().adoptedAt, w.now),
      w.rules,
      judgedBy(w.snapshot(), draft, w.now),
    );
    expect(back.gained).toEqual([{ login: "ara4n", team: "Spec Core Team" }]);
  });

  test("whoever keeps the seat, and whose vote the draft does not count, is not called seatless", () => {
    const w = world();
    w.review("dbkr", "approved");
    w.say("richvdh", "@mscbot fcp merge");
    const none: Rules = { ...w.rules, reviews: { ...w.rules.reviews, beforeMotion: "none" } };
    const pull = compared(w, none);
    expect(pull.lost).toEqual([{ login: "dbkr", why: "not_as_given", team: null }]);
    expect(pullText(pull)).toContain("dbkr (on a team; not as it was given, votes again)");
  });

  test("the same rules change nothing, and are a line", () => {
    const w = world();
    const pull = compared(w, w.rules);
    expect([pull.lost, pull.gained]).toEqual([[], []]);
    expect(isSame({ ...pull, draft: { ...pull.draft, actions: [] } })).toBe(true);
    expect(pullText({ ...pull, draft: { ...pull.draft, actions: [] } })).toMatch(
      /^#\d+ .*: as today\. In review: /,
    );
  });

  test("a motion that has all it needs by the draft would begin, which is no FCP yet", () => {
    const w = voting();
    const half = (all: Rules): Rules => ({
      ...all,
      decisions: all.decisions.map((decision) => ({
        ...decision,
        approval: decision.approval.map((need) => ({ ...need, threshold: { numerator: 1, denominator: 8 } })),
      })),
    });
    const fresh = { ...w.snapshot(), register: null };
    const judged = judgedBy(fresh, half(w.rules), w.now);
    expect(standOf(judged.decision)).toBe("begins");
  });
});

describe("whom and what the draft names", () => {
  const read = (login: string, id: number, type = "User") =>
    ({ kind: "read", account: { login, id, type } }) as const;

  test("a person, with the right id, is nothing to speak of", () => {
    expect(personFinding({ login: "ann", id: 7 }, read("ann", 7))).toBeNull();
  });

  const found = {
    "without an id": personFinding({ login: "ann", id: null }, read("ann", 7)),
    "with another's id": personFinding({ login: "ann", id: 8 }, read("ann", 7)),
    "an organisation": personFinding({ login: "acme", id: null }, read("acme", 7, "Organization")),
    nobody: personFinding({ login: "ann", id: 7 }, { kind: "gone", why: "Not Found" }),
    "not looked up": personFinding(
      { login: "ann", id: 7 },
      { kind: "unreadable", why: "it is slow", retryAt: null },
    ),
  };
  test.each([
    ["without an id", "ann: without an id. Write { login: ann, id: 7 }, as a login can change hands."],
    [
      "with another's id",
      "ann: has the id 7 on GitHub, and 8 in the draft: somebody else would have the seat, or nobody.",
    ],
    ["an organisation", "acme: is no person on GitHub (Organization), and can never vote."],
    ["nobody", "ann: GitHub has no account of that login. Whoever takes it would have the seat; correct it."],
    ["not looked up", "ann: could not be looked up: it is slow."],
  ] as const)("somebody %s is told with what to do", (what, sentence) => {
    const finding = found[what];
    expect(finding === null ? null : personSentence(finding)).toBe(sentence);
  });

  test("labels are found whatever their capitals; those of decisions and gates are made by people", () => {
    const draft = rules();
    const named: Rules = {
      ...draft,
      gates: [{ name: "x", before: "begin", kind: "label", label: "Blocked", wanted: "absent" }],
    };
    const all = labelFindings(named, []);
    expect(all.made).toContain("proposal");
    expect(all.lacking).toContain("Blocked");
    const present = [...all.made, ...all.lacking].map((label) => label.toUpperCase());
    expect(labelFindings(named, present)).toEqual({ made: [], lacking: [] });
  });
});
