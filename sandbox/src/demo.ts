#!/usr/bin/env node
import { readable } from "msc-clerk/domain/text/time.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import type { Story } from "./demo/beats.js";
import { LIFE } from "./demo/life.js";
import { play, prepare } from "./demo/play.js";
import { Screen } from "./demo/screen.js";
import { DECISION } from "./demo/story.js";
import { LiveStage } from "./stage.js";

const START = Date.UTC(2026, 2, 2, 9, 0, 0);

/**
 * `npm run demo`: one proposal from review to acceptance, in the terminal; `npm run demo -- life`: one from a newcomer's draft to the
 * specification. Ends by itself; 1 when the story came out otherwise, 2 when what was asked for is not known.
 */
async function main(): Promise<number> {
  const { stdout, stderr } = process;
  const story = storyOf(process.argv.slice(2));
  if (story === null) {
    stderr.write(
      "The demo knows two stories: `npm run demo` is a decision, `npm run demo -- life` the whole life of a proposal. `--fast` tells either at once.\n",
    );
    return 2;
  }
  const screen = new Screen({
    write: (text) => void stdout.write(text),
    colour: stdout.isTTY === true && process.env.NO_COLOR === undefined,
    columns: stdout.columns || 100,
    speed: speedOf(process.argv.slice(2), process.env.DEMO_SPEED, stdout.isTTY === true),
  });
  const stage = new LiveStage({ start: START, logger: pinoLog("error", true) });
  try {
    await stage.open();
    await prepare(stage, story);
    await screen.heading(`msc-clerk: ${story.title}`);
    await screen.paragraph(
      `${story.opening} This runs on a small GitHub in this process. What people do is played; the clerk that answers is the real one, over HTTP and with signed webhooks. It is ${readable(stage.clock.now())} here, and the clock is moved by hand.`,
    );
    const faults = await play(stage, screen, story);
    if (faults.length > 0) {
      await screen.heading(screen.paint("red", "The story did not come out right."));
      return 1;
    }
    await screen.heading(screen.paint("green", "That was the whole story, and every step was checked."));
    await screen.paragraph(`${story.closing} Play everybody yourself, on a page in the browser:`);
    stdout.write(`\n  ${screen.paint("bold", "npm run sandbox")}\n\n`);
    return 0;
  } finally {
    await stage.close();
  }
}

/** null: there is a word that says nothing here. */
function storyOf(args: readonly string[]): Story | null {
  const [word, ...more] = args.filter((arg) => arg !== "--fast");
  if (word === undefined) return DECISION;
  return word === "life" && more.length === 0 ? LIFE : null;
}

const QUICKLY_ENOUGH = Number.POSITIVE_INFINITY;

/** `--fast` or no terminal: at once. `DEMO_SPEED=2`: twice reading speed. */
function speedOf(args: readonly string[], asked: string | undefined, terminal: boolean): number {
  if (args.includes("--fast")) return QUICKLY_ENOUGH;
  if (asked !== undefined && asked !== "") {
    const speed = Number(asked);
    if (speed > 0) return speed;
    throw new Error("DEMO_SPEED is a number above 0: 1 is reading speed, 2 twice as fast.");
  }
  return terminal ? 1 : QUICKLY_ENOUGH;
}

main().then(
  (code) => process.exit(code),
  (thrown: unknown) => {
    process.stderr.write(
      `The demo could not be played: ${thrown instanceof Error ? thrown.message : String(thrown)}\n`,
    );
    process.exit(1);
  },
);
