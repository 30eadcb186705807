import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { aBrowser } from "../../../test/support/chromium.js";
import type { Stage } from "../../src/page/site.js";
import { RevolvingStage } from "../../src/revolvingStage.js";
import { AMENDMENT, SEED_START } from "../../src/seed.js";
import { playSeed } from "../../src/seeding.js";
import { LiveStage } from "../../src/stage.js";
import { HOME, NUMBER, type PageServer, PULL, served, smallStage } from "../support/pageServer.js";

const EDIT = `${HOME}/edit/${CONFIG_FILE}`;
const WITHOUT_SCRIPT = { javaScriptEnabled: false };

let browser: Browser;
/** Two proposals and no clerk: what is done there is done at once. */
let stage: LiveStage;
let small: PageServer;
/** The seed, as a visitor finds it. */
let lived: LiveStage;
let seeded: PageServer;
let saved = "";
beforeAll(async () => {
  browser = await aBrowser();
  stage = await smallStage({ clerk: false });
  small = await served(stage);
  lived = new LiveStage({ start: SEED_START, logger: pinoLog("error", true) });
  await lived.open();
  await playSeed(lived);
  lived.sandbox.as("passer-by").openIssue("How does one become a member?", "I would like to know.");
  saved = mkdtempSync(join(tmpdir(), "saved-states-"));
  const revolving = await RevolvingStage.around(lived, { links: "http://127.0.0.1", directory: saved });
  await revolving.save("as-it-began");
  seeded = await served(revolving);
  lived.sandbox.linksTo(seeded.address);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  for (const server of [small, seeded]) await server?.[Symbol.asyncDispose]();
  for (const one of [stage, lived]) await one?.close();
  rmSync(saved, { recursive: true, force: true });
});

const contexts: BrowserContext[] = [];
const endings: (() => void)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) end();
  for (const context of contexts.splice(0)) await context.close();
});

/** Somebody before a browser of their own. */
async function visitor(
  { address }: PageServer,
  you = "richvdh",
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext(options);
  contexts.push(context);
  context.setDefaultTimeout(10_000);
  await context.addCookies([{ name: "you", value: you, url: address }]);
  return context.newPage();
}

const unfold = (page: Page): Promise<void> =>
  page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");

const field = (page: Page, action: string, name: string) =>
  page.locator(`form[action="${action}"] :is(textarea,input,select)[name="${name}"]:not([type=hidden])`);

const comment = (page: Page) => field(page, `${PULL}/comment`, "body");

/** A page that answers when it is let. */
function held(of: LiveStage): { readonly slow: Stage; readonly let: () => void } {
  let release = () => {};
  const free = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow: Stage = {
    place: of.place,
    about: of.about,
    states: of.states,
    scene: (you) => of.scene(you),
    act: (doing) => of.act(doing),
    moveClock: async (milliseconds) => {
      await free;
      await of.moveClock(milliseconds);
    },
    setFaults: (faults) => of.setFaults(faults),
    onChange: (listener) => of.onChange(listener),
  };
  return { slow, let: () => release() };
}

