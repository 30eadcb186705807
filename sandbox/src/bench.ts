import { parseArgs } from "node:util";
import { serveApart } from "./bench/apart.js";
import { core } from "./bench/core.js";
import { hostile, oneHostile } from "./bench/hostile.js";
import { rowsOf, run } from "./bench/run.js";

/**
 * `npm run bench [-- NAME …] [--json FILE] [--record]`: what the clerk costs, against the sandbox. `npm run bench -- hostile [KIND …]`: what
 * somebody hostile costs; `-- core [MIX …]`: what judging takes, by what was done. The other words are for the processes that these begin.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" }, record: { type: "boolean", default: false } },
});
const [what, ...names] = positionals;
switch (what) {
  case "hostile":
    hostile(names);
    break;
  case "core":
    core(names);
    break;
  case "one":
    await oneHostile(names[0] ?? "");
    process.exit(0);
    break;
  case "rows":
    await rowsOf(names[0] ?? "");
    process.exit(0);
    break;
  case "clerk":
    serveApart();
    break;
  default:
    await run({ names: positionals, json: values.json ?? null, record: values.record });
}
