import { DAY } from "msc-clerk/domain/text/time.js";
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
    "1 proposal waits for dbkr in matrix-org/matrix-spec-proposals, as of 2026-03-05T09:00:32Z.

    1 MSC1772: Matrix spaces
      your vote on the motion to merge, for 3 days
      your concern C1 is open
      you can help with what it waits for: the label “blocked” to be taken off
      /pull/1"
  `);
  expect(await mineAsReader(r, "dbkr")).toEqual(asApp);
  expect(await mineAsReader(r, null, { login: "dbkr" })).toEqual(asApp);
  expect(textOf(await mineAsReader(r, null, { login: "ShadowJonathan" }))).toMatchInlineSnapshot(`
    "1 proposal waits for ShadowJonathan in matrix-org/matrix-spec-proposals, as of 2026-03-05T09:00:32Z.

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
