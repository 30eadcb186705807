import { DAY } from "msc-clerk/domain/text/time.js";
import { afterEach, expect, test } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const FORM = "msc-clerk: form";
/** The Matrix config, with the form check on. */
const ON = `${matrixConfig()
  .replace(/^form:.*\n/m, "")
  .replace(/^proposals:.*\n/m, "")}form: all\nproposals: { prefix: MSC }\n`;
const form = (n: number) => r.sandbox.checkOn(n, FORM);
const forms = () => [...r.sandbox.repository.runs.values()].filter(({ name }) => name === FORM);
const DRAFT = "# A thing\n\nWords.\n";

test("form.check: a first-time author opens proposals/xxxx-thing.md, is told what to change, and changes it", async () => {
  r = await rehearsal({ config: ON }).start();
  const author = r.as("ShadowJonathan");
  let n = 0;
  await r.act(() => {
    n = author.openPull({
      title: "A thing",
      body: "I think we need a thing.",
      files: { "proposals/xxxx-thing.md": DRAFT },
      branch: "feature/thing",
      draft: true,
    }).number;
  });
  expect(form(n)).toMatchObject({ status: "completed", conclusion: "neutral", title: "5 things to change" });
  const told = form(n)?.summary ?? "";
  expect(told).toContain(`git mv proposals/xxxx-thing.md proposals/${n}-thing.md`);
  expect(told).toContain(`Change it to: \`MSC${n}: A thing\``);
  expect(told).toContain(`Change it to: \`# MSC${n}: A thing\``);
  const link = /\[Rendered\]\(([^)]+)\)/.exec(told)?.[1] ?? "";
  expect(link).toBe(
    `${r.sandbox.url}/ShadowJonathan/matrix-spec-proposals/blob/feature/thing/proposals/${n}-thing.md`,
  );
  expect(form(n)?.annotations).toMatchObject([{ path: "proposals/xxxx-thing.md", start_line: 1 }]);

  await r.act(() =>
    author.push(n, {
      "proposals/xxxx-thing.md": null,
      [`proposals/${n}-thing.md`]: `# MSC${n}: A thing\n\nWords.\n`,
    }),
  );
  expect(form(n)).toMatchObject({ conclusion: "neutral", title: "3 things to change" });
  await r.act(() => author.edit(n, { title: `MSC${n}: A thing` }));
  expect(form(n)?.title).toBe("2 things to change");
  await r.act(() =>
    author.edit(n, { body: `[Rendered](${link})\n\nSigned-off-by: Shadow <shadow@mail.test>` }),
  );
  expect(form(n)).toMatchObject({
    status: "completed",
    conclusion: "success",
    title: "The form is as it should be",
  });
  // The decision's own check goes its own way, and says nothing of it.
  expect(r.check(n)).toMatchObject({ name: "msc-clerk", status: "in_progress" });

  const runs = forms().length;
  const { reads } = r.sandbox.requests ?? { reads: 0 };
  await r.act(() => r.as("passer-by").comment(n, "Nice."));
  await r.advance(2 * DAY);
  expect(forms()).toHaveLength(runs);
  void reads;
});

test("form.check: with the key off nothing is asked for and nothing is written", async () => {
  r = await rehearsal({ config: matrixConfig().replace(/^form:.*\n/m, "") }).start();
  const n = r.propose("A thing", { "proposals/xxxx-thing.md": DRAFT });
  await r.settle();
  expect(form(n)).toBeNull();
});
