import { DAY, HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { adopt, BEFORE, BEFORE_BY_OLDER_BOT, foundRepository, STORY, STORY_LENGTH } from "./seed.js";
import type { LiveStage } from "./stage.js";

/** Plays the seed's story on a stage that is open: the repository as a visitor finds it. The clerk starts when its config lands. */
export async function playSeed(stage: LiveStage): Promise<void> {
  const { sandbox } = stage;
  foundRepository(sandbox);
  for (const act of BEFORE) {
    await stage.moveClock(37 * MINUTE);
    act(sandbox);
  }
  await stage.moveClock(DAY);
  for (const act of BEFORE_BY_OLDER_BOT) {
    await stage.moveClock(50 * MINUTE);
    act(sandbox);
  }
  await stage.moveClock(3 * DAY + 10 * HOUR);
  adopt(sandbox);
  const adoptedAt = stage.clock.now();
  await stage.moveClock(MINUTE);
  await stage.startClerk();
  for (const { at, acts } of STORY) {
    await stage.moveClockTo(adoptedAt + at);
    for (const act of acts) {
      await stage.moveClock(3 * MINUTE);
      await stage.act(() => act(sandbox));
    }
  }
  await stage.moveClockTo(adoptedAt + STORY_LENGTH);
}
