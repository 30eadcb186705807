import { describe, expect, test } from "vitest";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY, HOUR } from "../../src/domain/text/time.js";
import { MATRIX } from "../support/rules.js";
import { inFcp, OUTSIDER, proposed, type World, type WorldOptions, world } from "../support/world.js";
import { answerTo, outcomeOf, refusalOf, replies } from "./reading.js";

const NAMED: Rules = { ...MATRIX, namedAuthors: true };
const NEW = "b".repeat(40);
const options = (over: WorldOptions = {}): WorldOptions => ({ rules: NAMED, ...over });

/** The author of the pull request saves its description. */
function describes(w: World, ...lines: readonly string[]): void {
  w.now += 1000;
  w.pull.description = { lines, at: w.now };
}

/** FCP is over, decided to merge, and a new text is pushed. */
function pushedAfter(w: World): World {
  w.wait(6 * DAY).reconcile();
  w.push(NEW);
  w.reconcile();
  return w;
}

describe("author.named", () => {
  test("author.named: whom the description names may say what authors say", () => {
    const w = proposed(options());
    describes(w, "Author: @alice");
    w.reconcile();
    w.say("alice", "@mscbot withdraw");
    expect(w.reconcile().register.motion?.end).toMatchObject({ kind: "cancelled", by: { login: "alice" } });
  });

  test("author.named: with the key off the line says nothing, and the words are as unknown as they were", () => {
    const w = proposed();
    describes(w, "Author: @alice");
    w.say("alice", "@mscbot withdraw");
    w.say("richvdh", "@mscbot shepherd @dbkr");
    const before = w.decide();
    expect(refusalOf(before, "alice")).toBe("not_the_author");
    expect(refusalOf(before, "richvdh")).toBe("unknown_command");
    expect(before.register.authors).toBeUndefined();
  });

  test("author.named: once seen an author stays one, also when the line is taken out or somebody else saves the description", () => {
    const w = proposed(options());
    describes(w, "Author: @alice");
    w.reconcile();
    describes(w, "Nothing.");
    w.reconcile();
    w.pull.description = null;
    w.say("alice", "@mscbot withdraw");
    expect(outcomeOf(w.decide(), "alice")).toBe("accepted");
  });

  test("author.named: what alice said before she was named is not an author’s word", () => {
    const w = proposed(options());
    w.say("alice", "@mscbot withdraw");
    describes(w, "Author: @alice");
    expect(refusalOf(w.decide(), "alice")).toBe("not_the_author");
  });

  test("author.named: naming all reviewers after their votes takes none of them away", () => {
    const w = inFcp(options());
    describes(w, "Authors: @ara4n, @erikjohnston, @richvdh, @dbkr, @uhoreg, @turt2live");
    w.wait(6 * DAY);
    const decision = w.reconcile();
    expect(decision).toMatchObject({ phase: "concluded", check: "success" });
    expect(decision.after?.approvedBy.length).toBe(6);
  });

  test("author.named: in the very second of the vote, the vote stands", () => {
    const w = proposed(options());
    const vote = w.say("dbkr", "@mscbot reviewed");
    w.pull.description = { lines: ["Author: @dbkr"], at: vote.createdAt };
    for (const login of ["ara4n", "erikjohnston", "uhoreg", "turt2live"]) w.say(login, "@mscbot reviewed");
    w.reconcile();
    expect(
      w
        .wait(6 * DAY)
        .reconcile()
        .after?.approvedBy.map(({ login }) => login),
    ).toContain("dbkr");
  });

  test("author.named, fcp.after: a named author’s yes since is none of the two, and they are named with what is missing", () => {
    const w = inFcp(options());
    describes(w, "Author: @dbkr");
    pushedAfter(w);
    w.review("dbkr", "approved");
    w.review("uhoreg", "approved");
    const decision = w.reconcile();
    expect(decision.check).toBe("in_progress");
    expect(decision.after).toMatchObject({
      needed: 2,
      approvedBy: [{ login: "uhoreg" }],
      asAuthors: [{ login: "dbkr" }],
    });
    expect(w.status()?.body).toContain(
      "@dbkr has approved it as one of its authors, which is none of them; who is no author says `@mscbot not an author`.",
    );
    w.review("richvdh", "approved");
    expect(w.reconcile().check).toBe("success");
  });

  test("author.named, fcp.after: naming the whole team makes nothing green; two are still needed", () => {
    const w = inFcp(options());
    describes(w, `Authors: ${NAMED.teams[0]?.members.map(({ login }) => `@${login}`).join(", ")}`);
    pushedAfter(w);
    for (const login of ["dbkr", "uhoreg", "richvdh"]) w.review(login, "approved");
    expect(w.reconcile()).toMatchObject({ check: "in_progress", after: { needed: 2, approvedBy: [] } });
  });

  test("author.named: who is named against their will says so, and their yes counts like any other", () => {
    const w = inFcp(options());
    describes(w, "Authors: @dbkr, @uhoreg");
    pushedAfter(w);
    w.review("dbkr", "approved");
    w.review("uhoreg", "approved");
    w.say("dbkr", "@mscbot not an author");
    w.say("uhoreg", "@mscbot not an author");
    expect(w.reconcile().check).toBe("success");
    describes(w, "Authors: @dbkr, @uhoreg, again");
    expect(w.reconcile().check).toBe("success");
  });

  test("author.named: whoever opened it cannot say that they are no author, nor can who is not named", () => {
    const w = inFcp(options({ author: "KitsuneRal" }));
    w.say("KitsuneRal", "@mscbot not an author");
    w.say("dbkr", "@mscbot not an author");
    const decision = w.decide();
    expect([refusalOf(decision, "KitsuneRal"), refusalOf(decision, "dbkr")]).toEqual([
      "not_named",
      "not_named",
    ]);
  });

  test("author.named: so many are kept and no more, however often the description changes", () => {
    const w = world(options());
    describes(w, `Authors: ${Array.from({ length: 100 }, (_, n) => `@a${n}`).join(", ")}`);
    w.reconcile();
    describes(w, `Authors: ${Array.from({ length: 100 }, (_, n) => `@b${n}`).join(", ")}`);
    expect(w.reconcile().register.authors).toHaveLength(20);
  });

  test("author.hand-over: whoever opened it is one of the twenty", () => {
    const w = world(options());
    describes(w, `Authors: ${Array.from({ length: 19 }, (_, n) => `@a${n}`).join(", ")}`);
    w.reconcile();
    w.say("author", "@mscbot hand over to @bob");
    const decision = w.decide();
    expect(refusalOf(decision, "author")).toBe("no_more_authors");
    expect(decision.register.authors).toHaveLength(19);
  });

  test("author.named: the check says who is one, and by what", () => {
    const w = world(options());
    describes(w, "Author: @alice", "Shepherd: @dbkr");
    w.reconcile();
    expect(w.check?.summary).toContain("Authors: author (opened it) and alice (");
    expect(w.check?.summary).toContain("Shepherd: dbkr, as the description says.");
  });
});

