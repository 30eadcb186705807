import { MINUTE, readable, SECOND } from "msc-clerk/domain/text/time.js";
import type { Sandbox } from "../sandbox.js";
import { adopt, foundRepository, openProposal } from "../seed.js";
import { PROPOSALS } from "../seedTexts.js";
import type { LiveStage } from "../stage.js";
import type { Screen } from "./screen.js";
import { type Changed, changed, inPlainText, type Sight, see } from "./sight.js";
import { type Beat, CHAPTERS, fcpBeganAt, NUMBER } from "./story.js";

/** A little after the moment, as nothing promises that the clerk reconciles within the same second. */
const AFTER = 2 * SECOND;

/** Sets the stage: the repository, the config, the one proposal of the story, and the clerk. */
export async function prepare(stage: LiveStage): Promise<void> {
  const proposal = PROPOSALS.find(({ number }) => number === NUMBER);
  if (proposal === undefined) throw new Error(`The seed has no proposal ${NUMBER}.`);
  foundRepository(stage.sandbox);
  adopt(stage.sandbox);
  await stage.moveClock(MINUTE);
  openProposal(stage.sandbox, proposal);
  await stage.startClerk();
}

/** Plays the story. Resolves with what did not come out as told; empty: all did. */
export async function play(stage: LiveStage, screen: Screen): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const chapter of CHAPTERS) {
    await screen.heading(chapter.title);
    for (const beat of chapter.beats) faults.push(...(await playBeat(stage, screen, beat)));
  }
  return faults;
}

async function playBeat(stage: LiveStage, screen: Screen, beat: Beat): Promise<readonly string[]> {
  const { sandbox } = stage;
  const began = fcpBeganAt(sandbox);
  const before = sightOf(sandbox);
  if (beat.tells !== undefined) await screen.aside(beat.tells);
  if (beat.at !== undefined && began !== null) {
    await stage.moveClockTo(began + beat.at + AFTER);
    await screen.line("the clock", `moves to ${readable(stage.clock.now())}`, "yellow");
  }
  for (const { who, what } of beat.does) await screen.line(who, what.replace(/\s*\n\s*/g, " ⏎ "), "cyan");
  if (beat.does.length > 0) {
    await stage.act(() => {
      for (const { act } of beat.does) act(sandbox);
    });
  }
  const after = sightOf(sandbox);
  const change = changed(before, after);
  await showChange(screen, change);
  const wrong = beat.expects
    .filter(([, holds]) => !holds(after, change, before))
    .map(([sentence]) => sentence);
  for (const sentence of wrong) await screen.line("✗ not so", sentence, "red");
  return wrong;
}

const sightOf = (sandbox: Sandbox): Sight =>
  see(
    { state: sandbox.store.state, repository: sandbox.repository, clerkId: sandbox.app.botId },
    sandbox.pull(NUMBER),
  );

async function showChange(screen: Screen, change: Changed): Promise<void> {
  const { added, removed, check, comments, votes, accepted, refused } = change;
  const say = (what: string, text: string) => screen.line("clerk", `${what.padEnd(9)}${text}`, "green");
  if (accepted) await screen.line("clerk", "👍", "green", 200);
  if (refused) await screen.line("clerk", "😕", "green", 200);
  const labels = [
    ...added.map((one) => screen.paint("green", `+\u00a0${one}`)),
    ...removed.map((one) => screen.paint("red", `−\u00a0${one}`)),
  ];
  if (labels.length > 0) await say("labels", labels.join(" "));
  for (const { body } of comments) await say("comments", `“${opening(body)}”`);
  if (votes !== null) await say("votes", votes);
  if (check !== null)
    await say(
      "check",
      `${check.conclusion === "success" ? screen.paint("green", "✓") : "◔"} ${check.title ?? ""}`,
    );
}

/** The first paragraph, and the second of an answer, whose first only says whom and what it answers. */
const opening = (body: string): string =>
  inPlainText(body, inPlainText(body).endsWith(":") && !body.includes("- [") ? 2 : 1);
