import { asReader } from "msc-clerk/cli/asReader.js";
import { draftRules } from "msc-clerk/cli/draft/draftFile.js";
import { simulate } from "msc-clerk/cli/simulate/simulateCommand.js";
import { HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { OlderBotAtWork } from "../support/olderBot.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

/** `msc-clerk simulate` on a repository as it stands: where a body wants to adopt the clerk, and where one is at work. */

let r: Rehearsal;
afterEach(() => r.close());

interface Pull {
  readonly number: number;
  readonly today: Record<string, unknown>;
  readonly draft: Record<string, unknown> & { readonly lost: unknown; readonly gained: unknown };
}

async function asked(text: string, number?: number) {
  const wanted = { owner: r.sandbox.ownerLogin, name: r.sandbox.repository.name };
  const token = r.sandbox.tokenFor("passer-by");
  const credentials = { token, variable: "GITHUB_TOKEN", baseUrl: r.sandbox.url } as const;
  const signedIn = await asReader(wanted, credentials, null, r.clock, true);
  if (signedIn.kind === "not") throw new Error(signedIn.why);
  const parsed = draftRules({ file: "draft.yml", text });
  if ("why" in parsed) throw new Error(parsed.why);
  const progress: string[] = [];
  const place = number === undefined ? wanted : { ...wanted, number };
  const before = writes();
  const told = await simulate(
    {
      ...{ wanted: place, file: "draft.yml", rules: parsed.rules },
      ...{ progress: (line) => void progress.push(line), waits: () => {} },
    },
    signedIn.session,
  );
  expect(writes()).toBe(before);
  return { told, progress };
}

/** What waits for the clock waits for nothing. */
async function whileTimePasses<T>(waiting: Promise<T>): Promise<T> {
  let over = false;
  const done = waiting.finally(() => {
    over = true;
  });
  while (!over) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    await r.clock.advance(MINUTE);
  }
  return done;
}

const writes = () => r.sandbox.requests.all.filter(({ kind }) => kind === "write").length;

async function simulated(text: string, number?: number) {
  const { told, progress } = await asked(text, number);
  if (told.kind === "not") throw new Error(told.why);
  if (process.env.SHOW) console.log(told.text);
  const json = JSON.parse(JSON.stringify(told.json)) as Record<string, unknown> & {
    readonly pulls: readonly Pull[];
  };
  const pull = (n: number) => json.pulls.find((one) => one.number === n);
  return { ...told, json, progress, pull, lines: told.text.split("\n") };
}

