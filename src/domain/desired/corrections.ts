import { announced } from "../decide/posts.js";
import { correctionMark } from "../messages/override.js";
import { ANNOUNCEMENT_KINDS } from "../model/decision.js";
import type { Motion, Register } from "../model/register.js";
import type { Marker, OwnComment, Snapshot } from "../model/snapshot.js";

/** What was written about a motion whose record is wrong stays as it was, below the mark that says so. */
export function withMark(body: string, { corrected }: Motion): string {
  if (corrected === undefined) return body;
  const mark = correctionMark(corrected);
  return body.startsWith(mark) ? body : `${mark}\n\n${body}`;
}

/** The announcements of such motions, marked. */
export const correctedAnnouncements = (
  { past, motion }: Register,
  { ownComments }: Snapshot,
): readonly { readonly marker: Marker; readonly body: string; readonly standing: OwnComment }[] =>
  [...past, ...(motion === null ? [] : [motion])]
    .filter(({ corrected }) => corrected !== undefined)
    .flatMap((each) => {
      const keys = ANNOUNCEMENT_KINDS.map((kind) => announced(kind, each).key);
      return ownComments
        .filter(({ marker }) => marker.kind === "announce" && keys.includes(marker.key))
        .map((standing) => ({
          marker: standing.marker,
          body: withMark(standing.body, each),
          standing,
        }));
    });
