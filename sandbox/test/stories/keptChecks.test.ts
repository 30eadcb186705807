import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { seat } from "../support/constitution.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

/* GitHub keeps checks 400 days. https://docs.github.com/rest/guides/using-the-rest-api-to-interact-with-checks#retention-of-checks-data */

let r: Rehearsal;
afterEach(() => r.close());

const VOTERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg", "anoadragon453", "turt2live", "KitsuneRal"];

test("config.lawful: an amendment stays lawful when GitHub has thrown away its checks, also for a clerk that lost its store", async () => {
  r = rehearsal();
  r.sandbox.addUser("clokep", { id: 50_000_001 });
  await r.start();
  let n = 0;
  await r.act(() => {
    const text = seat("clokep", 50_000_001)(r.sandbox.fileText(CONFIG) ?? "");
    n = r.as("richvdh").openPull({ title: "Amend", body: "Why.", files: { [CONFIG]: text } }).number;
  });
  await r.act(() => r.as("richvdh").comment(n, "@mscbot propose"));
  for (const login of VOTERS) await r.act(() => r.as(login).approve(n));
  expect(r.check(n)?.conclusion).toBe("success");
  await r.act(() => r.as("richvdh").merge(n));
  await r.advance(HOUR);
  r.loseStore();
  await r.clock.advance(415 * DAY);
  expect(r.check(n)).toBeNull();
  const proposal = r.propose();
  await r.start();
  await r.act(() => r.as("richvdh").comment(proposal, "@mscbot fcp merge"));
  await r.act(() => r.as("clokep").comment(proposal, "@mscbot reviewed"));
  expect(r.status(proposal).body).toMatch(/\*\*2 of \d needed/);
  const issues = [...r.sandbox.repository.threads.values()].filter(({ pull }) => pull === null);
  expect(issues.filter(({ title }) => title.includes("without an approved amendment"))).toEqual([]);
});

test("check.final: an accepted proposal that stays open has its check again when GitHub has thrown it away", async () => {
  r = await rehearsal().start();
  const n = r.propose();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  for (const login of VOTERS.slice(0, 6)) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  await r.advance(6 * DAY);
  expect(r.check(n)?.conclusion).toBe("success");
  const before = r.check(n)?.id;
  await r.clerk?.stop();
  r.clerk = null;
  await r.clock.advance(401 * DAY);
  expect(r.check(n)).toBeNull();
  await r.start();
  await r.advance(HOUR);
  expect(r.check(n)?.conclusion).toBe("success");
  expect(r.check(n)?.id).not.toBe(before);
});
