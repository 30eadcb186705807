import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, test } from "vitest";
import { siteAsReader } from "../support/readers.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
afterEach(() => r.close());

const folder = () => join(mkdtempSync(join(tmpdir(), "msc-clerk-site-")), "public");
const filesIn = (out: string): readonly string[] =>
  readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(out.length + 1))
    .sort();

/** What the clerk itself writes changes this on GitHub, and is no reason to look again. */
const known = (data: unknown): unknown =>
  JSON.parse(JSON.stringify(data, (key, value) => (/^updated_?at$/i.test(key) ? "…" : value)));

/** One proposal voted on, one decided, with a clerk that serves pages too. */
async function begun(): Promise<{ readonly moved: number; readonly decided: number }> {
  r = await rehearsal({ pages: true }).start();
  const moved = r.propose("MSC1: <script>alert(1)</script>");
  const decided = r.propose("MSC2: Polls");
  await r.act(() => r.as("richvdh").comment(decided, "@mscbot fcp merge"));
  for (const login of ["erikjohnston", "dbkr", "uhoreg", "anoadragon453", "ara4n"])
    await r.act(() => r.as(login).comment(decided, "@mscbot reviewed"));
  await r.advance(5 * DAY + HOUR);
  await r.act(() => r.as("dbkr").comment(moved, "@mscbot fcp merge"));
  await r.act(() => r.as("dbkr").comment(moved, "@mscbot concern it leaks"));
  return { moved, decided };
}

describe("the pages as files", () => {
  test("are those that the clerk serves, written by anybody who can read, with links that lead to files", async () => {
    const { moved, decided } = await begun();
    const out = folder();
    const before = r.sandbox.requests.writes.length;
    const told = await siteAsReader(r, out, { url: "https://example.org/proposals" });
    expect(told).toMatchObject({ kind: "told", json: { format: "msc-clerk site 1", unread: [] } });
    expect(r.sandbox.requests.writes.length).toBe(before);
    const files = filesIn(out);
    for (const file of [
      ...["index.html", "style.css", "proposals.json", "feed.atom", "fcp.ics", "api/v1/board.json"],
      ...[`${moved}/index.html`, `${decided}/index.html`, "decisions/index.html", "teams/index.html"],
      ...["figures/index.html", "members/index.html", "members/dbkr/index.html", "api/v1/decisions/1.json"],
      ".nojekyll",
    ])
      expect(files).toContain(file);

    // What does not go by the moment is the same, to the letter.
    for (const path of [
      "api/v1/board.json",
      "api/v1/decisions.json",
      "api/v1/decisions/1.json",
      "proposals.json",
    ]) {
      const served = await fetch(`${r.clerk?.pagesAddress}/matrix-org/matrix-spec-proposals/${path}`);
      expect(known(JSON.parse(readFileSync(join(out, path), "utf8")))).toEqual(known(await served.json()));
    }
    const page = readFileSync(join(out, `${moved}/index.html`), "utf8");
    expect(page).toContain("it leaks");
    expect(page).not.toContain("<script>alert(1)");
    expect(readFileSync(join(out, "feed.atom"), "utf8")).toContain("https://example.org/proposals/feed.atom");

    for (const file of files.filter((one) => one.endsWith(".html"))) {
      const at = new URL(`http://site/${file.replace(/index\.html$/, "")}`);
      const links = readFileSync(join(out, file), "utf8").matchAll(/(?:href|src)="([^"#?]*)[^"]*"/g);
      for (const [, link = ""] of links) {
        const to = new URL(link, at);
        if (to.host !== "site") continue;
        const path = decodeURIComponent(to.pathname.slice(1));
        const there = existsSync(join(out, path === "" || path.endsWith("/") ? `${path}index.html` : path));
        expect({ file, link, there }).toEqual({ file, link, there: true });
      }
    }
  });

  test("replace those of before whole, and nothing that this command has not written", async () => {
    await begun();
    const out = folder();
    await siteAsReader(r, out);
    writeFileSync(join(out, "old.html"), "");
    expect(await siteAsReader(r, out)).toMatchObject({ kind: "told" });
    expect(filesIn(out)).not.toContain("old.html");
    const foreign = mkdtempSync(join(tmpdir(), "msc-clerk-site-"));
    writeFileSync(join(foreign, "thesis.tex"), "");
    expect(await siteAsReader(r, foreign)).toMatchObject({
      kind: "not",
      why: expect.stringContaining("not empty"),
    });
    expect(readdirSync(foreign)).toEqual(["thesis.tex"]);
  });

  test("a link stays a link, what a run that was ended left out of place comes back, and a checkout is not touched", async () => {
    await begun();
    const out = folder();
    await siteAsReader(r, out);
    const link = `${out}-link`;
    symlinkSync(out, link);
    await siteAsReader(r, link);
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    // The power went between the two renames; and an earlier run had left half a site.
    renameSync(out, `${out}.old-abcdef`);
    mkdirSync(`${out}.new-abcdef`);
    writeFileSync(join(`${out}.new-abcdef`, "taken-back.html"), "");
    expect(await siteAsReader(r, out)).toMatchObject({ kind: "told" });
    expect(filesIn(out)).not.toContain("taken-back.html");
    mkdirSync(join(out, ".git"));
    expect(await siteAsReader(r, out)).toMatchObject({ kind: "not", why: expect.stringContaining("git") });
    expect(existsSync(join(out, "index.html"))).toBe(true);
  });

  test("of a repository that not everybody may see there are none", async () => {
    await begun();
    r.sandbox.addUser("insider", { id: 77_000, level: "read" });
    await r.act(() => r.sandbox.setPrivate(true));
    const out = folder();
    expect(await siteAsReader(r, out)).toMatchObject({ kind: "not" });
    expect(existsSync(out)).toBe(false);
    await r.act(() => r.sandbox.setPrivate(false));
  });

  test("of a thousand proposals are written within a minute", async () => {
    r = await rehearsal().start();
    r.propose();
    await r.settle();
    r.kill();
    r.sandbox.deliveries.target = null;
    const admin = r.as("ara4n");
    for (let n = 1; n <= 1_000; n += 1) {
      const { number } = r.as("ShadowJonathan").openPull({
        title: `MSC${n}: Thing ${n}`,
        body: "A proposal.",
        files: { [`proposals/${n}.md`]: `# ${n}\n` },
      });
      admin.label(number, "proposal");
    }
    // Connections that have timed out meanwhile are seen to be gone.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const out = folder();
    const began = performance.now();
    // It has a check run on none of the newest, by which it could be told.
    const told = await siteAsReader(r, out, { app: r.sandbox.app.slug });
    const seconds = (performance.now() - began) / 1_000;
    console.log(`1,000 proposals: ${seconds.toFixed(1)} s, ${told.kind === "told" ? told.text : told.why}`);
    expect(told).toMatchObject({ kind: "told", json: { unread: [] } });
    expect(filesIn(out).filter((file) => /^\d+\/index\.html$/.test(file))).toHaveLength(1_001);
    // Two cores that have other work are no measure; on idle ones it is a third of this.
    expect(seconds).toBeLessThan(60);
    const board = readFileSync(join(out, "index.html"));
    expect(board.length).toBeLessThan(200_000);
  }, 180_000);
});
