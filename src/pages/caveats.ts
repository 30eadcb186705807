import type { Halt } from "../domain/model/publicView.js";
import { type Instant, readable } from "../domain/text/time.js";

/** Why what stands on the pages may be old, or stands still. */
export interface Caveat {
  /** `unread`: GitHub could not be read. */
  readonly why: Halt["why"] | "unread";
  readonly since: Instant;
}

/** For a page and for a program: one sentence of plain text. */
export function caveatSentence({ why, since }: Caveat): string {
  const at = readable(since);
  switch (why) {
    case "invalid":
      return `The config on the default branch has had faults since ${at}: until it is mended nothing is decided, and what stands here is as it was then.`;
    case "unlawful":
      return `The config on the default branch was changed on ${at} without an approved amendment: until that is ratified or reverted, nothing begins or concludes that would not by the last lawful config too.`;
    case "lost":
      return `Since ${at} the clerk does not know which config is lawful: until it is confirmed or amended, nothing begins or concludes.`;
    case "unread":
      return `GitHub could not be read since ${at}: what stands here is as it was then.`;
  }
}
