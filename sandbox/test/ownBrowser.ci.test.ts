import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aBrowser } from "../../test/support/chromium.js";
import { ownTrial } from "./support/ownTrial.js";

/** A page that is waited for by what it says. */
const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 30_000 });

describe("a working group's own rules in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await aBrowser();
  });
  afterAll(() => browser.close());

  it("are played from the first page to a decided and merged proposal by links and buttons alone", async () => {
    const trial = await ownTrial("working-group.yml");
    const page = await browser.newPage();
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    try {
      await page.goto(trial.address);
      await page.getByRole("link", { name: "Open a proposal" }).click();
      await page.getByLabel("Title").fill("Work on Fridays");
      await page.getByRole("button", { name: /^Open the pull request/ }).click();
      await says(page, "In review: no Final Comment Period has been proposed yet.");
      await press("@mscbot fcp merge");
      await says(page, "Waiting for 3 more approvals");
      for (const [login, then] of [
        ["bob", "Waiting for 2 more approvals"],
        ["carol", "Waiting for 1 more approval"],
        ["dora", "Final Comment Period to merge until"],
      ] as const) {
        await page.locator(".people button", { hasText: login }).click();
        await page.locator("#say-as", { hasText: login }).waitFor();
        await press("Approve");
        await says(page, then);
      }
      await press("+10 days");
      await says(page, /^7 December 2026/);
      await says(page, "Accepted: the Final Comment Period has concluded, and this can be merged.");
      await press("Merge");
      await says(page, "This is merged.");
      await page.getByRole("link", { name: "See what changes" }).click();
      await says(page, "+ ## Security considerations");
      expect(trial.stage.sandbox.fileText("texts/work-on-fridays.md")).toContain("## Proposal");
    } finally {
      await page.close();
      await trial.close();
    }
  });
});
