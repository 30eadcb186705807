import { core } from "./bench/core.js";
import { events } from "./bench/events.js";
import { hostile, oneHostile } from "./bench/hostile.js";

/**
 * `npm run bench`: what an event costs, counted in requests to the sandbox. `npm run bench -- hostile [KIND …]`: what somebody hostile
 * costs. Both are tables of docs/operating.md.
 */
const [what = "events", ...names] = process.argv.slice(2);
if (what === "hostile") hostile(names);
else if (what === "core") core(names);
else if (what === "one") {
  await oneHostile(names[0] ?? "");
  process.exit(0);
} else await events();
