import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { test } from "vitest";
import { aBrowser } from "../../../test/support/chromium.js";
import { SEED_START } from "../../src/seed.js";
import { playSeed } from "../../src/seeding.js";
import { LiveStage } from "../../src/stage.js";
import { HOME, served } from "../support/pageServer.js";

test("shots", async () => {
  const t0 = Date.now();
  const stage = new LiveStage({ start: SEED_START, logger: pinoLog("error", true) });
  await stage.open();
  await playSeed(stage);
  console.log("seed", Date.now() - t0);
  await using server = await served(stage);
  stage.sandbox.linksTo(server.address);
  const browser = await aBrowser();
  for (const [scheme, width] of [["light", 1280], ["dark", 1280], ["light", 360], ["dark", 360]] as const) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: width === 360 ? 740 : 900 } });
    const page = await context.newPage();
    for (const [name, path] of [["index", "/"], ["pull", `${HOME}/pull/2676`], ["edit", `${HOME}/edit/.github/msc-clerk.yml`], ["new", `${HOME}/new`]] as const) {
      await page.goto(server.address + path);
      await page.screenshot({ path: `/tmp/shots/${name}-${scheme}-${width}.png`, fullPage: true });
      if (name === "pull") { await page.evaluate("scrollTo(0, document.body.scrollHeight * .4)"); await page.screenshot({ path: `/tmp/shots/${name}-mid-${scheme}-${width}.png` }); }
    }
    await context.close();
  }
  await browser.close();
  await stage.close();
}, 120_000);
