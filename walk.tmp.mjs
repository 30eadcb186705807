import { chromium } from "playwright-core";
const root = "http://127.0.0.1:40083/matrix-org/matrix-spec-proposals/";
const prefix = process.argv[2] ?? "";
const only = process.argv[3]?.split(",");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const pages = [["board",""],["p1779","1779/"],["p2676","2676/"],["p1772","1772/"],["p3391","3391/"],["members","members/"],["member","members/richvdh/"],["decisions","decisions/"],["teams","teams/"],["figures","figures/"],["data","data/"],["place","place/merged/"],["p1763","1763/"]];
for (const [scheme,width] of [["light",1440],["dark",360],["light",360],["dark",1440]]) {
  const ctx = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 }, javaScriptEnabled: false });
  for (const [name,path] of pages) {
    if (only && !only.includes(`${name}-${scheme}-${width}`)) continue;
    const page = await ctx.newPage();
    const r = await page.goto(root+path);
    const wide = await page.locator("html").evaluate(e => e.scrollWidth).catch(()=>"?");
    await page.screenshot({ path: `/tmp/shots-pages/${prefix}${name}-${scheme}-${width}.png`, fullPage: true });
    if (r.status()!==200 || wide > width) console.log(name, scheme, width, r.status(), wide);
    await page.close();
  }
  await ctx.close();
}
await browser.close();
