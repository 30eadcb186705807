import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { matrixConfig, withoutForm } from "../../src/roster.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 0 });

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const FORM = "msc-clerk: form";
const form = (n: number) => r.sandbox.checkOn(n, FORM);
const forms = () => [...r.sandbox.repository.runs.values()].filter(({ name }) => name === FORM);
const TEXT = "# A thing\n\nWords.\n";
const RIGHT = { conclusion: "success", title: "The form is as it should be" };

/** A draft by somebody new, from a fork, with all that one can forget. */
const opened = (file = "proposals/xxxx-thing.md"): number =>
  r.as("ShadowJonathan").openPull({
    title: "A thing",
    body: "I think we need a thing.",
    files: { [file]: TEXT },
    branch: "feature/thing",
    draft: true,
  }).number;

/** The link that the form check offers. */
const offered = (n: number): string => /\[Rendered\]\(([^)]+)\)/.exec(form(n)?.summary ?? "")?.[1] ?? "";

describe("form.check: a proposal whose form is put right", () => {
  test("a first-time author opens proposals/xxxx-thing.md, is told what to change, and changes it", async () => {
    r = await rehearsal().start();
    const author = r.as("ShadowJonathan");
    let n = 0;
    await r.act(() => (n = opened()));
    expect(form(n)).toMatchObject({
      status: "completed",
      conclusion: "neutral",
      title: "5 things to change",
    });
    const told = form(n)?.summary ?? "";
    expect(told).toContain(`git mv proposals/xxxx-thing.md proposals/${n}-thing.md`);
    expect(told).toContain(`Change it to: \`MSC${n}: A thing\``);
    expect(told).toContain(`Change it to: \`# MSC${n}: A thing\``);
    const link = offered(n);
    expect(link).toBe(
      `${r.sandbox.url}/ShadowJonathan/matrix-spec-proposals/blob/feature/thing/proposals/${n}-thing.md`,
    );
    expect(form(n)?.annotations).toMatchObject([{ path: "proposals/xxxx-thing.md", start_line: 1 }]);

    const file = `proposals/${n}-thing.md`;
    await r.act(() =>
      author.push(n, { "proposals/xxxx-thing.md": null, [file]: `# MSC${n}: A thing\n\nWords.\n` }),
    );
    expect(form(n)).toMatchObject({ conclusion: "neutral", title: "3 things to change" });
    await r.act(() => author.edit(n, { title: `MSC${n}: A thing` }));
    expect(form(n)?.title).toBe("2 things to change");
    await r.act(() => author.edit(n, { body: `[Rendered](${link})` }));
    expect(form(n)?.title).toBe("1 thing to change");
    await r.act(() => author.comment(n, "Signed-off-by: Shadow <shadow@mail.test>"));
    expect(form(n)).toMatchObject(RIGHT);
    // The decision's own check goes its own way, and the record with it.
    expect(r.check(n)).toMatchObject({ name: "msc-clerk", status: "in_progress" });
    expect(forms().every(({ text }) => text === null)).toBe(true);

    // Merged by a decision or without: where the link leads is offered anew.
    await r.act(() => author.ready(n));
    await r.act(() => r.as("uhoreg").label(n, "proposal"));
    await r.act(() => r.as("richvdh").comment(n, "@mscbot concern Too much of a thing"));
    await r.act(() => r.as("richvdh").merge(n));
    expect(form(n)).toMatchObject({ conclusion: "neutral", title: "1 thing to look at" });
    expect(offered(n)).toBe(`${r.sandbox.url}/matrix-org/matrix-spec-proposals/blob/main/${file}`);
    const { body } = r.sandbox.thread(n);
    expect(body).toBe(`[Rendered](${link})`);
    await r.act(() => author.edit(n, { body: `[Rendered](${offered(n)})` }));
    expect(form(n)).toMatchObject(RIGHT);
  });

  test("with every webhook lost, the resync brings it to the same", async () => {
    r = await rehearsal({ timing: { resyncEvery: HOUR } }).start();
    r.sandbox.webhooksTo(null);
    const n = opened();
    await r.advance(2 * HOUR);
    expect(form(n)?.title).toBe("5 things to change");
    r.as("ShadowJonathan").edit(n, { title: `MSC${n}: A thing` });
    await r.advance(2 * HOUR);
    expect(form(n)?.title).toBe("4 things to change");
  });

  test("a sign-off in private, and a push after it", async () => {
    r = await rehearsal().start();
    const n = r.propose("A thing", { "proposals/xxxx-thing.md": TEXT });
    await r.settle();
    expect(form(n)?.summary).toContain("**Sign-off**");
    let said = 0;
    await r.act(() => (said = r.as("dbkr").comment(n, "@mscbot signoff private").id));
    expect(r.reactions(said)).toEqual(["+1"]);
    expect(form(n)?.summary).not.toContain("**Sign-off**");
    // Kept where nobody else can change it, also without a motion or a concern.
    r.loseStore();
    await r.start();
    await r.act(() => r.as("ShadowJonathan").push(n, { "proposals/xxxx-thing.md": "# Another\n" }));
    expect(form(n)?.title).toBe("4 things to change");
    expect(form(n)?.summary).not.toContain("**Sign-off**");
  });
});

