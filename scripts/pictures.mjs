#!/usr/bin/env node
// @ts-check
/**
 * `npm run pictures`: docs/images/sandbox.png and docs/images/status-comment.png, taken from the running sandbox with the
 * browser at CHROMIUM (default /usr/bin/chromium). For maintainers; nothing else needs it.
 */
import { spawn } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { chromium } from "playwright-core";

const PORT = "4199";
const FOLDER = "docs/images";
const MOST_BYTES = 300 * 1024;
const PULL = "/matrix-org/matrix-spec-proposals/pull/2676";

/** Resolves with the sandbox's address once it says it. @param {import("node:child_process").ChildProcess} child @returns {Promise<string>} */
const addressOf = (child) =>
  new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (/** @type {Buffer} */ piece) => {
      said += piece.toString();
      const address = /Open\s+(http:\/\/\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.on("close", (code) => reject(new Error(`The sandbox ended before it was ready (${code}).`)));
  });

const sandbox = spawn("node", ["sandbox/dist/main.js"], {
  stdio: ["ignore", "pipe", "inherit"],
  env: { ...process.env, PORT },
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
});
try {
  const address = await addressOf(sandbox);
  mkdirSync(FOLDER, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 1200, height: 1120 }, colorScheme: "light" });
  await page.goto(`${address}${PULL}`);
  await page.screenshot({ path: `${FOLDER}/sandbox.png` });
  await page.close();
  const sharp = await browser.newPage({
    viewport: { width: 1200, height: 1120 },
    colorScheme: "light",
    deviceScaleFactor: 1.6,
  });
  await sharp.goto(`${address}${PULL}`);
  const status = sharp.locator("article.clerk").first();
  await status.locator(".foot").evaluate((foot) => foot.remove());
  await status.screenshot({ path: `${FOLDER}/status-comment.png` });
} finally {
  await browser.close();
  sandbox.kill("SIGINT");
}

for (const name of ["sandbox.png", "status-comment.png"]) {
  const { size } = statSync(`${FOLDER}/${name}`);
  console.log(`${FOLDER}/${name}: ${Math.round(size / 1024)} KB`);
  if (size > MOST_BYTES) {
    console.error(`${name} is larger than ${MOST_BYTES / 1024} KB.`);
    process.exitCode = 1;
  }
}
