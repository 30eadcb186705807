import { describe, expect, test } from "vitest";
import { config, faultsOf, roster, valid } from "./faults.js";

const two = (core: string, board: string, more: Readonly<Record<string, string>> = {}) =>
  config({ teams: `teams:\n  core: ${core}\n  board: ${board}`, ...more });
const decisions = (...list: readonly string[]) =>
  config({ decisions: `decisions:\n${list.map((decision) => `  - ${decision}`).join("\n")}` });

describe("ballot.latest: one member, one seat in a team", () => {
  test("a member named twice is refused, in any spelling, short or long", () => {
    expect(faultsOf(roster("alice", "bob", "{ login: ALICE, id: 101 }"))).toEqual([
      "line 7, column 18: teams.core.members[2].login: ALICE is on this team already (line 5); one member, one seat",
    ]);
  });

  test("a member named twice by id is refused, whatever the logins", () => {
    expect(faultsOf(roster("{ login: alice, id: 101 }", "{ login: alice-2, id: 101 }"))).toEqual([
      "line 6, column 31: teams.core.members[1].id: id 101 is on this team already, as alice (line 5); one member, one seat",
    ]);
  });

  test("a seat in each of two teams is fine: two hats, two votes", () => {
    expect(faultsOf(two("{ members: [alice, bob] }", "{ members: [ALICE] }"))).toEqual([]);
  });
});

describe("act.identity: one id is one person in the whole file", () => {
  test("the id of somebody on another team is refused", () => {
    const text = two("{ members: [{ login: alice, id: 101 }] }", "{ members: [{ login: bob, id: 101 }] }");
    expect(faultsOf(text)).toEqual([
      "line 4, column 40: teams.board.members[0].id: id 101 belongs to alice on line 3; one of the two is wrong",
    ]);
  });

  test("two ids for one login are refused", () => {
    const text = two("{ members: [{ login: alice, id: 101 }] }", "{ members: [{ login: Alice, id: 102 }] }");
    expect(faultsOf(text)).toEqual([
      "line 4, column 42: teams.board.members[0].id: Alice has the id 101 on line 3; one of the two is wrong",
    ]);
  });

  test("a member who is an older bot's account is refused", () => {
    expect(faultsOf(`${roster("alice", "MSCBot")}legacy_bots: [mscbot]\n`)).toEqual([
      "line 10, column 15: legacy_bots[0]: mscbot is a member (line 6); the account of an older bot cannot be one",
    ]);
  });
});

describe("amend.lead: the lead is a member", () => {
  test("a lead who is not on the team is refused, with the nearest who is", () => {
    expect(
      faultsOf(two("{ lead: alcie, members: [alice] }", "{ lead: { login: zoe }, members: [bob] }")),
    ).toEqual([
      'line 3, column 17: teams.core.lead: alcie leads the team without being a member of it; did you mean "alice"?',
      "line 4, column 27: teams.board.lead.login: zoe leads the team without being a member of it; list them under members, or name another",
    ]);
  });

  test("in any spelling", () => {
    expect(faultsOf(two("{ lead: ALICE, members: [{ login: alice }] }", "{ members: [bob] }"))).toEqual([]);
  });

  test("nothing is said about the lead while a member cannot be read: it may be that one", () => {
    expect(faultsOf(two("{ lead: bob, members: [alice, 7] }", "{ members: [bob] }"))).toEqual([
      "line 3, column 39: teams.core.members[1]: 7 is a number; write it in quotes if the login is made of digits",
    ]);
  });
});

describe("tally.threshold: no decision by nobody", () => {
  test("a team of zero that a decision needs is refused", () => {
    expect(faultsOf(config({ teams: "teams:\n  core:\n    members: []" }))).toEqual([
      "line 4, column 5: teams.core.members: the team has no members, but the decision change needs it, and nobody could ever pass that; add members or take the team out there",
    ]);
  });

  test("a team of zero that an amendment needs is refused", () => {
    const text = two("{ members: [alice] }", "{ members: [] }", {
      more: "amendments: { lead: [{ board: 75% }] }",
    });
    expect(faultsOf(text)).toEqual([
      "line 4, column 12: teams.board.members: the team has no members, but amendments.lead needs it, and nobody could ever pass that; add members or take the team out there",
    ]);
  });

  test("an empty second board is refused: its say does not vanish with its members", () => {
    const text = config({ teams: "teams:\n  core: { members: [alice] }\n  guardians: { members: [] }" });
    expect(faultsOf(text)).toEqual([
      "line 4, column 16: teams.guardians.members: the team has no members, but amendments.add_member (by default) needs it, and nobody could ever pass that; add members or take the team out there",
    ]);
  });

  test("a team of zero that nothing needs may wait for its first member", () => {
    expect(valid(two("{ members: [alice] }", "{ members: [] }")).teams[1]?.members).toEqual([]);
  });

  test("nothing is said about an empty list when its only member cannot be read", () => {
    expect(faultsOf(roster("7"))).toEqual([
      "line 5, column 9: teams.core.members[0]: 7 is a number; write it in quotes if the login is made of digits",
    ]);
  });

  test("a team of one decides alone", () => {
    expect(valid(roster("alice")).teams[0]?.members).toHaveLength(1);
  });
});

