#!/usr/bin/env node
// @ts-check
/**
 * `npm run pictures`: takes the README's pictures from the sandbox as it is now. Needs a Chromium; CHROMIUM names it if it is not
 * found under a usual name.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

const root = resolve(import.meta.dirname, "..");
const executablePath =
  process.env.CHROMIUM ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
    existsSync(path),
  );
if (executablePath === undefined) {
  console.error("No Chromium was found: set CHROMIUM to the path of one.");
  process.exit(1);
}

const sandbox = spawn(process.execPath, [join(root, "dist/sandbox/main.js")], {
  env: { ...process.env, PORT: "0" },
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const address = await opened();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage({
    viewport: { width: 1240, height: 860 },
    deviceScaleFactor: 1,
    colorScheme: "light",
  });
  await page.goto(address);
  await page.screenshot({ path: join(root, "docs/images/sandbox.png") });

  // A proposal that waits for votes and for a concern: the first whose status comment says both.
  const links = await page
    .locator('a[href*="/pull/"]')
    .evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute("href")))]);
  for (const link of links) {
    await page.goto(new URL(link ?? "", address).href);
    const comment = page
      .locator("article", { hasText: "has proposed to" })
      .filter({ hasText: "to be resolved" });
    if ((await comment.count()) === 0) continue;
    await comment.first().screenshot({ path: join(root, "docs/images/status-comment.png") });
    break;
  }
  await browser.close();
} finally {
  sandbox.kill();
}

/** @returns {Promise<string>} the address the sandbox prints */
function opened() {
  return new Promise((done, fail) => {
    let says = "";
    sandbox.stdout.on("data", (chunk) => {
      says += chunk;
      const address = /Open\s+(http:\/\/\S+)/.exec(says)?.[1];
      if (address !== undefined) done(address);
    });
    sandbox.on("close", (code) => fail(new Error(`The sandbox ended with ${code}:\n${says}`)));
  });
}
