import { type Account, sameLogin } from "../model/people.js";
import { onceFor } from "../text/onceFor.js";
import { type Box, boxesOf } from "./boxes.js";
import { newestFirst, type Pages } from "./pages.js";

/** A status comment as it was at one time: its boxes, and the rest of its text, which normally only the clerk changes. */
export interface BoxRevision {
  readonly boxes: readonly Box[];
  readonly text: string;
}

export const boxRevisionOf = (body: string): BoxRevision => ({
  boxes: boxesOf(body),
  text: aroundBoxes(body),
});

/** The text with every box empty. */
export const aroundBoxes = (body: string): string =>
  body.replace(/\r\n?/g, "\n").replace(/^([ \t]*[-*+][ \t]+\[)[ xX]\]/gm, "$1 ]");

/**
 * The boxes a person changed. GitHub saves the text the person's browser held, which may be older than the clerk's last edit:
 * then the text around the boxes is that of an earlier revision, and their change is counted from there. Where two such edits
 * crossed, their own box differs from the revision before, and others' boxes seem to have been put back: then the earlier
 * revision from which only their own differs is taken as the one they had before them.
 */
export function changedBoxes(
  { boxes, text }: BoxRevision,
  earlier: Pages<BoxRevision>,
  editor: Account | null,
): readonly Box[] {
  const held = earlier.held(text);
  const pages = held.length > 0 ? held : earlier.all;
  const changes = differences(boxes, pages.at(-1)?.boxes ?? []);
  const own = (box: Box) => editor !== null && sameLogin(box.login, editor.login);
  if (!changes.some(own) || changes.every(own)) return changes;
  for (const before of newestFirst(pages)) {
    const difference = differences(boxes, before.boxes);
    if (difference.length > 0 && difference.every(own)) return difference;
  }
  return changes;
}

function differences(after: readonly Box[], before: readonly Box[]): readonly Box[] {
  const known = byName(before);
  return after.filter((box) => {
    const same = known.get(nameOf(box));
    return same !== undefined && same.ticked !== box.ticked;
  });
}

const nameOf = ({ team, login }: Box): string => `${team} ${login.toLowerCase()}`;

const byName = onceFor(
  (boxes: readonly Box[]): ReadonlyMap<string, Box> => new Map(boxes.map((box) => [nameOf(box), box])),
);
