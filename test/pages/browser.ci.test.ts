import { writeFileSync } from "node:fs";
import axe from "axe-core";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PLACES } from "../../src/domain/model/publicView.js";
import { aBrowser } from "../support/chromium.js";
import { type PagesServer, pagesServer, siteServer } from "../support/pagesServer.js";
import { palettePng } from "../support/palettePng.js";
import { BUSY, NOW as BUSY_NOW } from "./detailed.js";
import { BODY, HOSTILE_TEXTS, hostileRoster, hostileSummary, sourceOf } from "./world.js";

const OF = "matrix-org/matrix-spec-proposals/";
const MOST_BYTES = 150 * 1024;

let browser: Browser;
/** A body at work; one with whole lives. */
let body: PagesServer;
let busy: PagesServer;
beforeAll(async () => {
  browser = await aBrowser();
  body = await pagesServer(sourceOf({ summaries: BODY }));
  busy = await pagesServer(sourceOf(BUSY), BUSY_NOW);
});
afterAll(async () => {
  await browser?.close();
  await body?.[Symbol.asyncDispose]();
  await busy?.[Symbol.asyncDispose]();
});

/** Every kind of page, and by which name its picture is kept. */
const KINDS: readonly {
  readonly name: string;
  readonly of: "body" | "busy";
  readonly path: string;
  readonly status?: number;
}[] = [
  { name: "board", of: "body", path: "" },
  { name: "board-filtered", of: "body", path: "?label=client-server&disposition=merge&sort=age" },
  { name: "board-mine", of: "body", path: "?member=dbkr" },
  { name: "place", of: "body", path: "place/merged/" },
  { name: "members", of: "body", path: "members/" },
  { name: "member", of: "body", path: "members/erikjohnston/" },
  { name: "data", of: "body", path: "data/" },
  { name: "nothing", of: "body", path: "nothing/here/", status: 404 },
  { name: "proposal", of: "busy", path: "1772/" },
  { name: "decisions", of: "busy", path: "decisions/" },
  { name: "teams", of: "busy", path: "teams/" },
  { name: "figures", of: "busy", path: "figures/" },
];
/** Of these a picture is kept, so that whoever reads the docs sees them. */
const KEPT: ReadonlyMap<string, { readonly height: number }> = new Map([
  ["board-light-1440", { height: 1500 }],
  ["board-dark-1440", { height: 1500 }],
  ["board-light-360", { height: 1500 }],
  ["member-light-1440", { height: 700 }],
  ["proposal-light-1440", { height: 1500 }],
  ["proposal-dark-1440", { height: 1500 }],
  ["decisions-light-1440", { height: 1100 }],
  ["teams-light-1440", { height: 1100 }],
  ["figures-light-1440", { height: 1300 }],
  ["figures-dark-1440", { height: 1300 }],
]);

/** Everything that a browser complains about, and every request that leaves this machine. */
function complaintsOf(page: Page, address: string, status = 200): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    const itself = status !== 200 && message.text().includes(`status of ${status}`);
    if (!itself) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(address)) complaints.push(`asked for ${request.url()}`);
  });
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return complaints;
}

interface AxeFinding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

/** What axe finds that keeps somebody from using a page. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const findings = await page.evaluate<AxeFinding[]>(
    `axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations)`,
  );
  return findings
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`),
    );
}

/** How much wider than its window a page is. */
const overhang = (page: Page): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

/** A picture for the docs, when somebody wants them made anew: PICTURES=1. */
async function keep(page: Page, name: string): Promise<void> {
  const kept = KEPT.get(name);
  if (kept === undefined || process.env.PICTURES !== "1") return;
  const { width = 0 } = page.viewportSize() ?? {};
  const tall: number = await page.evaluate("document.documentElement.scrollHeight");
  const clip = { x: 0, y: 0, width, height: Math.min(kept.height, tall) };
  const png = palettePng(await page.screenshot({ fullPage: true, clip }));
  expect(png.length).toBeLessThan(MOST_BYTES);
  const file = name.replace("-1440", "").replace("light-360", "phone");
  writeFileSync(new URL(`../../docs/images/${file}.png`, import.meta.url), png);
}

