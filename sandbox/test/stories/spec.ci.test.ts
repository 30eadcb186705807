import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import type { Person } from "../../src/person.js";
import { matrixConfig, withoutForm } from "../../src/roster.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 0 });

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"] as const;
const SPEC = "matrix-org/matrix-spec";
const KEY = `spec_repository: { name: ${SPEC} }\n`;
const STEPS = ["spec-pr-missing", "spec-pr-in-review", "merged"];

let r: Rehearsal;
/** Number of the specification's repository. */
let spec: number;
afterEach(() => r.close());

const there = (login: string): Person => r.as(login).in(spec);
const step = (n: number) => r.labels(n).filter((label) => STEPS.includes(label));
const comments = (n: number) =>
  r.sandbox.store.thread(spec, n).comments.map(({ body }) => body.replace(/^<!--.*-->\n/, ""));
const told = (n: number) =>
  r.said(n).flatMap(({ body }) => (body.startsWith("<!-- msc-clerk:spec") ? [body] : []));

/** What was asked of the specification's repository, but for a config of its own that any repository may have. */
const asked = () =>
  r.sandbox.requests.all.filter(
    ({ path, operation }) =>
      operation === "SpecPull" || /\/matrix-spec\/(?:pulls|issues|installation)/.test(path),
  );

async function begun(key = KEY, made: { installed?: boolean } = { installed: true }): Promise<void> {
  r = await rehearsal({ config: `${withoutForm(matrixConfig())}${key}` }).open();
  spec = r.sandbox.addRepository({ name: "matrix-spec", ...made }).id;
  for (const login of ["uhoreg", "richvdh", "ara4n"]) r.sandbox.setLevelIn(spec, login, "write");
  await r.start();
}

/** An accepted proposal that was merged. */
async function merged(path = "proposals/1772-spaces.md"): Promise<number> {
  const n = r.propose("MSC1772: Matrix spaces", { [path]: `# ${path}\n` });
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  await r.act(...VOTERS.map((login) => () => r.as(login).comment(n, "@mscbot reviewed")));
  await r.advance(6 * DAY);
  await r.act(() => r.as("richvdh").merge(n));
  return n;
}

function open(login: string, title: string, body = "", branch = `b-${title.length}-${body.length}`): number {
  return there(login).openPull({ title, body, branch, files: { [`content/${branch}.md`]: "text\n" } }).number;
}