describe("author.hand-over", () => {
  test("author.hand-over: the author’s commands pass on, and come back only from whom they passed to", () => {
    const w = world(options({ rules: { ...NAMED, readyLabel: "ready" } }));
    w.say("author", "@mscbot hand over to @bob");
    w.reconcile();
    w.say("author", "@mscbot ready");
    expect(refusalOf(w.decide(), "author")).toBe("for_authors");
    w.say("bob", "@mscbot ready");
    const decision = w.reconcile();
    expect(decision.waiting?.by.login).toBe("bob");
    expect(w.check?.summary).toContain("author (opened it; handed over on 2 March 2026)");
    w.say("bob", "@mscbot hand over to author");
    w.reconcile();
    w.say("author", "@mscbot withdraw");
    expect(refusalOf(w.decide(), "author")).toBe("no_motion");
  });

  test("author.hand-over: who opened it and has passed them on does not take them back by naming themself", () => {
    const w = world(options());
    w.say("author", "@mscbot hand over to @bob");
    w.reconcile();
    w.say("author", "@mscbot hand over to @author");
    expect(refusalOf(w.decide(), "author")).toBe("for_authors");
    w.reconcile();
    w.say("author", "@mscbot withdraw");
    expect(refusalOf(w.decide(), "author")).toBe("not_the_author");
  });

  test("author.hand-over: who opened it and named the wrong account names another", () => {
    const w = world(options());
    w.say("author", "@mscbot hand over to @bbo");
    w.reconcile();
    w.say("author", "@mscbot hand over to @bob");
    w.reconcile();
    expect(w.register.authors?.filter(({ left }) => left === null).map(({ person }) => person.login)).toEqual(
      ["bbo", "bob"],
    );
  });

  test("author.hand-over: what the description names afterwards is no author’s word", () => {
    const w = world(options());
    w.say("author", "@mscbot hand over to @bob");
    w.reconcile();
    describes(w, "Author: @author", "Author: @alice");
    w.reconcile();
    w.say("alice", "@mscbot withdraw");
    w.say("author", "@mscbot withdraw");
    const decision = w.decide();
    expect([refusalOf(decision, "alice"), refusalOf(decision, "author")]).toEqual([
      "not_the_author",
      "not_the_author",
    ]);
  });

  test("author.hand-over, fcp.after: who wrote it is none of the two after handing over, nor is who takes it on", () => {
    const w = inFcp(options({ author: "KitsuneRal" }));
    w.say("KitsuneRal", "@mscbot hand over to @dbkr");
    pushedAfter(w);
    for (const login of ["KitsuneRal", "dbkr"]) w.say(login, "@mscbot reviewed");
    expect(w.reconcile().after?.approvedBy).toEqual([]);
  });

  test("author.hand-over: strangers hand over nothing, and are told once", () => {
    const w = world(options());
    const said = w.say(OUTSIDER, "@mscbot hand over to @mallory");
    w.say(OUTSIDER, "@mscbot hand over to @mallory2");
    expect(w.reconcile().register.authors).toBeUndefined();
    expect(replies(w)).toHaveLength(1);
    expect(answerTo(w, said)?.confused).toBe(true);
  });

  test.each([
    ["hand over to nobody in particular", "names_nobody"],
    ["hand over to @a and @b", "names_nobody"],
    ["hand over", "names_nobody"],
    ["hand over to @matthew:matrix.org", "names_nobody"],
  ])("author.hand-over: “%s” names nobody", (words, code) => {
    const w = world(options());
    w.say("author", `@mscbot ${words}`);
    expect(refusalOf(w.decide(), "author")).toBe(code);
  });
});

describe("author.shepherd", () => {
  test("author.shepherd: a member says who helps it along, and it is shown; nobody else does", () => {
    const w = proposed(options());
    w.say("richvdh", "@mscbot shepherd @bob");
    w.say("author", "@mscbot shepherd @author");
    const decision = w.reconcile();
    expect(decision.register.shepherd?.person.login).toBe("bob");
    expect(w.status()?.body).toContain("Shepherd: bob, as [richvdh said](");
    w.say("bob", "@mscbot withdraw");
    expect(refusalOf(w.wait(HOUR).decide(), "bob")).toBe("not_the_author");
  });
});
