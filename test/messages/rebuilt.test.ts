import { expect, test } from "vitest";
import { HOUR } from "../../src/domain/text/time.js";
import { proposed } from "../support/world.js";

const listing = (taker: string | null): string => {
  const w = proposed();
  w.say("dbkr", "@mscbot reviewed");
  w.say("KitsuneRal", "@mscbot concern this breaks clients");
  w.reconcile();
  w.wait(HOUR);
  const [status] = w.comments("status");
  if (taker !== null && status !== undefined) w.removeOwn(status, taker);
  w.forget();
  w.reconcile();
  return w.comments("announce").at(-1)?.body ?? "";
};

test("memory.lost: the list of what was rebuilt reads as a whole", () => {
  expect(listing("maintainer").replace(/\(https[^)]*\)/g, "(link)")).toMatchInlineSnapshot(`
    "**The clerk’s record of this proposal was lost.** Comments of the clerk’s were deleted by maintainer. It has been rebuilt on 2 March 2026, 13:01 UTC from what GitHub still shows. What was deleted or changed on GitHub before that may be missing here.

    Until it is confirmed, nothing begins, nothing concludes and nothing turns green; votes, concerns and every other command work as always. The clerk’s record was lost and has been rebuilt: waiting for 2 members of the Spec Core Team to say confirm.

    ### What was rebuilt

    Phase: **Final Comment Period proposed**.

    A motion to **merge**, by @richvdh on 2 March 2026, 12:00 UTC.

    Spec Core Team: 2 of 6 needed, of 8 members. Approved: richvdh and dbkr.

    Concerns:

    - **C1** “this breaks clients” — [raised](link) by KitsuneRal on 2 March 2026

    Please compare this with what you know. If something is missing, say it again (vote, raise the concern, cancel). Then say \`@mscbot confirm\` on a line of its own. The author of this pull request, and whoever deleted what the clerk had written, cannot confirm."
  `);
});

test("memory.lost: where nobody is known to have deleted anything, nobody is named", () => {
  expect(listing(null)).toContain("was lost.** It has been rebuilt");
});