describe("spec.linked: from the merge of a proposal to the specification", () => {
  test("spec.linked, label.state: opened, closed, another, merged: every label in order, and each is linked once", async () => {
    await begun();
    const n = await merged();
    expect(step(n)).toEqual(["spec-pr-missing"]);
    let one = 0;
    await r.act(() => {
      one = open("uhoreg", `Spaces (MSC${n})`);
    });
    expect(step(n)).toEqual(["spec-pr-in-review"]);
    expect(told(n)).toHaveLength(1);
    expect(comments(one)).toEqual([
      `This pull request brings an accepted proposal into the specification: [\`matrix-org/matrix-spec-proposals#${n}\`](${r.sandbox.url}/matrix-org/matrix-spec-proposals/pull/${n}). What becomes of it, the label of the proposal follows.`,
    ]);
    await r.act(() => there("uhoreg").close(one));
    expect(step(n)).toEqual(["spec-pr-missing"]);
    let two = 0;
    await r.act(() => {
      two = open(
        "uhoreg",
        "Spaces again",
        `For https://elsewhere.example and ${r.sandbox.url}/matrix-org/matrix-spec-proposals/pull/${n}`,
      );
    });
    expect(step(n)).toEqual(["spec-pr-in-review"]);
    await r.act(() => there("richvdh").merge(two));
    expect(step(n)).toEqual(["merged"]);
    expect(told(n)).toHaveLength(1);
    expect(comments(one)).toHaveLength(1);
    expect(comments(two)).toHaveLength(1);
    const changes = r.sandbox
      .thread(n)
      .events.flatMap((event) =>
        (event.kind === "labeled" || event.kind === "unlabeled") && STEPS.includes(event.name)
          ? [`${event.kind === "labeled" ? "+" : "-"}${event.name}`]
          : [],
      );
    expect(changes).toEqual([
      ...["+spec-pr-missing", "-spec-pr-missing", "+spec-pr-in-review", "-spec-pr-in-review"],
      ...["+spec-pr-missing", "-spec-pr-missing", "+spec-pr-in-review", "-spec-pr-in-review", "+merged"],
    ]);
    expect(r.logged).toEqual([]);
  });

  test("spec.linked: what no webhook told of is found by a round, and after a stop", async () => {
    await begun();
    const n = await merged();
    r.sandbox.faults.lose = () => true;
    let one = 0;
    await r.act(() => {
      one = open("uhoreg", `MSC${n}: spaces`);
    });
    expect(step(n)).toEqual(["spec-pr-missing"]);
    await r.advance(7 * HOUR);
    expect(step(n)).toEqual(["spec-pr-in-review"]);
    await r.clerk?.stop();
    await r.act(() => there("richvdh").merge(one));
    await r.start();
    expect(step(n)).toEqual(["merged"]);
    expect(comments(one)).toHaveLength(1);
    expect(told(n)).toHaveLength(1);
    expect(r.logged).toEqual([]);
  });

  test("spec.linked: one pull request for two proposals, and two for one: one comment each, and the furthest shows", async () => {
    await begun();
    const first = await merged("proposals/1-a.md");
    const second = await merged("proposals/2-b.md");
    let both = 0;
    let other = 0;
    await r.act(() => {
      both = open(
        "uhoreg",
        "Two at once",
        `Implements MSC${first} and matrix-org/matrix-spec-proposals#${second}.`,
      );
    });
    expect([step(first), step(second)]).toEqual([["spec-pr-in-review"], ["spec-pr-in-review"]]);
    expect(comments(both)).toHaveLength(1);
    expect(comments(both)[0]).toContain(`#${first}\``);
    expect(comments(both)[0]).toContain(`#${second}\``);
    await r.act(() => {
      other = open("uhoreg", `The rest of MSC${first}`);
    });
    await r.act(() => there("richvdh").merge(both));
    expect([step(first), step(second)]).toEqual([["merged"], ["merged"]]);
    expect(told(first)[0]).toContain(`matrix-spec#${other}\``);
    await r.act(() => there("uhoreg").close(other));
    expect(step(first)).toEqual(["merged"]);
    expect([comments(both).length, comments(other).length, told(first).length]).toEqual([1, 1, 1]);
    expect(r.logged).toEqual([]);
  });

  test("label.state, spec.linked: a label that somebody puts on stands until the next change there", async () => {
    await begun();
    const n = await merged();
    let one = 0;
    await r.act(() => {
      one = open("uhoreg", `Spaces (MSC${n})`);
    });
    await r.act(() => r.as("uhoreg").label(n, "merged"));
    expect(step(n)).toEqual(["merged"]);
    await r.advance(2 * DAY);
    expect(step(n)).toEqual(["merged"]);
    await r.act(() => there("uhoreg").close(one));
    expect(step(n)).toEqual(["spec-pr-missing"]);
    await r.act(() => there("uhoreg").reopen(one));
    expect(step(n)).toEqual(["spec-pr-in-review"]);
  });

  test("spec.linked: a stranger's pull request changes and writes nothing, until somebody on the roster approves it as it reads", async () => {
    await begun();
    const n = await merged();
    const other = await merged("proposals/2-b.md");
    let one = 0;
    await r.act(() => {
      one = open("passer-by", `Spaces (MSC${n})`);
    });
    await r.act(() => there("kegsay").approve(one));
    expect([step(n), comments(one), told(n)]).toEqual([["spec-pr-missing"], [], []]);
    await r.act(() => there("dbkr").approve(one));
    expect(step(n)).toEqual(["spec-pr-in-review"]);
    await r.act(() => there("passer-by").edit(one, { body: `And MSC${other}!` }));
    expect([step(n), step(other)]).toEqual([["spec-pr-missing"], ["spec-pr-missing"]]);
    expect(comments(one)).toHaveLength(1);
  });

  test("spec.linked: of a specification that not everybody may see no word is said on the proposal", async () => {
    await begun();
    r.sandbox.store.changeRepository(spec, (now) => ({ ...now, private: true }));
    const n = await merged();
    let one = 0;
    await r.act(() => {
      one = open("uhoreg", `Spaces (MSC${n})`);
    });
    expect(step(n)).toEqual(["spec-pr-in-review"]);
    expect(told(n)).toEqual([]);
    expect(comments(one)).toHaveLength(1);
  });

  test("spec.linked: without the App there it is said in the log once, and people's labels stand", async () => {
    await begun(KEY, { installed: false });
    r.readersCannot = "they see what the App may not";
    const n = await merged();
    await r.act(() => open("uhoreg", `Spaces (MSC${n})`));
    await r.act(() => r.as("uhoreg").label(n, "spec-pr-in-review"));
    await r.advance(2 * DAY);
    expect(step(n)).toEqual(["spec-pr-in-review"]);
    expect(r.logged).toHaveLength(1);
    expect(r.logged[0]).toContain("the App is not installed there");
  });

  test("spec.linked: a repository of another owner is asked for nothing, and that is said in the log once", async () => {
    await begun("spec_repository: { name: passer-by/matrix-spec }\n");
    const n = await merged();
    await r.act(() => r.as("uhoreg").label(n, "merged"));
    await r.advance(2 * DAY);
    expect(step(n)).toEqual(["merged"]);
    expect(asked()).toEqual([]);
    expect(r.logged).toHaveLength(1);
    expect(r.logged[0]).toContain("it has another owner than the proposals");
  });

  test("spec.linked: of proposals that not everybody may see no word is said in the specification", async () => {
    await begun();
    r.sandbox.setPrivate(true);
    r.readersCannot = "it is private";
    for (const login of ["ShadowJonathan", ...VOTERS]) r.sandbox.setLevel(login, "write");
    const n = await merged();
    let one = 0;
    await r.act(() => {
      one = open("uhoreg", `Spaces (MSC${n})`);
    });
    expect([step(n), comments(one)]).toEqual([["spec-pr-in-review"], []]);
    expect(told(n)).toHaveLength(1);
  });

  test("spec.linked: a comment whose fate is not clear is made once", async () => {
    await begun();
    const first = await merged("proposals/1-a.md");
    const second = await merged("proposals/2-b.md");
    let one = 0;
    r.sandbox.faults.lagSeconds = 5;
    r.sandbox.faults.fail(
      { kind: "cut" },
      { when: ({ method, path }) => method === "POST" && /\/matrix-spec\/issues\/\d+\/comments$/.test(path) },
    );
    await r.act(() => {
      one = open("uhoreg", `MSC${first} and MSC${second}`);
    });
    await r.advance(HOUR);
    expect(comments(one)).toHaveLength(1);
    expect(comments(one)[0]).toMatch(new RegExp(`#${first}\`.*#${second}\``));
  });

  test("spec.linked: with the App taken off there, what the clerk said last stands, and no flood of news comes of it", async () => {
    await begun();
    r.readersCannot = "they see what the App may not";
    const n = await merged();
    let one = 0;
    await r.act(() => {
      one = open("uhoreg", `Spaces (MSC${n})`);
    });
    r.sandbox.store.changeRepository(spec, (now) => ({ ...now, installed: false }));
    await r.act(() => there("uhoreg").close(one));
    await r.advance(2 * DAY);
    await r.act(() => r.as("uhoreg").comment(n, "Any news?"));
    expect(step(n)).toEqual(["spec-pr-in-review"]);
    expect(r.logged).toHaveLength(1);
  });

  test("config.lawful, spec.linked: a config that nobody approved has nothing read or written elsewhere", async () => {
    await begun("");
    const n = await merged();
    let one = 0;
    await r.act(() => {
      one = open("uhoreg", `Spaces (MSC${n})`);
    });
    const config = `${withoutForm(matrixConfig())}${KEY}`;
    await r.act(() => r.as("ara4n").pushTo(null, { ".github/msc-clerk.yml": config }));
    await r.advance(2 * DAY);
    await r.act(() => r.as("uhoreg").comment(n, "Any news?"));
    expect([step(n), told(n), comments(one)]).toEqual([["spec-pr-missing"], [], []]);
    expect(asked()).toEqual([]);
  });

  test("spec.linked: without the key nothing of it is asked for or written", async () => {
    await begun("");
    const n = await merged();
    let one = 0;
    await r.act(() => {
      one = open("uhoreg", `Spaces (MSC${n})`);
    });
    await r.act(() => r.as("uhoreg").comment(n, "Any news?"));
    await r.advance(2 * DAY);
    expect([step(n), told(n), comments(one)]).toEqual([["spec-pr-missing"], [], []]);
    expect(asked()).toEqual([]);
  });
});