describe.each(["light", "dark"] as const)("in the %s scheme", (colorScheme) => {
  describe.each([360, 1440])("%i pixels wide", (width) => {
    let context: BrowserContext;
    beforeAll(async () => {
      context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    });
    afterAll(() => context?.close());

    test.each(KINDS)(
      "the page $name fits, says nothing on the console, and axe finds nothing serious",
      async ({ name, of, path, status = 200 }) => {
        const server = of === "body" ? body : busy;
        const page = await context.newPage();
        const complaints = complaintsOf(page, server.url, status);
        const response = await page.goto(`${server.url}${OF}${path}`);
        expect(response?.status()).toBe(status);
        await keep(page, `${name}-${colorScheme}-${width}`);
        expect(await overhang(page)).toBe(0);
        expect(await seriousFindings(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.close();
      },
    );
  });
});

describe("without a script", () => {
  test("the forms of the board filter, and the way to everything is there", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${body.url}${OF}`);
    await page.getByLabel("Your login on GitHub").fill("AmandineLP");
    await page.getByRole("button", { name: "Show what waits for me" }).click();
    expect(page.url()).toContain("?member=AmandineLP");
    expect(await page.locator(".proposal h3").allInnerTexts()).toEqual([
      "MSC1779: Proposal for Open Governance for Matrix.org",
    ]);
    await page.getByRole("link", { name: "Show all" }).first().click();
    await page.getByText("Filter and sort").click();
    await page.getByLabel("Motion").selectOption("to close");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    expect(await page.locator(".proposal h3").allInnerTexts()).toEqual([
      "MSC2463: Exclusion of MXIDs in push rules content matching",
    ]);
    await page.getByRole("link", { name: "MSC2463" }).click();
    expect(new URL(page.url()).pathname).toBe(`/${OF}2463/`);
    await page.getByRole("link", { name: "Members" }).click();
    await page.getByRole("link", { name: "dbkr" }).first().click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("dbkr");
    await context.close();
  });
});

describe("by keys alone", () => {
  test("the first stop leads past the navigation, and the forms are reached and sent", async () => {
    const page = await browser.newPage();
    await page.goto(`${body.url}${OF}`);
    const focused = () => page.evaluate<string>("document.activeElement.textContent.trim()");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the content");
    const top: number = await page.evaluate("document.activeElement.getBoundingClientRect().top");
    expect(top).toBeGreaterThan(0);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("dbkr");
    await Promise.all([page.waitForURL(/member=dbkr/), page.keyboard.press("Enter")]);
    await page.goto(`${body.url}${OF}`);
    for (let stops = 0; (await focused()) !== "Filter and sort"; stops += 1) {
      expect(stops).toBeLessThan(20);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("editing");
    await Promise.all([page.waitForURL(/text=editing/), page.keyboard.press("Enter")]);
    expect(await page.locator(".proposal").count()).toBe(1);
    await page.close();
  });
});

describe("as files", () => {
  test("the script brings the forms out and filters what is on the page", async () => {
    await using site = await siteServer(sourceOf({ summaries: BODY }));
    const page = await browser.newPage();
    const complaints = complaintsOf(page, site.url);
    await page.goto(site.url);
    const shown = async () => await page.locator(".proposal:visible").count();
    const titles = async () => page.locator(".proposal:visible h3").allInnerTexts();
    await page.getByLabel("Your login on GitHub").fill("amandinelp");
    await page.getByRole("button", { name: "Show what waits for me" }).click();
    expect(await titles()).toEqual(["MSC1779: Proposal for Open Governance for Matrix.org"]);
    expect(await page.locator("#found").textContent()).toBe("1 of the 16 proposals on this page");
    await page.getByText("Filter", { exact: true }).click();
    await page.getByLabel("Team").selectOption("Guardians");
    expect(await titles()).toEqual(["MSC1779: Proposal for Open Governance for Matrix.org"]);
    await page.getByLabel("Team").selectOption("any");
    await page.getByLabel("Concerns").selectOption("open");
    expect(await titles()).toHaveLength(3);
    await page.getByLabel("Author", { exact: true }).fill("timokoesters");
    await page.getByRole("button", { name: "Show", exact: true }).click();
    expect(await shown()).toBe(1);
    await page.getByRole("link", { name: "Show all" }).click();
    expect(await page.locator(".proposal:visible").count()).toBe(BODY.length);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test("without a script the board is whole, and no form is in sight", async () => {
    await using site = await siteServer(sourceOf({ summaries: BODY }));
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(site.url);
    expect(await page.locator(".proposal:visible").count()).toBe(BODY.length);
    expect(await page.locator("form:visible").count()).toBe(0);
    await page.getByRole("link", { name: "Figures" }).click();
    expect(page.url()).toBe(`${site.url}figures/`);
    await context.close();
  });
});

test("texts of strangers do nothing in a real browser", async () => {
  const numbers = HOSTILE_TEXTS.map((_, index) => index + 1);
  const summaries = HOSTILE_TEXTS.map((text, index) =>
    hostileSummary(index + 1, text, PLACES[index % PLACES.length]),
  );
  for (const roster of [hostileRoster(HOSTILE_TEXTS[0] ?? ""), hostileRoster(HOSTILE_TEXTS[3] ?? "")]) {
    await using server = await pagesServer(sourceOf({ summaries, roster }));
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    const complaints = complaintsOf(page, server.url);
    for (const path of [
      "",
      "members/",
      "teams/",
      "?text=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
      ...numbers.map((n) => `${n}/`),
    ]) {
      await page.goto(`${server.url}${OF}${path}`);
      const strange = await page.evaluate<string[]>(`[...document.querySelectorAll("*")].flatMap((one) => [
        ...(["SCRIPT", "IMG", "STYLE", "IFRAME", "OBJECT", "BASE"].includes(one.tagName) ? [one.outerHTML] : []),
        ...[...one.attributes].filter(({ name, value }) => /^on/.test(name) || name === "style" || name === "autofocus" || /^\\s*javascript:/i.test(value) && name !== "value").map(({ name }) => one.tagName + " " + name),
      ])`);
      expect(strange, path).toEqual([]);
      expect(await page.title()).toMatch(/ – matrix-org\/matrix-spec-proposals$/);
      expect(await overhang(page), path).toBe(0);
    }
    expect(complaints).toEqual([]);
    await page.close();
  }
});
