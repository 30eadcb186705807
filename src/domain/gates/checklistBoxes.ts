import { aroundBoxes } from "../acts/boxRevisions.js";
import { newestFirst, type Pages } from "../acts/pages.js";
import { onceFor } from "../text/onceFor.js";

/**
 * The boxes of a checklist, written and read in one place so that the two cannot drift. A line is
 *
 *     - [x] what the file says <!-- item 3 --> what is known of it
 *
 * Which item it is says the hidden part. None of these is ever a box of the status comment, nor the other way round: those have a member's
 * name, and each kind is read in comments of its kind only.
 */
export interface ItemBox {
  /** Counted from 1. */
  readonly item: number;
  readonly ticked: boolean;
  /** The whole line but its box. */
  readonly words: string;
}

/** One line of the list. `text` and `note` are Markdown without line breaks. */
export const itemLine = (item: number, ticked: boolean, depth: number, text: string, note: string): string =>
  `${"  ".repeat(depth)}- [${ticked ? "x" : " "}] ${text} <!-- item ${item} -->${note === "" ? "" : ` ${note}`}`;

const BOX = /^[ \t]*[-*+][ \t]+\[([ xX])\][ \t]+(.*)$/;
const ITEM = /<!--\s*item\s+(\d{1,3})\s*-->/;

/** In their order; should an item stand twice, the first. */
export function itemBoxesOf(body: string): readonly ItemBox[] {
  const boxes = new Map<number, ItemBox>();
  for (const line of body.split(/\r\n|\r|\n/)) {
    const found = BOX.exec(line);
    const item = Number(ITEM.exec(line)?.[1] ?? 0);
    if (found === null || item === 0 || boxes.has(item)) continue;
    boxes.set(item, { item, ticked: found[1] !== " ", words: (found[2] ?? "").trimEnd() });
  }
  return [...boxes.values()];
}

export interface ListRevision {
  readonly boxes: readonly ItemBox[];
  readonly text: string;
}

export const listRevisionOf = (body: string): ListRevision => ({
  boxes: itemBoxesOf(body),
  text: aroundBoxes(body),
});

export type ItemChange = Pick<ItemBox, "item" | "ticked">;

/**
 * The boxes a person changed. GitHub saves the text that the browser held, which may be older than the last edit: then the text around the boxes
 * is that of an earlier revision, and of those the one is taken from which the fewest boxes differ, as a click changes one. A line whose words
 * were changed with its box is nobody's tick: nobody could tell what was meant by it.
 */
export function changedItems(
  { boxes, text }: ListRevision,
  earlier: Pages<ListRevision>,
): readonly ItemChange[] {
  const held = earlier.held(text);
  let fewest: readonly ItemChange[] = [];
  for (const page of newestFirst(held.length > 0 ? held : earlier.all.slice(-1))) {
    const changes = differences(boxes, page.boxes);
    if (changes.length > 0 && (fewest.length === 0 || changes.length < fewest.length)) fewest = changes;
    // There are none with fewer.
    if (fewest.length === 1) break;
  }
  return fewest;
}

function differences(after: readonly ItemBox[], before: readonly ItemBox[]): readonly ItemChange[] {
  const known = byItem(before);
  return after.flatMap(({ item, ticked, words }) => {
    const same = known.get(item);
    return same !== undefined && same.words === words && same.ticked !== ticked ? [{ item, ticked }] : [];
  });
}

const byItem = onceFor(
  (boxes: readonly ItemBox[]): ReadonlyMap<number, ItemBox> => new Map(boxes.map((box) => [box.item, box])),
);