describe("where a body wants to adopt the clerk, and there is no config yet", () => {
  test("the sum stands first; what is no proposal is a number, and so is the draft's own pull request", async () => {
    r = await rehearsal({ config: null }).open();
    r.propose();
    r.as("kegsay").openPull({ title: "A typing error", files: { "README.md": "better" } });
    r.as("kegsay").openPull({ title: "No label", files: { "proposals/2-x.md": "# x" } });
    r.as("kegsay").openPull({ title: "Adopt the clerk", files: { [CONFIG]: matrixConfig() } });
    await r.advance(HOUR);
    const { lines, complete, progress, text } = await simulated(matrixConfig());
    expect(lines.slice(0, 6)).toEqual([
      "matrix-org/matrix-spec-proposals, judged by draft.yml as if it had just been adopted. Nothing was written anywhere.",
      "No clerk is to be seen there yet, and no config is on the default branch. Once one is, what people have said there until now counts no more: whoever has approved does so again. Only a motion that an older bot has under way goes on, where the draft names that bot in legacy_bots.",
      "",
      "4 open pull requests: 1 would be in review, 1 would be asked for the label of a proposal, 1 would be no proposal and 1 change of the config is left out (#4).",
      "No proposals: #2.",
      "On its first day the clerk would write on 2 proposals: 2 checks.",
    ]);
    expect(text).toMatch(/^#1 MSC1772: Matrix spaces: in review$/m);
    expect(text).toMatch(/^ {2}needs {2}“spec change”: Spec Core Team 0 of 6 needed, of 8$/m);
    expect(text).toMatch(/^#3 No label: no proposal yet, and asked for the label$/m);
    expect(complete).toBe(true);
    expect(progress).toEqual(["0 of 4 pull requests read", expect.stringContaining("people and the labels")]);
  });

  test("approvals on GitHub from before the config count for nobody, and it is told whose would count anew", async () => {
    r = await rehearsal({ config: null }).open();
    const n = r.propose();
    r.as("dbkr").approve(n);
    r.as("passer-by").approve(n);
    r.as("uhoreg").approve(n);
    r.as("uhoreg").requestChanges(n, "No.");
    await r.advance(HOUR);
    const { pull, text } = await simulated(matrixConfig());
    expect(pull(n)?.today).toMatchObject({
      ...{ by: "labels", stand: "none" },
      yes: [
        { login: "dbkr", via: "review" },
        { login: "passer-by", via: "review" },
      ],
    });
    expect(pull(n)?.draft.lost).toEqual([
      { login: "dbkr", why: "before", team: null },
      { login: "passer-by", why: "no_seat", team: null },
    ]);
    expect(text).toContain("Against today: 2 approvals would not count.");
  });

  test("what an older bot has under way is taken over, and who has left the team is told", async () => {
    r = await rehearsal({ config: null }).open();
    const bot = new OlderBotAtWork(r);
    const n = r.propose();
    await bot.moves(n, "richvdh", "merge", ["leonerd"]);
    await bot.notes(n, "leonerd");
    await bot.reviewed(n, "dbkr", "erikjohnston", "uhoreg", "turt2live");
    await r.advance(HOUR);
    const by75 = await simulated(matrixConfig());
    expect(by75.text).toContain("1 open pull request: 1 would be voted on.");
    expect(by75.pull(n)?.draft).toMatchObject({ lost: [{ login: "leonerd", why: "no_seat" }] });
    expect(by75.text).toMatch(
      /^ {2}turn {3}ara4n, anoadragon453 and KitsuneRal of the Spec Core Team, who have not voted$/m,
    );
    const byHalf = await simulated(matrixConfig().replaceAll("75%", "1/2"));
    expect(byHalf.text).toContain("1 open pull request: 1 would begin its Final Comment Period.");
    expect(byHalf.text).toMatch(/^ {2}needs {2}“spec change”: Spec Core Team 5 of 4 needed, of 8$/m);
    expect(byHalf.text).toMatch(/^ {9}label: add final-comment-period/m);
  });

  test("who is not there, is no person, has another id or none, and which labels nobody makes", async () => {
    r = await rehearsal({ config: null }).open();
    const draft = [
      "version: 1",
      "teams:",
      "  wg:",
      "    members: [dbkr, nobody-of-that-name, { login: uhoreg, id: 999 }]",
      "decisions:",
      "  - { name: correction, match: { labels: [editorial, client-server] }, approval: { wg: 1/2 } }",
      "  - { name: change, approval: { wg: 2/3 } }",
    ].join("\n");
    const id = (login: string) =>
      [...r.sandbox.store.state.accounts.values()].find((one) => one.login === login)?.id ?? 0;
    const { lines, json } = await simulated(draft);
    const from = lines.indexOf("What the draft names");
    expect(lines.slice(from + 1, from + 6)).toEqual([
      `  dbkr: without an id. Write { login: dbkr, id: ${id("dbkr")} }, as a login can change hands.`,
      "  nobody-of-that-name: GitHub has no account of that login. Whoever takes it would have the seat; correct it.",
      `  uhoreg: has the id ${id("uhoreg")} on GitHub, and 999 in the draft: somebody else would have the seat, or nobody.`,
      expect.stringMatching(
        /^ {2}10 labels that the clerk uses are not there yet; it would make them: proposal-in-review, /,
      ),
      "  The label “editorial”, by which the draft goes, is not there, and the clerk does not make it: make it by hand.",
    ]);
    expect(lines).toContain("0 open pull requests: nothing to decide.");
    expect(json.people).toMatchObject([{ what: "no_id" }, { what: "unknown" }, { what: "other_id" }]);
  });

  test("of one proposal it is all that explain tells, and what it is today", async () => {
    r = await rehearsal({ config: null }).open();
    const n = r.propose();
    const { text, json } = await simulated(matrixConfig(), n);
    expect(text).toContain("Spec Core Team (spec-core-team): 0 yes of 8, 6 needed (75%): not passed");
    expect(text).toContain("\nAgainst today\n  today  Without a motion or a decision, by its labels.\n");
    expect(text).not.toContain("no clerk)");
    expect(json).toMatchObject({
      ...{ format: "msc-clerk simulate 1", number: n, comparedWith: null, clerk: null },
      explain: { format: "msc-clerk explain 1", phase: "in_review" },
    });
  });
});

describe("where a clerk is at work by another config", () => {
  async function voting() {
    r = await rehearsal().start();
    const n = r.propose();
    await r.act(() => r.as("ara4n").comment(n, "@mscbot fcp merge"));
    await r.act(
      ...["richvdh", "dbkr", "uhoreg"].map((login) => () => r.as(login).comment(n, "@mscbot reviewed")),
    );
    return n;
  }

  test("the config that is there changes nothing: each proposal is a line", async () => {
    const n = await voting();
    const { text, json } = await simulated(matrixConfig());
    expect(text).toContain("\nmsc-clerk is the clerk there, and the config on the default branch (");
    expect(text).toContain("\nAgainst today: the same proposals, and the same votes.\n");
    expect(text).toMatch(/^#1 MSC1772: Matrix spaces: as today\. Waiting for 2 more approvals/m);
    expect(text).toContain("On its first day the clerk would write nothing.");
    expect(json.comparedWith).toEqual({ commit: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(n).toBe(1);
  });

  test("decision.ratchet: a lower threshold begins nothing that is voted on already, and counts for what comes", async () => {
    const n = await voting();
    const other = r.propose("Another", { "proposals/2-b.md": "# b\n" });
    await r.settle();
    const { pull } = await simulated(matrixConfig().replaceAll("75%", "1/2"));
    expect(pull(n)?.draft).toMatchObject({ stand: "proposed", rule: { teams: [{ yes: 4, needed: 6 }] } });
    expect(pull(other)?.draft).toMatchObject({ rule: { teams: [{ needed: 4, size: 8 }] } });
  });

  test("a member who is left out has no vote any more, and a smaller team needs fewer", async () => {
    const n = await voting();
    const left = matrixConfig()
      .split("\n")
      .filter((line) => !/login: (?:dbkr|KitsuneRal|anoadragon453)\b/.test(line))
      .join("\n");
    const { pull, text } = await simulated(left);
    expect(pull(n)?.draft).toMatchObject({
      ...{ stand: "proposed", lost: [{ login: "dbkr", why: "no_seat" }], gained: [] },
      rule: { teams: [{ yes: 3, needed: 4, size: 5 }] },
    });
    expect(text).toContain("\nAgainst today: 1 vote would not count any more.\n");
    expect(text).toMatch(/^ {2}lost {3}no vote any more: dbkr \(in no team that decides this\)$/m);
  });

  test("proposal.scope: what no longer is a proposal, what newly is one, and a motion that goes on whatever the scope", async () => {
    const moved = await voting();
    const plain = r.as("kegsay").openPull({ title: "Prose", files: { "texts/a.md": "a\n" } });
    const other = r.propose("Another", { "proposals/2-b.md": "# b\n" });
    await r.settle();
    const { pull, text } = await simulated(
      matrixConfig()
        .replace(/^proposal_paths:.*\n/m, "")
        .replace(/^proposals:.*$/m, "proposals: { label: false, paths: [texts/**], changed: any }"),
    );
    expect(pull(moved)?.draft).toMatchObject({ stand: "proposed", isProposal: true });
    expect(pull(plain.number)?.draft).toMatchObject({ stand: "in_review", isProposal: true });
    expect(pull(other)?.today).toMatchObject({ stand: "in_review", isProposal: true });
    expect(pull(other)?.draft).toMatchObject({ stand: "not_a_proposal", isProposal: false });
    expect(text).toContain(
      `Against today: newly proposals: #${plain.number}; no proposals any more: #${other}.`,
    );
    expect(text).toMatch(/^#3 Another: in review → no proposal$/m);
  });

  test("one that cannot be read is told, and the others are read", async () => {
    await voting();
    const other = r.propose("Another", { "proposals/2-b.md": "# b\n" });
    await r.settle();
    r.sandbox.faults.byChance = ({ variables }) =>
      variables.number === other ? { kind: "gone", status: 451 } : null;
    // It is asked again, as GitHub's bad days pass: the clerk's own asking is no part of this.
    r.kill();
    const { text, complete, json, pull } = await whileTimePasses(simulated(matrixConfig()));
    expect(text).toMatch(/^These could not be read:\n {2}#2: /m);
    expect(text).toContain("2 open pull requests: 1 would be voted on and 1 could not be read.");
    expect([complete, json.complete]).toEqual([false, false]);
    expect(pull(1)?.draft).toMatchObject({ stand: "proposed" });
    const { told } = await whileTimePasses(asked(matrixConfig(), other));
    expect(told).toMatchObject({ kind: "not", why: expect.stringMatching(/#2 cannot be read: /) });
  });

  test("a change of the config itself is not judged by a draft, and that is said", async () => {
    await voting();
    const { number } = r
      .as("ara4n")
      .openPull({ title: "Amend", files: { [CONFIG]: `${matrixConfig()}# more\n` } });
    await r.settle();
    const { told } = await asked(matrixConfig(), number);
    expect(told).toMatchObject({
      kind: "not",
      why: expect.stringContaining("changes .github/msc-clerk.yml itself"),
    });
  });

  test("a config on the default branch that is not right is nothing to compare with", async () => {
    const n = await voting();
    r.as("ara4n").pushTo(null, { [CONFIG]: "version: 2\n" });
    await r.settle();
    const { text, pull } = await simulated(matrixConfig());
    expect(text).toContain(
      "the config on the default branch is not right, so there is nothing to compare with.",
    );
    expect(pull(n)?.today).toMatchObject({ by: "labels", stand: "proposed" });
    expect(pull(n)?.draft).toMatchObject({ stand: "proposed" });
  });
});

test("the faults of a draft are told as check tells them", async () => {
  r = await rehearsal({ config: null }).open();
  const draft = {
    file: "draft.yml",
    text: "version: 1\nteams: { wg: { members: [a] } }\ndecisions:\n  - { name: x, approval: { wg: 75 } }\n",
  };
  expect(draftRules(draft)).toEqual({
    why: [
      "draft.yml is not right, so nothing is judged by it:",
      "draft.yml:4:32: decisions[0].approval.wg: 75 is only a number; write 75% if it is meant per cent",
    ].join("\n"),
  });
});
