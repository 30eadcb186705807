import { DAY, HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { config, seat, specChange, swapped, unseat } from "../support/constitution.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const watched = swapped(/\nreviews:/, "\nduties: { absence: true }\n\nreviews:");
const SCT = ["ara4n", "erikjohnston", "richvdh", "dbkr", "uhoreg", "anoadragon453", "turt2live", "clokep"];

/** Nine weeks in which everybody but KitsuneRal has said something, on one issue and on so many pull requests. */
async function nineWeeks(pulls: number): Promise<void> {
  r = rehearsal({ config: config(watched, seat("clokep", 50_000_001)), timing: { resyncEvery: 7 * DAY } });
  r.sandbox.addUser("clokep", { id: 50_000_001 });
  await r.start();
  const { number } = r.as("ara4n").openIssue("A place to talk");
  await r.advance(63 * DAY);
  for (let at = 0; at < pulls; at += 1)
    r.as("ara4n").openPull({ title: `Thing ${at}`, branch: `t${at}`, files: { [`t${at}.md`]: "" } });
  await r.act(...[...SCT, "AmandineLP"].map((login) => () => r.as(login).comment(number, "Here")));
  await r.advance(DAY);
}

async function removal(by: string, branch: string): Promise<number> {
  let number = 0;
  await r.act(() => {
    const files = { [CONFIG]: unseat("KitsuneRal")(r.sandbox.fileText(CONFIG) ?? "") };
    ({ number } = r.as(by).openPull({ title: branch, body: "Gone.", branch, files }));
  });
  return number;
}

const requests = () => r.sandbox.requests.all.filter(({ kind }) => kind !== "token").length;
const issueNamed = (title: string) =>
  [...r.sandbox.repository.threads.values()].find((thread) => thread.title === title);

describe("who is absent, over HTTP", () => {
  test("amend.absent: ten removals by a stranger, one every eleven minutes, read what is new and not everything again", async () => {
    await nineWeeks(40);
    const before = requests();
    const each: number[] = [];
    for (let at = 0; at < 10; at += 1) {
      await r.advance(11 * MINUTE);
      const opened = requests();
      const n = await removal("passer-by", `r${at}`);
      expect(r.check(n)?.summary).toContain("amend.absent");
      each.push(requests() - opened);
    }
    const [first = 0, ...others] = each;
    // The forty pull requests once, for all. A check on a commit of a fork takes a try or two more, while GitHub does not know it yet.
    expect(first).toBeLessThan(60);
    expect(Math.max(...others)).toBeLessThan(18);
    expect(requests() - before).toBeLessThan(240);
  });

  test("absence.eight-weeks: a list longer than is read stops no other duty, and a removal is decided, counted with everybody", async () => {
    await nineWeeks(0);
    r.kill();
    r.sandbox.webhooksTo(null);
    const { number } = r.as("passer-by").openIssue("Some issue");
    for (let at = 0; at < 10_100; at += 1) r.as("passer-by").comment(number, `Number ${at}.`);
    const lawful = r.sandbox.fileText(CONFIG) ?? "";
    r.as("ara4n").pushTo(null, { [CONFIG]: specChange("60%")(lawful) });
    await r.start();
    await r.advance(HOUR);
    expect(issueNamed("The config was changed without an approved amendment")).toMatchObject({
      state: "open",
    });
    // It named KitsuneRal before the flood.
    expect(issueNamed("Members not seen for eight weeks")?.body).toContain("cannot be told now");
    expect(r.logged.join()).toContain("nobody counts as absent");
    r.as("ara4n").pushTo(null, { [CONFIG]: lawful });
    const n = await removal("richvdh", "r0");
    await r.act(() => r.as("richvdh").comment(n, "@mscbot propose"));
    expect(r.check(n)?.summary).toContain("7 of 9 of the Spec Core Team");
    expect(r.check(n)?.summary).toContain("it cannot be told now whether they are absent");
  });

  test("amend.absent: what they do is seen within ten minutes, and a removal that had its votes has them no more", async () => {
    await nineWeeks(0);
    const n = await removal("richvdh", "r0");
    await r.act(() => r.as("richvdh").comment(n, "@mscbot propose"));
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      await r.act(() => r.as(login).approve(n));
    expect(r.check(n)?.conclusion).toBe("success");
    await r.act(() => r.as("KitsuneRal").openIssue("Back from a long walk"));
    expect(r.check(n)?.conclusion).toBe("success");
    await r.advance(10 * MINUTE);
    expect(r.check(n)).toMatchObject({ status: "in_progress" });
    expect(r.check(n)?.summary).not.toContain("amend.absent");
  });
});
