import { readable, SECOND } from "msc-clerk/domain/text/time.js";
import type { Sandbox } from "../sandbox.js";
import type { LiveStage } from "../stage.js";
import type { CheckRun } from "../state.js";
import type { Beat, Story } from "./beats.js";
import type { Screen } from "./screen.js";
import { type Changed, changed, inPlainText, NOTHING_YET, type Sight, see } from "./sight.js";

/** A little after the moment, as nothing promises that the clerk reconciles within the same second. */
const AFTER = 2 * SECOND;

/** Sets the stage: what the story begins with, and the clerk. */
export async function prepare(stage: LiveStage, story: Story): Promise<void> {
  await story.prepare(stage);
  await stage.startClerk();
}

/** Plays the story. Resolves with what did not come out as told; empty: all did. */
export async function play(stage: LiveStage, screen: Screen, story: Story): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const chapter of story.chapters) {
    await screen.heading(chapter.title);
    for (const beat of chapter.beats) faults.push(...(await playBeat(stage, screen, story.number, beat)));
  }
  return faults;
}

async function playBeat(
  stage: LiveStage,
  screen: Screen,
  number: number,
  beat: Beat,
): Promise<readonly string[]> {
  const { sandbox } = stage;
  const began = fcpBeganAt(sandbox, number);
  const before = sightOf(sandbox, number);
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
  const after = sightOf(sandbox, number);
  const change = changed(before, after);
  await showChange(screen, change);
  const wrong = beat.expects
    .filter(([, holds]) => !holds(after, change, before))
    .map(([sentence]) => sentence);
  for (const sentence of wrong) await screen.line("✗ not so", sentence, "red");
  return wrong;
}

function sightOf(sandbox: Sandbox, number: number): Sight {
  const { store, repository, app } = sandbox;
  if (!repository.threads.has(number)) return NOTHING_YET;
  return see({ state: store.state, repository, clerkId: app.botId }, sandbox.pull(number));
}

/** When its Final Comment Period began last, null: not yet. */
function fcpBeganAt(sandbox: Sandbox, number: number): number | null {
  const events = sandbox.repository.threads.get(number)?.events ?? [];
  return (
    events.findLast((event) => event.kind === "labeled" && event.name === "final-comment-period")?.at ?? null
  );
}

async function showChange(screen: Screen, change: Changed): Promise<void> {
  const { added, removed, check, form, comments, elsewhere, votes, accepted, refused } = change;
  const say = (what: string, text: string) => screen.line("clerk", `${what.padEnd(9)}${text}`, "green");
  if (accepted) await screen.line("clerk", "👍", "green", 200);
  if (refused) await screen.line("clerk", "😕", "green", 200);
  const labels = [
    ...added.map((one) => screen.paint("green", `+\u00a0${one}`)),
    ...removed.map((one) => screen.paint("red", `−\u00a0${one}`)),
  ];
  if (labels.length > 0) await say("labels", labels.join(" "));
  for (const { body } of comments) await say("comments", `“${opening(body)}”`);
  for (const { body } of elsewhere) await say("links", `“${opening(body)}”`);
  if (votes !== null) await say("votes", votes);
  const shown = ({ conclusion, title }: CheckRun) =>
    `${conclusion === "success" ? screen.paint("green", "✓") : "◔"} ${title ?? ""}`;
  if (form !== null) await say("form", shown(form));
  if (check !== null) await say("check", shown(check));
}

/** The first paragraph, and the second of an answer, whose first only says whom and what it answers; of what is folded, its summary. */
function opening(body: string): string {
  const first = inPlainText(body);
  if (first === "") return /<summary>(.*?)<\/summary>/.exec(body)?.[1] ?? "";
  return first.endsWith(":") && !body.includes("- [") ? inPlainText(body, 2) : first;
}
