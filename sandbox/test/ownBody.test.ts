import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseConfig } from "msc-clerk/config/parse.js";
import type { Rules } from "msc-clerk/domain/model/rules.js";
import { globFits } from "msc-clerk/domain/text/glob.js";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import { afterAll, describe, expect, it } from "vitest";
import { called } from "../src/args.js";
import { foundOwnRepository, ownerFault, peopleOf, readOwnConfig } from "../src/ownBody.js";
import { beginningOf, namedPath } from "../src/page/newProposal.js";
import type { Scene } from "../src/page/scene.js";
import { Sandbox } from "../src/sandbox.js";
import { KEY, SECRET, START } from "./small.js";

const folder = mkdtempSync(join(tmpdir(), "own-body-"));
afterAll(() => rmSync(folder, { recursive: true }));

const SMALL = `version: 1
teams:
  wg:
    members: [ann, { login: bob, id: 7 }]
  board:
    lead: cy
    members: [Ann, cy]
decisions:
  - name: correction
    match: { labels: [Editorial, proposal] }
    approval: { wg: 1/2 }
  - name: change
    approval: { wg: 75% }
`;

const empty = (): Sandbox =>
  new Sandbox({ clock: new MovableClock(START), privateKey: KEY, webhookSecret: SECRET });

const rulesOf = (text: string): Rules => {
  const parsed = parseConfig(text);
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message).join());
  return parsed.rules;
};

describe("the people of a body's own rules", () => {
  it("are everybody of the roster once, by the id the file gives, and two whom it does not name", () => {
    expect(peopleOf(rulesOf(SMALL))).toEqual([
      { login: "Ann", id: null, level: "write" },
      { login: "bob", id: 7, level: "write" },
      { login: "cy", id: null, level: "admin" },
      { login: "newcomer", id: null, level: "read" },
      { login: "passer-by", id: null, level: "read" },
    ]);
  });

  it("have a first member who administers the repository where nobody leads", () => {
    const [first] = peopleOf(rulesOf(SMALL.replace("    lead: cy\n", "")));
    expect(first).toEqual({ login: "Ann", id: null, level: "admin" });
  });

  it("cannot own the repository they decide in", () => {
    expect(ownerFault(rulesOf(SMALL), "BOB")).toContain("BOB is somebody who is played here");
    expect(ownerFault(rulesOf(SMALL), "bobs")).toBeNull();
  });

  it("get ids of the sandbox's where the file gives none, and never one that is somebody else's", () => {
    const taken = empty().addUser("next").id;
    const text = SMALL.replace("id: 7", `id: ${taken}`);
    const github = empty();
    foundOwnRepository(github, { file: "x.yml", text, rules: rulesOf(text) });
    const ids = ["ann", "bob", "cy"].map((login) => github.as(login).id);
    expect(ids[1]).toBe(taken);
    expect(new Set(ids).size).toBe(3);
  });

  it("find the labels that their rules look at; those of the clerk's it makes itself", () => {
    const github = empty();
    foundOwnRepository(github, { file: "x.yml", text: SMALL, rules: rulesOf(SMALL) });
    const names = [...github.repository.labels.values()].map(({ name }) => name);
    expect(names).toContain("Editorial");
    expect(names).not.toContain("final-comment-period");
    expect(github.fileText(".github/msc-clerk.yml")).toBe(SMALL);
  });
});

describe("a config that is to be tried", () => {
  it("is told its faults as msc-clerk check tells them", () => {
    const file = join(folder, "bad.yml");
    writeFileSync(file, SMALL.replace("approval: { wg: 75% }", "approval: { wb: 75% }"));
    expect(readOwnConfig(file)).toEqual({
      kind: "faulty",
      lines: [expect.stringMatching(/bad\.yml:\d+:\d+: decisions\S*: .*wb/)],
    });
  });

  it("is told that there is no such file", () => {
    const file = join(folder, "none.yml");
    expect(readOwnConfig(file)).toEqual({
      kind: "faulty",
      lines: [`${file} cannot be read: there is no such file.`],
    });
  });
});

