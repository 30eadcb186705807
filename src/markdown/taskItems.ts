import { shownText } from "./shownText.js";

/** An item with a box in a list: what it says, without box, links and hidden parts, and how many items it is indented below. */
export interface TaskItem {
  readonly text: string;
  readonly depth: number;
}

/**
 * The items with a box (`- [ ] …`, ticked or not) of a Markdown file, in order. What stands in fenced code or in an HTML comment is no item; lines
 * that go on with an item belong to it. Of a link its words are left. Takes time in proportion to the text's length.
 */
export function taskItems(text: string): readonly TaskItem[] {
  const found: { lines: string[]; indent: number; depth: number }[] = [];
  let open: (typeof found)[number] | null = null;
  /** Indentations of the items that one more could be below. */
  let above: number[] = [];
  for (const line of shownText(text)) {
    if (line === null) {
      open = null;
      continue;
    }
    const item = ITEM.exec(line);
    if (item !== null) {
      const indent = columns(item[1] ?? "");
      above = above.filter((one) => one < indent);
      open = { lines: [item[2] ?? ""], indent, depth: Math.min(above.length, DEEPEST) };
      above = [...above, indent].slice(0, 100);
      found.push(open);
    } else if (line.trim() === "" || BLOCK.test(line)) {
      open = null;
    } else if (open !== null) {
      open.lines.push(line.trim());
    } else if (!/^\s/.test(line)) above = [];
  }
  return found.flatMap(({ lines, depth }) => {
    const words = wordsOf(lines.join(" "));
    return words === "" ? [] : [{ text: words, depth }];
  });
}

const DEEPEST = 5;
const ITEM = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]+(.*)$/;
/** What begins something else than more words of an item. */
const BLOCK = /^[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|#{1,6}[ \t]|>|[-*_]{3,}[ \t]*$)/;

const columns = (blank: string): number =>
  [...blank].reduce((column, sign) => (sign === "\t" ? column - (column % 4) + 4 : column + 1), 0);

const wordsOf = (text: string): string =>
  text
    .replace(/!?\[([^\][]*)\]\([^()\s]*\)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