/** Without addresses of this sandbox, commits and signatures. */
const plainly = (body: string) =>
  body
    .replace(/<!-- msc-clerk:(?!status|announce|reply|register ).*-->/g, "")
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, "")
    .replace(/\b[0-9a-f]{7,64}\b/g, "");

/** Of new runs the path does not tell whose they are; runs and commits have other names each time. */
const withoutRuns = (step: readonly string[]) =>
  step
    .filter((one) => one !== "POST /check-runs")
    .map((one) => one.replace(/[0-9a-f]{40}|(?<=check-runs\/)\d+/, "…"));

describe("form.check: what it costs, and whom it leaves alone", () => {
  /** What the clerk asks and writes meanwhile. */
  const during = async (doing: () => unknown) => {
    const before = r.sandbox.requests.all.length;
    await r.act(doing);
    return r.sandbox.requests.all
      .slice(before)
      .filter(({ kind }) => kind !== "token")
      .map(
        ({ method, path, operation }) =>
          operation ?? `${method} ${path.replace(/^\/repos\/[^/]+\/[^/]+/, "")}`,
      );
  };

  test("a look that changes nothing is one request; nor does another start or the next days write it again", async () => {
    r = await rehearsal().start();
    const n = opened();
    await r.settle();
    const runs = forms().length;
    expect(runs).toBe(1);
    expect(await during(() => r.as("passer-by").comment(n, "Nice."))).toHaveLength(1);
    await r.advance(3 * DAY);
    r.kill();
    await r.start();
    await r.act(() => r.as("passer-by").comment(n, "Still nice."));
    await r.advance(3 * DAY);
    expect(forms()).toHaveLength(runs);
  });

  test("re-running it, or the whole suite, answers with a new run", async () => {
    r = await rehearsal().start();
    const n = opened();
    await r.settle();
    const first = form(n);
    await r.act(() => r.as("dbkr").rerunCheck(first?.id ?? 0));
    const second = form(n);
    expect(second?.id).toBeGreaterThan(first?.id ?? 0);
    expect(second).toMatchObject({
      title: first?.title,
      summary: first?.summary,
      annotations: first?.annotations,
    });
    expect(forms()).toHaveLength(2);
    // Of a suite on a fork's head GitHub does not say whose it is; of one on a branch of the repository it does.
    const own = r.as("uhoreg").openPull({ title: "B", files: { "proposals/xxxx-b.md": TEXT } }).number;
    await r.settle();
    const before = form(own)?.id ?? 0;
    await r.act(() => r.as("dbkr").rerunChecks(own));
    expect(form(own)?.id).toBeGreaterThan(before);
  });

  test("two pull requests on one head have a run each, and none is taken for the other's or for a decision's", async () => {
    r = await rehearsal().start();
    const n = opened();
    await r.settle();
    const { headOid } = r.sandbox.pull(n).pull;
    const other = r.as("sandhose");
    const home = other.in(other.fork().id);
    home.pushTo("same", { "proposals/xxxx-thing.md": TEXT });
    home.pointBranch("same", headOid);
    await r.act(() => other.comment(n, "Hello"));
    const own = forms().filter(({ externalId }) => externalId === `form:${n}`);
    expect(own).toHaveLength(1);
    expect(r.check(n)?.externalId).toMatch(new RegExp(`^${n}:`));
  });

  test("a pull request that mends a typo in an old proposal has none", async () => {
    r = rehearsal();
    r.as("ara4n").pushTo(null, { "proposals/1_Old.md": "# Ole\n" });
    await r.start();
    const n = r.propose("Typo", { "proposals/1_Old.md": "# Old\n" });
    await r.settle();
    expect(form(n)).toBeNull();
  });

  test("with the key off every request and every write is what it was", async () => {
    const story = async (config: string) => {
      r = await rehearsal({ config }).start();
      let n = 0;
      const steps = [
        await during(() => (n = opened())),
        await during(() => r.as("ShadowJonathan").ready(n)),
        await during(() => r.as("uhoreg").label(n, "proposal")),
        await during(() => r.as("ShadowJonathan").edit(n, { title: `MSC${n}: A thing`, body: "Another" })),
        await during(() => r.as("richvdh").comment(n, "@mscbot fcp merge")),
        await during(() => r.as("ShadowJonathan").push(n, { "proposals/xxxx-thing.md": "# B\n" })),
        await during(() => r.as("richvdh").merge(n)),
      ];
      const said = r.said(n).map(({ body }) => plainly(body));
      return { steps, said, labels: r.labels(n), check: plainly(r.check(n)?.summary ?? ""), form: form(n) };
    };
    const on = await story(matrixConfig());
    await r.close();
    const off = await story(withoutForm(matrixConfig()));
    expect(off.form).toBeNull();
    expect(off.steps.flat().filter((one) => one === "Form" || one === "Blobs")).toEqual([]);
    expect(forms()).toEqual([]);
    // The same requests in the same order as with it, less those for the form; and the same said.
    const others = on.steps.map((step) => step.filter((one) => one !== "Form" && one !== "Blobs"));
    expect(off.steps.map(withoutRuns)).toEqual(others.map(withoutRuns));
    expect(off.steps.flat().filter((one) => one.startsWith("POST /check-runs"))).toMatchInlineSnapshot(`
      [
        "POST /check-runs",
        "POST /check-runs",
        "POST /check-runs",
      ]
    `);
    expect([off.said, off.labels, off.check]).toEqual([on.said, on.labels, on.check]);
  });
});