describe("what somebody has typed", () => {
  const EVERYWHERE = [
    [`${HOME}/edit/${CONFIG_FILE}`, EDIT],
    [`${HOME}/new`, `${HOME}/new`],
    [`${PULL}/comment`, PULL],
    [`${PULL}/edit`, PULL],
    [`${PULL}/inline`, PULL],
    [`${PULL}/push`, PULL],
    [`${PULL}/retitle`, PULL],
  ] as const;

  test.each([
    ["with a script", {}],
    ["without a script", WITHOUT_SCRIPT],
  ])("is there after a refusal, in every form, %s", async (_name, options) => {
    const { sandbox } = stage;
    const said = sandbox.as("dbkr").comment(NUMBER, "A word.");
    sandbox.as("richvdh").approve(NUMBER);
    const review = sandbox.pull(NUMBER).pull.reviews.at(-1)?.id;
    sandbox.as("richvdh").lock(NUMBER);
    endings.push(() => sandbox.as("richvdh").unlock(NUMBER));
    const page = await visitor(small, "passer-by", options);
    const forms = [
      ...EVERYWHERE,
      [`${PULL}/comments/${said.id}/edit`, PULL],
      [`${PULL}/reviews/${review}/dismiss`, PULL],
    ];
    const there = new Set<string>();
    for (const [action = "", path = ""] of forms) {
      if (!page.url().endsWith(path) || options === WITHOUT_SCRIPT) await page.goto(small.address + path);
      const form = page.locator(`form[action="${action}"]:has(textarea,input[type=text])`);
      for (const one of await page
        .locator("form:has(textarea,input[type=text])")
        .evaluateAll((all) =>
          all.map((form) => (form as { getAttribute(n: string): string }).getAttribute("action")),
        ))
        there.add(one);
      const fold = form.locator("xpath=ancestor::details").last();
      if ((await fold.count()) > 0 && (await fold.getAttribute("open")) === null)
        await fold.locator("summary").first().click();
      const texts = form.locator("textarea,input[type=text]");
      for (let at = 0; at < (await texts.count()); at += 1)
        await texts.nth(at).fill(action.endsWith("/new") && at === 0 ? " " : `typed ${at} <b>"&`);
      const numbers = form.locator("input[type=number]");
      if ((await numbers.count()) > 0) await numbers.fill("7");
      const draft = form.locator("input[name=draft]");
      if ((await draft.count()) > 0) await draft.check();
      // Anybody may open a pull request; a push to the default branch is refused.
      const push = form.locator("button[value=push]");
      await ((await push.count()) > 0 ? push : form.locator("button").first()).click();
      await expect
        .poll(() => page.locator(".notice.refused").first().textContent(), { timeout: 5000 })
        .toMatch(/GitHub refuses/);
      for (let at = 0; at < (await texts.count()); at += 1) {
        const typed = action.endsWith("/new") && at === 0 ? " " : `typed ${at} <b>"&`;
        expect(await texts.nth(at).inputValue(), action).toBe(typed);
        expect(await texts.nth(at).isVisible(), action).toBe(true);
      }
      if ((await numbers.count()) > 0) expect(await numbers.inputValue()).toBe("7");
      if ((await draft.count()) > 0) expect(await draft.isChecked()).toBe(true);
    }
    // No form with a field for text is left out.
    const kinds = (all: Iterable<string>) =>
      new Set([...all].map((one) => one.replace(/\/(comments|reviews)\/\d+\//, "/$1/N/")));
    expect(kinds(there)).toEqual(kinds(forms.map(([action = ""]) => action)));
  });

  test("stays when the page shows what others do, and when another person is chosen", async () => {
    const page = await visitor(small);
    await page.goto(small.address + PULL);
    await unfold(page);
    const typed = [comment(page), field(page, `${PULL}/push`, "text"), field(page, `${PULL}/edit`, "body")];
    for (const one of typed) await one.fill("half a thought");
    await field(page, `${PULL}/push`, "force").check();
    await stage.act(() => {
      stage.sandbox.as("dbkr").comment(NUMBER, "Seen meanwhile.");
      stage.sandbox.as("ara4n").push(NUMBER, { "proposals/1772-groups-as-rooms.md": "# Anew\n" });
    });
    await page.getByText("Seen meanwhile.").first().waitFor();
    await page.locator("#people button", { hasText: "dbkr" }).click();
    await page.locator("#say-as", { hasText: "You are dbkr" }).waitFor();
    for (const one of typed) expect(await one.inputValue()).toBe("half a thought");
    expect(await field(page, `${PULL}/push`, "force").isChecked()).toBe(true);
    await page.getByRole("button", { name: "Push as dbkr" }).waitFor();
  });

  test.each(["shown", "loaded"])(
    "writes over no push that came meanwhile, though the page was %s again since",
    async (how) => {
      const page = await visitor(small);
      const path = "proposals/1772-groups-as-rooms.md";
      const push = `${PULL}/push`;
      await page.goto(small.address + PULL);
      await page.getByText("Change it: push a commit").click();
      await field(page, push, "text").fill(`# Mine, ${how}\n`);
      await stage.act(() => {
        stage.sandbox.as("dbkr").comment(NUMBER, `Look, ${how}.`);
        stage.sandbox.as("ara4n").push(NUMBER, { [path]: `# Theirs, ${how}\n` });
      });
      await page.getByText(`Look, ${how}.`).first().waitFor();
      if (how === "loaded") await page.reload();
      const there = () =>
        stage.sandbox.store.state.commits.get(stage.sandbox.pull(NUMBER).pull.headOid)?.files.get(path)?.text;
      await page.getByRole("button", { name: "Push as richvdh" }).click();
      await page.getByText("has changed since you started editing").waitFor();
      expect(there()).toBe(`# Theirs, ${how}\n`);
      expect(await field(page, push, "text").inputValue()).toBe(`# Mine, ${how}\n`);
      await page.getByRole("button", { name: "Push as richvdh" }).click();
      await expect.poll(there).toBe(`# Mine, ${how}\n`);
    },
  );

  test("is there again after going away and back, and after loading the page again", async () => {
    const page = await visitor(small);
    await page.goto(small.address + PULL);
    await page.getByText("Change it: push a commit").click();
    await field(page, `${PULL}/push`, "text").fill("# Mine");
    await comment(page).fill("not sent yet");
    await page.getByRole("link", { name: "New proposal" }).click();
    await page.getByRole("heading", { name: "A new proposal" }).waitFor();
    await page.goBack();
    for (const again of ["gone back", "loaded"]) {
      expect(await comment(page).inputValue(), again).toBe("not sent yet");
      expect(await field(page, `${PULL}/push`, "text").inputValue(), again).toBe("# Mine");
      expect(await field(page, `${PULL}/push`, "text").isVisible(), again).toBe(true);
      await page.reload();
    }
    await page.getByRole("button", { name: "Comment", exact: true }).click();
    await expect.poll(() => comment(page).inputValue()).toBe("");
    await page.reload();
    expect(await comment(page).inputValue()).toBe("");

    const plain = await visitor(small, "richvdh", WITHOUT_SCRIPT);
    await plain.goto(small.address + PULL);
    await comment(plain).fill("not sent either");
    await plain.getByRole("link", { name: "New proposal" }).click();
    await plain.goBack();
    expect(await comment(plain).inputValue()).toBe("not sent either");
  });

  test("stays when the sandbox fails or has stopped, and is sent once it runs again", async () => {
    let server = await served(stage);
    const page = await visitor(server);
    await page.goto(server.address + PULL);
    await comment(page).fill("through it all");
    const send = () => page.getByRole("button", { name: "Comment", exact: true }).click();
    await page.route(
      "**/comment",
      (route) => route.fulfill({ status: 500, contentType: "text/html", body: "<h1>No</h1>" }),
      { times: 1 },
    );
    await send();
    await page
      .getByText("The sandbox could not do this; its terminal says why. What you typed is still there.")
      .waitFor();
    const port = Number(new URL(server.address).port);
    await server[Symbol.asyncDispose]();
    await send();
    await page.getByText("The sandbox does not answer").waitFor();
    expect(await comment(page).inputValue()).toBe("through it all");
    server = await served(stage, port);
    await page.reload();
    expect(await comment(page).inputValue()).toBe("through it all");
    await send();
    await expect.poll(() => comment(page).inputValue()).toBe("");
    const posted = stage.sandbox.thread(NUMBER).comments.filter(({ body }) => body === "through it all");
    expect(posted).toHaveLength(1);
    await server[Symbol.asyncDispose]();
  });
});

describe("a button does what it says", () => {
  test("and says another name when somebody else is chosen in another window", async () => {
    const page = await visitor(small);
    await page.goto(small.address + EDIT);
    await field(page, EDIT, "text").fill("# mine");
    const other = await page.context().newPage();
    await other.goto(`${small.address}/`);
    await other.locator("#people button", { hasText: "dbkr" }).click();
    await page.getByRole("button", { name: "Push to main as dbkr" }).waitFor();
    expect(await page.getByRole("button", { name: /richvdh/ }).count()).toBe(1); // In the list of who can be played.
    expect(await field(page, EDIT, "text").inputValue()).toBe("# mine");
    await page.getByRole("button", { name: "Open a pull request as dbkr" }).click();
    await page.getByText("dbkr wants to merge").waitFor();
  });

  test("and acts as whom it names where the page cannot know of that", async () => {
    const page = await visitor(small, "richvdh", WITHOUT_SCRIPT);
    await page.goto(small.address + PULL);
    await page.context().addCookies([{ name: "you", value: "passer-by", url: small.address }]);
    await page.locator("#add-label").selectOption("kind:feature");
    await page.getByRole("button", { name: "Add label as richvdh" }).click();
    await page.getByText("Done as richvdh, as the page said. You are passer-by now.").waitFor();
    const { events } = stage.sandbox.thread(NUMBER);
    const richvdh = [...stage.sandbox.store.state.accounts.values()].find(({ login }) => login === "richvdh");
    expect(events.at(-1)).toMatchObject({
      kind: "labeled",
      name: "kind:feature",
      actorId: richvdh?.id,
    });
  });
});

describe("pressing twice", () => {
  test.each([
    ["with a script", {}],
    ["without a script", WITHOUT_SCRIPT],
  ])("says it once and moves the clock once, %s", async (name, options) => {
    const page = await visitor(small, "richvdh", options);
    await page.goto(small.address + PULL);
    await comment(page).fill(`once ${name}`);
    await page.getByRole("button", { name: "Comment", exact: true }).dblclick();
    await page
      .locator(".entry .body", { hasText: `once ${name}` })
      .first()
      .waitFor();
    const before = stage.clock.now();
    await page.getByRole("button", { name: "+1 day" }).dblclick();
    await page.getByText("The clock was moved on to").or(page.getByText("sent already")).waitFor();
    // Another form waits its turn behind both.
    await page.getByRole("button", { name: "Set", exact: true }).click();
    await page.getByText("Webhooks are sent").waitFor();
    const said = stage.sandbox.thread(NUMBER).comments.filter(({ body }) => body === `once ${name}`);
    expect(said).toHaveLength(1);
    expect(stage.clock.now() - before).toBe(24 * 3_600_000);
  });

  test("shows that it is being done, and when it is", async () => {
    const { slow, ...gate } = held(stage);
    await using server = await served(slow);
    const page = await visitor(server);
    await page.goto(server.address + PULL);
    const button = page.getByRole("button", { name: "+5 days" });
    await button.click();
    await page.locator("#notice", { hasText: "The clerk is at work…" }).waitFor();
    expect(await button.getAttribute("aria-busy")).toBe("true");
    const [opacity, cursor] = await page.evaluate<string[]>(
      `(({ opacity, cursor }) => [opacity, cursor])(getComputedStyle(document.querySelector("[aria-busy]")))`,
    );
    expect(Number(opacity)).toBeLessThan(0.9);
    expect(cursor).toBe("progress");
    gate.let();
    await page.locator("#notice", { hasText: "The clerk has done what was due by then." }).waitFor();
    expect(await button.getAttribute("aria-busy")).toBeNull();
    expect(await page.locator("[aria-disabled]").count()).toBe(0);
    await stage.act(() => stage.sandbox.as("dbkr").comment(NUMBER, "It stays until it is closed."));
    await page.getByText("It stays until it is closed.").first().waitFor();
    await page.locator("#notice").getByRole("button", { name: "Close" }).click();
    expect(await page.locator("#notice").textContent()).toBe("");
  });

  test("without a script a page says that the clerk is at work, and goes on by itself", async () => {
    const { slow, ...gate } = held(stage);
    await using server = await served(slow);
    const page = await visitor(server, "richvdh", WITHOUT_SCRIPT);
    await page.goto(server.address + PULL);
    await page.getByRole("button", { name: "+5 days" }).click();
    await page.getByRole("heading", { name: "The clerk is at work…" }).waitFor();
    gate.let();
    await page.getByText("The clerk has done what was due by then.").waitFor();
    expect(new URL(page.url()).pathname).toBe(PULL);
  });
});

describe("what others say", () => {
  test("is told to who cannot see it, once and in few words", async () => {
    const page = await visitor(small);
    await page.goto(small.address + PULL);
    const news = page.locator("#news");
    expect(await news.getAttribute("role")).toBe("status");
    expect(await news.textContent()).toBe("");
    await page.evaluate(
      "window.told = []; new MutationObserver(() => told.push(news.textContent)).observe(news, { childList: true, characterData: true, subtree: true })",
    );
    await stage.act(() => {
      for (const body of ["a", "b", "c", "d"]) stage.sandbox.as("dbkr").comment(NUMBER, `news ${body}`);
    });
    await page.getByText("news d").first().waitFor();
    await stage.act(() => stage.sandbox.as("richvdh").label(NUMBER, "kind:core"));
    await page.locator("#labels", { hasText: "kind:core" }).waitFor();
    expect(await page.evaluate("[...new Set(told)]")).toEqual([
      "New in the conversation: 4 entries, the last by dbkr.",
    ]);
  });
});

interface AxeFinding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

/** What axe finds that keeps somebody from using a page. */
async function seriousFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const findings = await page.evaluate<AxeFinding[]>(
    `axe.run({ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }).then(({ violations }) => violations)`,
  );
  return findings
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary}`),
    );
}

const overhang = (page: Page): Promise<number> =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

/** What is pressed and is not a link within a sentence, and is lower or narrower than 24 pixels. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll("button,summary,select,input:not([type=hidden]),textarea,nav a,.name")].flatMap((one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 0 && (width < 24 || height < 24) ? [one.outerHTML.slice(0, 120) + " " + width + " x " + height] : [];
  })`);

/** Words of tables that stand on two lines. */
const brokenWords = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll("th,td")].flatMap((cell) => {
    const broken = [], walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let node; (node = walker.nextNode()); ) for (const { 0: word, index } of node.data.matchAll(/\\p{L}+/gu)) {
      range.setStart(node, index); range.setEnd(node, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(word);
    }
    return broken;
  })`);

/** Every kind of page; made when the stages stand. */
const pages = (): readonly (readonly [name: string, server: PageServer, path: string])[] => {
  const { pull } = lived.sandbox.pull(2676);
  return [
    ["first screen", seeded, "/"],
    ["proposal with votes, labels and a concern", seeded, `${HOME}/pull/1763`],
    ["proposal that was closed", seeded, `${HOME}/pull/3575`],
    ["roster and rules", seeded, EDIT],
    ["new proposal", seeded, `${HOME}/new`],
    ["commit", seeded, `${HOME}/commit/${pull.headOid}`],
    ["comparison", seeded, `${HOME}/compare/${pull.baseOid}...${pull.headOid}`],
    ["amendment", seeded, `${HOME}/pull/${AMENDMENT}`],
    ["files", seeded, `${HOME}/pull/2676/files`],
    ["files of an amendment", seeded, `${HOME}/pull/${AMENDMENT}/files`],
    ["issues", seeded, `${HOME}/issues`],
    ["issue", seeded, `${HOME}/issues/${lived.sandbox.repository.nextNumber - 1}`],
    ["people", seeded, `${HOME}/people`],
    ["saved states", seeded, "/state"],
    ["saved state", seeded, "/state/as-it-began"],
    ["nothing", seeded, "/nothing"],
  ];
};

/** Everything that a browser complains about. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (!message.text().includes("status of 404")) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  return complaints;
}

test.each([
  ["light", 1280],
  ["dark", 360],
  ["light", 320],
] as const)(
  "in the %s scheme, %i pixels wide, everybody can use every page, none scrolls sideways, and who one is stays in sight",
  async (colorScheme, width) => {
    const page = await visitor(seeded, "richvdh", { colorScheme, viewport: { width, height: 740 } });
    const complaints = complaintsOf(page);
    for (const [name, { address }, path] of pages()) {
      await page.goto(address + path);
      expect(await overhang(page), name).toBe(0);
      await unfold(page);
      expect(await overhang(page), `${name}, unfolded`).toBe(0);
      expect(await brokenWords(page), name).toEqual([]);
      expect(await smallTargets(page), name).toEqual([]);
      if (width !== 320) expect(await seriousFindings(page), name).toEqual([]);
      await page.evaluate("scrollTo(0, document.body.scrollHeight)");
      const you = page.locator(width > 900 ? "#people" : ".short .who");
      const { y = -1, height = 0 } = (await you.boundingBox()) ?? {};
      expect(y + (width > 900 ? height : 0), name).toBeGreaterThanOrEqual(0);
      expect(y, name).toBeLessThan(740);
    }
    expect(complaints).toEqual([]);
  },
);

test("on a phone somebody else is chosen where one stands", async () => {
  for (const options of [{}, WITHOUT_SCRIPT]) {
    const page = await visitor(small, "richvdh", { ...options, viewport: { width: 360, height: 640 } });
    await page.goto(small.address + PULL);
    await page.getByRole("button", { name: "Approve" }).scrollIntoViewIfNeeded();
    await page.getByLabel("Play somebody else").selectOption("uhoreg");
    await page.getByRole("button", { name: "Switch" }).click();
    await page.locator("#say-as", { hasText: "You are uhoreg" }).waitFor();
    if (options === WITHOUT_SCRIPT) continue;
    const { y = -1 } = (await page.getByRole("button", { name: "Approve" }).boundingBox()) ?? {};
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(640);
  }
});

test("everything is reached and done by keys alone, and one sees where one is", async () => {
  const page = await visitor(small);
  await page.goto(small.address + PULL);
  const focused = () => page.evaluate<string>("document.activeElement.textContent.trim()");
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  const press = async (words: string) => {
    for (let stops = 0; (await focused()) !== words; stops += 1) {
      expect(stops, words).toBeLessThan(150);
      await page.keyboard.press("Tab");
      const outline: string = await page.evaluate(
        "document.activeElement === document.body ? '' : getComputedStyle(document.activeElement).outlineStyle",
      );
      expect(outline, await focused()).not.toBe("none");
    }
    await page.keyboard.press("Enter");
  };
  await press("Change the title");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("By keys");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "By keys", level: 1 }).waitFor();
  // Where it folds up, one stands at what unfolds it again.
  await expect.poll(focused).toBe("Change the title");
  await press("+1 hour");
  await page.getByText("The clock was moved on to").waitFor();
  expect(await focused()).toBe("+1 hour");
});
