import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { mineAsApp, mineAsReader } from "../support/readers.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(() => r.close());

const textOf = (result: Awaited<ReturnType<typeof mineAsApp>>) =>
  result.kind === "told" ? result.text.replace(/http\S+(?=\/pull)/g, "") : result.why;

test("remind.vote: mine tells what waits for somebody, the same to the App and to a reader, and writes nothing", async () => {
  r = await rehearsal({ config: `${matrixConfig()}gates:\n  - { labels_absent: [blocked] }\n` }).start();
  r.as("ara4n").createLabel("blocked");
  const waits = r.propose();
  const voted = r.propose("MSC1800: Polls", { "proposals/1800-polls.md": "# Polls\n" });
  const ours = r.propose("MSC1900: Stickers", { "proposals/1900-stickers.md": "# Stickers\n" });
  await r.act(
    () => r.as("richvdh").comment(waits, "@mscbot fcp merge"),
    () => r.as("dbkr").comment(waits, "@mscbot concern rooms are not spaces"),
    () => r.as("uhoreg").label(waits, "blocked"),
    () => r.as("dbkr").comment(voted, "@mscbot fcp merge"),
    () => r.as("uhoreg").comment(ours, "@mscbot concern they are too large"),
  );
  await r.advance(3 * DAY);
  const before = r.sandbox.requests.all.length;
  const asApp = await mineAsApp(r, "dbkr");
  expect(textOf(asApp)).toMatchInlineSnapshot(`
    "1 proposal waits for dbkr in matrix-org/matrix-spec-proposals, as of 2026-03-05T09:00:25Z.

    1 MSC1772: Matrix spaces
      your vote on the motion to merge, for 3 days
      your concern C1 is open
      you can help with what it waits for: the label “blocked” to be taken off
      /pull/1"
  `);
  expect(await mineAsReader(r, "dbkr")).toEqual(asApp);
  expect(await mineAsReader(r, null, { login: "dbkr" })).toEqual(asApp);
  expect(textOf(await mineAsReader(r, null, { login: "ShadowJonathan" }))).toMatchInlineSnapshot(`
    "1 proposal waits for ShadowJonathan in matrix-org/matrix-spec-proposals, as of 2026-03-05T09:00:25Z.

    3 MSC1900: Stickers
      it is yours, with concerns to answer, quiet for 3 days
      /pull/3"
  `);
  expect(textOf(await mineAsReader(r, "passer-by"))).toMatch(
    /^Nothing waits for passer-by in matrix-org\/matrix-spec-proposals, as of \S+\.$/,
  );
  expect(asApp).toMatchObject({
    json: {
      format: "msc-clerk mine 1",
      complete: true,
      proposals: [{ number: waits, vote: "merge", concerns: [1] }],
    },
  });
  const made = r.sandbox.requests.all.slice(before).map(({ kind }) => kind);
  expect(made.length).toBeGreaterThan(0);
  expect(made.filter((kind) => kind === "write")).toEqual([]);
  expect(await mineAsApp(r, null)).toMatchObject({ kind: "not", why: expect.stringContaining("Whose?") });
});

test("remind.mine: said in a comment it tells what the command line tells, for what any comment costs, and after a start too", async () => {
  r = await rehearsal({
    config: `${matrixConfig()}gates:\n  - { labels_absent: [blocked] }\nreminders: { digest: weekly }\n`,
    timing: { resyncEvery: DAY },
  }).start();
  r.as("ara4n").createLabel("blocked");
  const waits = r.propose();
  const closed = r.propose("MSC1800: Polls", { "proposals/1800-polls.md": "# Polls\n" });
  const here = r.propose("MSC1900: Stickers", { "proposals/1900-stickers.md": "# Stickers\n" });
  await r.act(
    () => r.as("richvdh").comment(waits, "@mscbot fcp merge"),
    () => r.as("dbkr").comment(waits, "@mscbot concern rooms are not spaces"),
    () => r.as("uhoreg").label(waits, "blocked"),
    () => r.as("uhoreg").comment(closed, "@mscbot fcp close"),
    () => r.as("AmandineLP").close(closed),
    () => r.as("uhoreg").comment(here, "@mscbot concern they are too large"),
  );
  await r.advance(3 * DAY);
  const asked = r.sandbox.requests.all.length;
  await r.act(() => r.as("dbkr").comment(here, "@mscbot mine"));
  const made = r.sandbox.requests.all.slice(asked);
  expect(
    made.map(
      ({ kind, operation, path }) => operation ?? `${kind} ${path.replace(/^.*spec-proposals|\d{3,}/g, "")}`,
    ),
  ).toMatchInlineSnapshot(`
    [
      "Cold",
      "Form",
      "Updates",
      "write /issues/3/comments",
    ]
  `);
  const answers = () =>
    r
      .said(here)
      .filter(({ body }) => body.startsWith("<!-- msc-clerk:reply"))
      .map(({ body }) =>
        body
          .replace(/\(http\S+?\)/g, "()")
          .replace(/<!--[^>]*-->\n?/g, "")
          .trim(),
      );
  expect(answers()[0]).toMatchInlineSnapshot(`
    "@dbkr, in answer to [your comment]():

    2 proposals wait for you, the longest first:

    - [1]() “MSC1772: Matrix spaces”: your vote on the motion to merge, for 3 days; your concern C1 is open; you can help with what it waits for: the label “blocked” to be taken off.
    - [2]() “MSC1800: Polls”: your vote on the motion to close, for 3 days."
  `);
  // The words are the command line's, proposal by proposal.
  const told = async (login: string) =>
    textOf(await mineAsApp(r, login))
      .split("\n")
      .filter((line) => /^ {2}[^/]/.test(line))
      .map((line) => line.trim());
  const words = (answer = "") =>
    answer
      .split("\n")
      .filter((line) => line.startsWith("- "))
      .flatMap((line) => line.slice(line.indexOf("”: ") + 3, -1).split("; "));
  expect(words(answers()[0])).toEqual(await told("dbkr"));

  await r.clerk?.stop();
  r.as("ShadowJonathan").comment(here, "@mscbot mine");
  r.as("passer-by").comment(here, "@mscbot mine");
  r.as("passer-by").comment(here, "@mscbot mine\n@mscbot mine");
  r.as("passer-by").comment(here, "@mscbot mine is better");
  await r.start();
  await r.advance(HOUR);
  const [, author, passer, ...more] = answers();
  expect(more).toEqual([]);
  expect(words(author)).toEqual(await told("ShadowJonathan"));
  expect(author).toContain("it is yours, with concerns to answer");
  expect(passer).toBe(
    "@passer-by, in answer to [your comment]():\n\nNothing waits for you on the open proposals here.",
  );
  expect(r.logged).toEqual([]);
});
