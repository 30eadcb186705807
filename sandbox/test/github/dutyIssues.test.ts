import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { seat } from "../support/constitution.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const issues = () => [...r.sandbox.repository.threads.values()].filter((thread) => !thread.pull);

async function later(ms: number): Promise<void> {
  await r.clerk?.stop();
  r.clerk = null;
  await r.clock.advance(ms);
  await r.start();
}

/* GitHub's filter by who opened an issue: https://github.com/renovatebot/renovate/issues/44730 */
test("amend.lead-confidence: after the App was renamed what is due is reported once, and not again each day", async () => {
  r = await rehearsal().start();
  await later(400 * DAY);
  await r.advance(DAY);
  const [first, ...others] = issues().map(({ title }) => title);
  expect(first).toMatch(/confidence/);
  expect(others).toEqual([]);
  // Nothing tells the clerk that its account has another name: it asks for the issues of the old one, and finds none.
  r.sandbox.renameApp("scribe");
  await r.advance(5 * DAY);
  expect(issues()).toHaveLength(1);
  await later(DAY);
  await r.advance(2 * DAY);
  expect(issues()).toHaveLength(1);
});

test("amend.lead-confidence: an issue of the clerk's that was deleted is not made again each day", async () => {
  r = await rehearsal().start();
  await later(400 * DAY);
  await r.advance(DAY);
  const [issue] = issues();
  r.sandbox.store.changeRepository(r.sandbox.repositoryId, (now) => ({
    ...now,
    threads: new Map([...now.threads].filter(([number]) => number !== issue?.number)),
  }));
  await r.advance(5 * DAY);
  expect(issues()).toEqual([]);
});

test("amend.preview: where Issues are off an amendment's check says that nobody is told what is due", async () => {
  r = rehearsal();
  r.sandbox.addUser("clokep", { id: 50_000_001 });
  r.sandbox.setIssues(false);
  await r.start();
  const files = { [CONFIG]: seat("clokep", 50_000_001)(r.sandbox.fileText(CONFIG) ?? "") };
  let n = 0;
  await r.act(() => (n = r.as("richvdh").openPull({ title: "Add", body: "why", files }).number));
  expect(r.check(n)?.summary).toMatch(/Issues are switched off/);
  const other = r.propose();
  await r.settle();
  expect(r.check(other)?.summary).not.toMatch(/Issues are switched off/);
  await later(400 * DAY);
  await r.advance(HOUR);
  expect(issues()).toEqual([]);
  expect(r.logged.join("")).toMatch(/Are Issues switched off/);
  r.sandbox.setIssues(true);
  await r.act(() => r.as("richvdh").comment(n, "@mscbot propose"));
  expect(r.check(n)?.summary).not.toMatch(/Issues are switched off/);
});
