import { HOUR, MINUTE, SECOND } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const GATED = `${matrixConfig()}\ngates:\n  - { review_threads: resolved, before: conclude }\n`;
const PATHS = ["a", "b", "c"].map((name, at) => `proposals/${1000 + at}-${name}.md`);

/** Pull requests whose threads were read since. */
function lookedAt(from: number): readonly number[] {
  const reads = r.sandbox.requests.all
    .slice(from)
    .filter(({ operation }) => ["Cold", "ColdSeveral", "Warm"].includes(operation ?? ""));
  const numbers = reads.flatMap(({ variables }) =>
    Object.entries(variables ?? {}).flatMap(([name, value]) =>
      /^number\d*$/.test(name) ? [Number(value)] : [],
    ),
  );
  return [...new Set(numbers)].sort((a, b) => a - b);
}

interface Known {
  readonly numbers: readonly [number, number, number];
  readonly comment: number;
  readonly review: number;
  readonly inline: number;
}

/** Three proposals that the clerk has done everything about, and then it is gone. */
async function known(config = GATED): Promise<Known> {
  r = rehearsal({ config });
  await r.start();
  const [a = 0, b = 0, c = 0] = PATHS.map((path, at) =>
    r.propose(`MSC${1000 + at}: One`, { [path]: "# One\n" }),
  );
  await r.settle();
  const comment = r.as("passer-by").comment(b, "Nice.").id;
  const review = r.as("dbkr").requestChanges(b, "Well.").id;
  const inline = r.as("dbkr").inlineComment(b, PATHS[1] ?? "", 1, "Which?").id;
  await r.settle();
  for (let round = 0; round < 3; round += 1) await r.advance(6 * HOUR + MINUTE);
  r.kill();
  r.sandbox.webhooksTo(null);
  // What waits for a gate is looked at every hour, whatever happens.
  await r.clock.advance(5 * MINUTE);
  return { numbers: [a, b, c], comment, review, inline };
}

async function startAgain(): Promise<number> {
  const from = r.sandbox.requests.all.length;
  await r.start();
  await r.advance(30 * SECOND);
  return from;
}

describe("a start of a clerk that knows what it left", () => {
  test("reads none of what stands as it was, and writes nothing", async () => {
    await known();
    const from = await startAgain();
    expect(lookedAt(from)).toEqual([]);
    const made = r.sandbox.requests.all.slice(from);
    expect(made.filter(({ kind }) => kind === "write")).toEqual([]);
    expect(made.length).toBeLessThanOrEqual(25);
  });

  const ways: readonly (readonly [string, (one: number, is: Known) => unknown])[] = [
    ["a comment was edited", (_, { comment }) => r.as("passer-by").editComment(comment, "Not so nice.")],
    ["a comment was deleted", (_, { comment }) => r.as("passer-by").deleteComment(comment)],
    ["somebody wrote a comment", (n) => r.as("passer-by").comment(n, "More.")],
    ["a review was edited", (_, { review }) => r.as("dbkr").editReview(review, "Well, well.")],
    ["a review came", (n) => r.as("dbkr").approve(n)],
    ["an inline comment was edited", (_, { inline }) => r.as("dbkr").editInline(inline, "Which one?")],
    ["a thread was resolved", (_, { inline }) => r.as("dbkr").resolveThread(inline)],
    ["a label was put on", (n) => r.as("uhoreg").label(n, "client-server")],
    ["something was pushed", (n) => r.as("ShadowJonathan").push(n, { [PATHS[1] ?? ""]: "# Two\n" })],
    ["its title was changed", (n) => r.as("ShadowJonathan").edit(n, { title: "MSC1001: Two" })],
    ["its description was changed", (n) => r.as("ShadowJonathan").edit(n, { body: "Another." })],
    ["it became a draft", (n) => r.as("ShadowJonathan").toDraft(n)],
    ["it was locked", (n) => r.as("ara4n").lock(n)],
    [
      "it was aimed at another branch",
      (n) => {
        r.as("ara4n").pointBranch("other", r.sandbox.repository.branches.get("main") ?? "");
        r.as("ara4n").edit(n, { base: "other" });
      },
    ],
    ["its check is gone", (n) => void runsGone(n)],
    ["it was closed", (n) => r.as("ShadowJonathan").close(n)],
  ];
  test.each(ways)("resync: %s meanwhile: that one is looked at, and no other", async (_what, happens) => {
    const is = await known();
    const [, one] = is.numbers;
    happens(one, is);
    await r.clock.advance(5 * MINUTE);
    expect(lookedAt(await startAgain())).toEqual([one]);
  });

  test("resync: another config meanwhile: all of them are looked at", async () => {
    const { numbers } = await known();
    r.as("ara4n").pushTo(null, { [CONFIG]: `${GATED}# More.\n` });
    expect(lookedAt(await startAgain())).toEqual(numbers);
  });

  test("fcp.conclude: what fell due meanwhile is looked at", async () => {
    const { numbers } = await known();
    // Checks run out after two weeks.
    await r.clock.advance(15 * 24 * HOUR);
    expect(lookedAt(await startAgain())).toEqual(numbers);
  });

  test("resync: a list of changes that cannot be read for an hour hides nothing", async () => {
    const { numbers } = await known();
    const events = ({ path }: { readonly path: string }) => path.endsWith("/issues/events");
    r.sandbox.faults.fail({ kind: "error", status: 502 }, { when: events, times: 1000 });
    const from = await startAgain();
    await r.advance(30 * MINUTE);
    expect(lookedAt(from)).toEqual([]);
    await r.advance(40 * MINUTE);
    expect(lookedAt(from)).toEqual(numbers);
  });

  test("resync: with the store gone all of them are looked at, and nothing is written that stands already", async () => {
    const { numbers } = await known();
    r.loseStore();
    const from = await startAgain();
    expect(lookedAt(from)).toEqual(numbers);
    const writes = r.sandbox.requests.all.slice(from).filter(({ kind }) => kind === "write");
    expect(writes).toEqual([]);
  });
});

