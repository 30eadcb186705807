import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** A real browser: `CHROMIUM`, or where Debian puts it. Without one the tests fail, as without it nobody knows how the pages look. */
export function aBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  if (!existsSync(executablePath))
    throw new Error(
      `There is no browser at ${executablePath}. Install Chromium (on Debian and Ubuntu: apt-get install chromium), or say by CHROMIUM=PATH where it is.`,
    );
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-lcd-text",
      "--disable-background-networking",
      "--disable-component-update",
    ],
  });
}
