import { opened } from "../../src/opening.js";
import { readOwnConfig } from "../../src/ownBody.js";
import type { LiveStage } from "../../src/stage.js";
import { served } from "./pageServer.js";
import { Visitor } from "./visitor.js";

/** Where the rules of a test are tried. */
export const OWN_HOME = "/a-body/proposals";

/** `npm run sandbox -- --config docs/examples/FILE --repo a-body/proposals`, without its page. */
export function begunWith(file: string): Promise<LiveStage> {
  const read = readOwnConfig(`docs/examples/${file}`);
  if (read.kind === "faulty") throw new Error(read.lines.join("\n"));
  const place = { owner: "a-body", name: "proposals" };
  return opened({ kind: "own", config: read.config, place, start: Date.UTC(2026, 10, 27, 9) }, null);
}

/** The same with its page, and somebody who visits it. */
export async function ownTrial(file: string) {
  const stage = await begunWith(file);
  const page = await served(stage);
  stage.sandbox.linksTo(page.address);
  const close = async () => {
    await page[Symbol.asyncDispose]();
    await stage.close();
  };
  return { stage, visitor: new Visitor(page.address), address: page.address, close };
}
