import { announced } from "../decide/posts.js";
import { correctionMark } from "../messages/override.js";
import { ANNOUNCEMENT_KINDS } from "../model/decision.js";
import type { Motion, Register } from "../model/register.js";
import type { Snapshot } from "../model/snapshot.js";
import type { DesiredComment } from "./desired.js";

/** What was written about a motion whose record is wrong stays as it was, below the mark that says so. */
export function marked(body: string, { corrected }: Motion): string {
  if (corrected === undefined) return body;
  const mark = correctionMark(corrected);
  return body.startsWith(mark) ? body : `${mark}\n\n${body}`;
}

/** The announcements of such motions, marked. */
export const markedAnnouncements = (
  { past, motion }: Register,
  { ownComments }: Snapshot,
): readonly DesiredComment[] =>
  [...past, ...(motion === null ? [] : [motion])]
    .filter(({ corrected }) => corrected !== undefined)
    .flatMap((each) => {
      const keys = ANNOUNCEMENT_KINDS.map((kind) => announced(kind, each).key);
      return ownComments
        .filter(({ marker }) => marker.kind === "announce" && keys.includes(marker.key))
        .map((standing) => ({
          marker: standing.marker,
          body: marked(standing.body, each),
          standing,
        }));
    });