describe("tally.minimum: a team may shrink below its minimum", () => {
  test("the config stays valid, or a resignation would stop a running Final Comment Period", () => {
    const rules = valid(config({ teams: "teams:\n  core: { minimum_members: 5, members: [alice, bob] }" }));
    expect(rules.teams[0]?.minimumMembers).toBe(5);
  });

  test.each(["0", "-1", "1.5", "1001", '"5"', "many", "true"])(
    "minimum_members: %s is refused",
    (minimum) => {
      expect(
        faultsOf(config({ teams: `teams:\n  core: { minimum_members: ${minimum}, members: [alice] }` })),
      ).toEqual([
        expect.stringMatching(
          /^line 3, column 28: teams\.core\.minimum_members: .* is no number of members; write a whole number from 1 to 1000$/,
        ),
      ]);
    },
  );
});

describe("decision.needs: teams that exist, decisions that can be reached", () => {
  test("a team nobody knows is refused wherever it is named, with the nearest", () => {
    const text = config({
      decisions: "decisions:\n  - name: change\n    approval: { core: 75%, cor: 75% }",
      more: "guardians: coer\namendments: { rules: [{ xylophone: 75% }] }",
    });
    expect(faultsOf(text)).toEqual([
      'line 7, column 28: decisions[0].approval.cor: there is no team "cor"; did you mean "core"?',
      'line 8, column 12: guardians: there is no team "coer"; did you mean "core"?',
      'line 9, column 25: amendments.rules[0].xylophone: there is no team "xylophone"; the teams are core',
    ]);
  });

  test("a decision without a match hides those after it, and a last one with a match leaves proposals without any", () => {
    expect(
      faultsOf(
        decisions(
          "{ name: all, approval: { core: 75% } }",
          "{ name: none, match: {}, approval: { core: 75% } }",
          "{ name: some, match: { labels: [x] }, approval: { core: 75% } }",
        ),
      ),
    ).toEqual([
      'line 6, column 5: decisions[0]: "all" has no match, so nothing after it can ever fit; give it labels or paths, or move it to the end',
      'line 7, column 5: decisions[1]: "none" has no match, so nothing after it can ever fit; give it labels or paths, or move it to the end',
      'line 8, column 19: decisions[2].match: "some" comes last but has a match, so a proposal could fit no decision at all; add a last one without match',
    ]);
  });

  test("a last decision whose match is empty fits everything", () => {
    const text = decisions("{ name: all, match: { labels: [], paths: [] }, approval: { core: 75% } }");
    expect(valid(text).decisions[0]?.match).toEqual({ labels: [], paths: [] });
  });

  test("nothing is said about a match that cannot be read", () => {
    expect(faultsOf(decisions("{ name: all, match: { lables: [x] }, approval: { core: 75% } }"))).toEqual([
      'line 6, column 27: decisions[0].match.lables: "lables" is not known here; did you mean "labels"?',
    ]);
  });

  test("two decisions of one name are refused: the record would not say which it was", () => {
    expect(
      faultsOf(
        decisions(
          "{ name: change, match: { labels: [x] }, approval: { core: 75% } }",
          "{ name: Change, approval: { core: 75% } }",
        ),
      ),
    ).toEqual(['line 7, column 13: decisions[1].name: a decision on line 6 is called "Change" too']);
  });
});

describe("label.state: one label, one meaning", () => {
  test("two labels of one name are refused without regard to case", () => {
    expect(faultsOf(config({ more: "labels:\n  fcp: Last-Call\n  merged: last-call" }))).toEqual([
      'line 10, column 11: labels.merged: "last-call" is the name of the label fcp as well (line 9; GitHub does not tell capitals from small letters)',
    ]);
  });

  test("also when the other name is a default that nobody wrote", () => {
    expect(faultsOf(config({ more: "labels: { proposal: Merged }" }))).toEqual([
      'line 8, column 21: labels.proposal: "Merged" is the name of the label merged as well (its default; GitHub does not tell capitals from small letters)',
    ]);
  });

  test("two names that change places are fine", () => {
    const { labels } = valid(config({ more: "labels: { fcp: merged, merged: final-comment-period }" }));
    expect([labels.fcp, labels.merged]).toEqual(["merged", "final-comment-period"]);
  });
});

describe("the rest", () => {
  test.each(["2026-12-01", "2026-11-30"])(
    "an absence that ends before it begins is refused: until %s",
    (until) => {
      expect(faultsOf(roster(`{ login: alice, away: { from: 2026-12-01, until: ${until} } }`))).toEqual([
        "line 5, column 58: teams.core.members[0].away.until: ends before it begins; write the first day away under from, and the day of return under until",
      ]);
    },
  );

  test("amend.guardian: routes for guardians where there are none are refused", () => {
    const text = config({
      more: "amendments: { add_guardian: [{ core: 75% }], remove_guardian: [{ core: 75% }] }",
    });
    expect(faultsOf(text)).toEqual([
      "line 8, column 15: amendments.add_guardian: there is no second board to change; name its team under guardians, or take this key out",
      "line 8, column 46: amendments.remove_guardian: there is no second board to change; name its team under guardians, or take this key out",
    ]);
  });
});
