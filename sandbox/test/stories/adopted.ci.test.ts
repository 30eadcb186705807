import { askFor } from "msc-clerk/cli/init/ask.js";
import { configText } from "msc-clerk/cli/init/configText.js";
import { GitHubLookUp } from "msc-clerk/cli/init/lookUp.js";
import type { QuestionOption } from "msc-clerk/cli/init/questions.js";
import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { connectPublicly } from "msc-clerk/github/connectPublicly.js";
import { afterEach, expect, test } from "vitest";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

/** The two bodies of docs/adopting.md: what `init` writes for them decides their first proposal. */

let r: Rehearsal;
afterEach(() => r.close());

/** With the config that these answers come to on the default branch, and ids from this GitHub. */
async function adopted(said: Partial<Record<QuestionOption, string>>): Promise<void> {
  r = await rehearsal({ config: null }).open();
  const given = new Map(Object.entries(said) as [QuestionOption, string][]);
  const lookUp = new GitHubLookUp(connectPublicly(r.sandbox.url).people, () => {});
  const asked = await askFor(given, null, true, lookUp);
  if (asked.kind !== "answers") throw new Error(JSON.stringify(asked));
  expect(lookUp.untold).toBeNull();
  r.as("ara4n").pushTo(null, { [CONFIG]: configText(asked.answers) }, { message: "Adopt the clerk" });
  await r.clock.advance(HOUR);
  await r.start();
}

test("a working group of five: four of five, ten days, a text that is edited in place", async () => {
  await adopted({
    ...{ name: "Working Group", members: "ara4n,dbkr,uhoreg,richvdh,turt2live", threshold: "2/3" },
    ...{ quorum: "none", period: "10 days", proposals: "changed:texts/**", mention: "wg-clerk" },
  });
  const { number: n } = r
    .as("kegsay")
    .openPull({ title: "Say it better", files: { "texts/a.md": "Better.\n" } });
  await r.settle();
  expect(r.check(n)?.title).toMatch(/^In review/);
  await r.act(() => r.as("ara4n").comment(n, "@wg-clerk fcp merge"));
  await r.act(() => r.as("dbkr").approve(n));
  await r.act(() => r.as("uhoreg").comment(n, "@wg-clerk reviewed"));
  expect(r.status(n).body).toContain("3 of 4 needed, of 5");
  expect(r.labels(n)).not.toContain("final-comment-period");
  await r.act(() => r.tick("richvdh", n));
  expect(r.labels(n)).toContain("final-comment-period");
  await r.advance(10 * DAY - HOUR);
  expect(r.check(n)?.status).toBe("in_progress");
  await r.advance(2 * HOUR);
  expect(r.check(n)).toMatchObject({ status: "completed", conclusion: "success" });
  await r.act(() => r.as("ara4n").merge(n));
  // No specification besides: nothing waits to be written there, and the label of what was decided stays.
  expect(r.labels(n)).toEqual(["finished-final-comment-period"]);
  r.labelsCannot = "without a specification no label tells that it is merged";
});

test("a foundation of eight with a quorum of six: who abstains leaves the measure, and a week later it is decided", async () => {
  await adopted({
    ...{
      name: "Board",
      threshold: "60%",
      quorum: "75%",
      period: "1 week",
      proposals: "all",
      mention: "board-clerk",
    },
    members: "ara4n,erikjohnston,richvdh,dbkr,uhoreg,anoadragon453,turt2live,KitsuneRal",
  });
  const { number: n } = r.as("kegsay").openPull({ title: "A budget", files: { "budget.md": "100\n" } });
  await r.settle();
  await r.act(() => r.as("ara4n").comment(n, "@board-clerk fcp merge"));
  await r.act(...["erikjohnston", "richvdh", "dbkr", "uhoreg"].map((login) => () => r.as(login).approve(n)));
  // Five of eight have said yes, and nothing begins: the quorum is six.
  expect(r.labels(n)).not.toContain("final-comment-period");
  await r.act(() => r.as("turt2live").comment(n, "@board-clerk abstain"));
  expect(r.labels(n)).toContain("final-comment-period");
  await r.advance(7 * DAY + HOUR);
  expect(r.check(n)).toMatchObject({ status: "completed", conclusion: "success" });
});