describe("what the sandbox is called with", () => {
  it.each([
    [[], { kind: "matrix" }],
    [["--config", "a.yml"], { kind: "own", file: "a.yml", place: { owner: "your-org", name: "proposals" } }],
    [
      ["--config", "a.yml", "--repo", "acme/rules.of-order"],
      { kind: "own", file: "a.yml", place: { owner: "acme", name: "rules.of-order" } },
    ],
    [["--state", "a.json"], { kind: "saved", file: "a.json" }],
    [
      ["--without-clerk", "clerk.env"],
      expect.objectContaining({ kind: "outside", file: "clerk.env", own: null }),
    ],
    [
      ["--without-clerk", "clerk.env", "--config", "a.yml"],
      expect.objectContaining({
        own: { kind: "own", file: "a.yml", place: { owner: "your-org", name: "proposals" } },
      }),
    ],
  ])("%j", (args, call) => {
    expect(called(args)).toEqual(call);
  });

  it.each([
    [["--config", "a.yml", "--state", "b.json"], /--state goes on from what was saved/],
    [["--without-clerk", "c.env", "--state", "b.json"], /--state goes on from what was saved/],
    [["--without-clerk", "c.env", "--config", "a.yml", "--repo", "a"], /names no repository/],
    [["--repo", "a/b"], /--repo is for --config/],
    [["--webhooks", "http://x/"], /--webhooks is for --without-clerk/],
    [["--config", "a.yml", "--repo", "a"], /--repo a names no repository/],
    [["--config", "a.yml", "--repo", "a/.."], /names no repository/],
    [["--config", "a.yml", "--repo", "-a/b"], /names no repository|ambiguous/],
    [["--colour"], /colour/],
  ])("refuses %j", (args, why) => {
    expect(called(args)).toEqual({ kind: "misuse", why: expect.stringMatching(why) });
  });
});

describe("a new proposal under a body's own rules", () => {
  const sceneOf = (text: string): Scene =>
    ({ rules: rulesOf(text), repository: { nextNumber: 12 } }) as unknown as Scene;

  it.each([
    ["", "proposals/12-NAME.md", "proposal"],
    ["proposal_paths: [rfcs/*.md]\n", "rfcs/12-NAME.md", "proposal"],
    ["proposal_paths: [rfcs/**/README.md]\n", "rfcs/README.md", "proposal"],
    ["proposal_paths: [a*b*.md]\n", "a12-NAMEbx.md", "proposal"],
    ["proposal_paths: [SPEC.md]\n", "SPEC.md", "proposal"],
    ["proposals: { label: false, paths: [texts/**], changed: any }\n", "texts/NAME.md", null],
    ["proposals: { label: rfc, paths: [rfcs/**] }\n", "rfcs/12-NAME.md", "rfc"],
    ["proposals: { all: true }\n", "proposals/NAME.md", null],
  ])("with %j goes to a place that counts", (more, path, label) => {
    const text = `${SMALL}${more}`;
    const beginning = beginningOf(sceneOf(text));
    expect([beginning.path, beginning.label]).toEqual([path, label]);
    const named = namedPath(beginning.path, "Work on Fridays", undefined);
    expect(rulesOf(text).proposalPaths.some((glob) => globFits(glob, named))).toBe(true);
  });

  it("has the prefix in its title and its heading, and not in its file's name", () => {
    const beginning = beginningOf(sceneOf(`${SMALL}proposals: { prefix: RFC }\n`));
    expect([beginning.title, beginning.heading]).toEqual(["RFC12: ", "RFC12: …"]);
    expect(namedPath(beginning.path, "RFC12: Work on Fridays!", "RFC")).toBe(
      "proposals/12-work-on-fridays.md",
    );
    expect(namedPath(beginning.path, "RFC12: ", "RFC")).toBe("proposals/12-proposal.md");
  });
});
