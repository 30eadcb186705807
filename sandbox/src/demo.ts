#!/usr/bin/env node
import { readable } from "msc-clerk/domain/text/time.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { play, prepare } from "./demo/play.js";
import { Screen } from "./demo/screen.js";
import { NUMBER } from "./demo/story.js";
import { LiveStage } from "./stage.js";

const START = Date.UTC(2026, 2, 2, 9, 0, 0);

/** `npm run demo`: one proposal from review to acceptance, in the terminal. Ends by itself; not 0 when the story came out otherwise. */
async function main(): Promise<number> {
  const { stdout } = process;
  const screen = new Screen({
    write: (text) => void stdout.write(text),
    colour: stdout.isTTY === true && process.env.NO_COLOR === undefined,
    columns: stdout.columns || 100,
    speed: speedOf(process.argv.slice(2), process.env.DEMO_SPEED, stdout.isTTY === true),
  });
  const stage = new LiveStage({ start: START, logger: pinoLog("error", true) });
  try {
    await stage.open();
    await prepare(stage);
    await screen.heading(`msc-clerk: ${stage.sandbox.pull(NUMBER).title}, from review to acceptance`);
    await screen.paragraph(
      `A standards body decides about a proposal by pull request: its Spec Core Team has eight members, and 75% of them, six, must approve. This runs on a small GitHub in this process. What people do is played; the clerk that answers is the real one, over HTTP and with signed webhooks. It is ${readable(stage.clock.now())} here, and the clock is moved by hand.`,
    );
    const faults = await play(stage, screen);
    if (faults.length > 0) {
      await screen.heading(screen.paint("red", "The story did not come out right."));
      return 1;
    }
    await screen.heading(screen.paint("green", "That was the whole story, and every step was checked."));
    await screen.paragraph(
      "Five comments of the clerk in all: an answer, the status comment, and one for each transition. Play everybody yourself, on a page in the browser:",
    );
    stdout.write(`\n  ${screen.paint("bold", "npm run sandbox")}\n\n`);
    return 0;
  } finally {
    await stage.close();
  }
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
