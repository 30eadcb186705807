import { parseConfig } from "msc-clerk/config/parse.js";
import { opened } from "../../src/opening.js";
import { readOwnConfig } from "../../src/ownBody.js";
import type { LiveStage } from "../../src/stage.js";
import { served } from "./pageServer.js";
import { Visitor } from "./visitor.js";

/** Where the rules of a test are tried. */
export const OWN_HOME = "/a-body/proposals";

/** `npm run sandbox -- --config docs/examples/FILE --repo a-body/proposals`, without its page. `more`: what that file says besides. */
export function begunWith(file: string, more = ""): Promise<LiveStage> {
  const config = ownConfig(file, more);
  const place = { owner: "a-body", name: "proposals" };
  return opened({ kind: "own", config, place, start: Date.UTC(2026, 10, 27, 9) }, null);
}

function ownConfig(file: string, more: string) {
  const read = readOwnConfig(`docs/examples/${file}`);
  if (read.kind === "faulty") throw new Error(read.lines.join("\n"));
  const text = `${read.config.text}${more}`;
  const parsed = parseConfig(text);
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message).join("\n"));
  return { ...read.config, text, rules: parsed.rules };
}

/** The same with its page, and somebody who visits it. */
export async function ownTrial(file: string, more = "") {
  const stage = await begunWith(file, more);
  const page = await served(stage);
  stage.sandbox.linksTo(page.address);
  const close = async () => {
    await page[Symbol.asyncDispose]();
    await stage.close();
  };
  return { stage, visitor: new Visitor(page.address), address: page.address, close };
}