describe("a night of a clerk that knows what it left", () => {
  test("act.durable: a command edited into an old inline comment, which a look at what is new does not show, is found", async () => {
    r = rehearsal();
    await r.start();
    const n = r.propose();
    await r.settle();
    const first = r.as("dbkr").inlineComment(n, "proposals/1772-spaces.md", 1, "Which?");
    for (let at = 0; at < 60; at += 1)
      r.as("passer-by").inlineComment(n, "proposals/1772-spaces.md", 1, `Number ${at}.`);
    await r.settle();
    await r.advance(22 * HOUR);
    await r.act(() => r.as("passer-by").comment(n, "Nice."));
    await r.act(() => r.as("dbkr").editInline(first.id, "@mscbot concern Which?"));
    await r.advance(36 * HOUR);
    expect(r.said(n).some(({ body }) => body.includes("C1"))).toBe(true);
  });
});

/** A motion to close in its period, whose pull request is closed; all about it is done, and rounds have passed. */
async function closedInFcp(): Promise<number> {
  r = rehearsal();
  await r.start();
  const n = r.propose();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp close"));
  for (const login of ["erikjohnston", "dbkr", "uhoreg", "anoadragon453", "turt2live"])
    await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  await r.act(() => r.as("ShadowJonathan").close(n));
  const other = r.propose("MSC1001: Another", { "proposals/1001-b.md": "# One\n" });
  await r.advance(HOUR);
  await r.act(() => r.as("passer-by").comment(other, "Nice."));
  for (let round = 0; round < 3; round += 1) await r.advance(6 * HOUR + MINUTE);
  expect(r.labels(n)).toContain("final-comment-period");
  r.kill();
  r.sandbox.webhooksTo(null);
  return n;
}

describe("a start while a motion to close runs on and its pull request is closed", () => {
  test("fcp.conclude: the end that is still to come is known again", async () => {
    const n = await closedInFcp();
    await r.clock.advance(5 * MINUTE);
    const from = await startAgain();
    expect(lookedAt(from)).not.toContain(n);
    await r.advance(6 * 24 * HOUR);
    expect(r.kinds(n).some((kind) => kind.includes("concluded"))).toBe(true);
  });

  test("fcp.conclude: the end that has passed meanwhile is found", async () => {
    const n = await closedInFcp();
    await r.clock.advance(6 * 24 * HOUR);
    await startAgain();
    await r.advance(HOUR / 3);
    expect(r.kinds(n).some((kind) => kind.includes("concluded"))).toBe(true);
  });
});

/** GitHub deletes what checks hold after 400 days. */
function runsGone(number: number): void {
  const { runs, threads } = r.sandbox.repository as unknown as {
    runs: Map<number, { externalId: string | null }>;
    threads: unknown;
  };
  void threads;
  for (const [id, { externalId }] of runs) if (externalId?.startsWith(`${number}:`)) runs.delete(id);
}
