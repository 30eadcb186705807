import { beginsHtml } from "./html.js";
import { LineCursor } from "./lineCursor.js";

/**
 * The block structure of a comment, read the way GitHub reads it (CommonMark, with the parsing strategy its appendix lays
 * out: https://spec.commonmark.org/0.31.2/#appendix-a-parsing-strategy), as far as it is needed to tell what a person said
 * from what they quoted or showed as code.
 *
 * Written out instead of taken from a general Markdown parser because comments come from strangers: the parser at hand
 * takes a minute for some bodies GitHub accepts, and everything else waits meanwhile. The work here is in proportion to
 * the length of the body. That parser is the yardstick in the tests.
 */
export type Passage =
  /** A paragraph or heading: each line without the indentation, list marker or `#` before it. */
  | { readonly kind: "text"; readonly lines: readonly PassageLine[] }
  /** A run of raw HTML lines. */
  | { readonly kind: "html"; readonly lines: readonly PassageLine[] }
  /** Quoted, or code: what stands there is not said. */
  | { readonly kind: "quote" }
  | { readonly kind: "code" };

export interface PassageLine {
  /** As written, save that tabs have become spaces. */
  readonly text: string;
  /** Columns of white space before it, counted from the edge of the list item (or page) it stands in. */
  readonly indent: number;
}

/** In the order of the body. Never throws. */
export function passages(body: string): readonly Passage[] {
  const reader = new BlockReader();
  for (const raw of body.split(/\r\n|\n|\r/u)) reader.read(raw);
  return reader.end();
}

type Container =
  | { readonly kind: "quote" }
  /** `width`: columns its lines are indented by. `empty`: a bare mark so far, so that a blank line ends it. */
  | { readonly kind: "item"; readonly width: number; empty: boolean };

type Leaf =
  | { readonly kind: "paragraph"; readonly lines: PassageLine[]; readonly quoted: boolean }
  /** `end` null: at the next blank line. */
  | {
      readonly kind: "html";
      readonly lines: PassageLine[];
      readonly quoted: boolean;
      readonly end: RegExp | null;
    }
  | { readonly kind: "fence"; readonly mark: string; readonly length: number }
  | { readonly kind: "indented" };

class BlockReader {
  private readonly found: Passage[] = [];
  private containers: Container[] = [];
  private leaf: Leaf | null = null;
  private afterBlank = false;

  read(raw: string): void {
    const line = new LineCursor(raw);
    // A second blank line says nothing the first did not, and a deep list would have to be walked for each.
    if (line.blank && this.afterBlank) return;
    this.afterBlank = line.blank;
    const matched = this.walk(line);
    const allMatched = matched === this.containers.length;
    if (allMatched && this.continues(line)) return;
    this.begin(line, matched, allMatched);
  }

  end(): readonly Passage[] {
    this.closeLeaf();
    return this.found;
  }

  /** How many of the open containers this line goes on in; takes their marks off it. */
  private walk(line: LineCursor): number {
    let matched = 0;
    for (const container of this.containers) {
      if (container.kind === "quote") {
        if (line.indent > 3 || line.next !== ">") break;
        line.takeQuoteMark();
      } else if (line.blank) {
        if (container.empty) break;
      } else {
        if (line.indent < container.width) break;
        line.takeColumns(container.width);
        container.empty = false;
      }
      matched++;
    }
    return matched;
  }

  /** Code and raw HTML take their lines whatever is in them. */
  private continues(line: LineCursor): boolean {
    const leaf = this.leaf;
    if (leaf === null || leaf.kind === "paragraph") return false;
    if (leaf.kind === "fence") {
      if (line.indent <= 3 && closesFence(line.rest, leaf)) this.closeLeaf();
      return true;
    }
    if (leaf.kind === "indented") {
      if (line.blank || line.indent >= 4) return true;
      this.closeLeaf();
      return false;
    }
    if (line.blank && leaf.end === null) {
      this.closeLeaf();
      return true;
    }
    leaf.lines.push(line.said());
    if (leaf.end?.test(line.rest)) this.closeLeaf();
    return true;
  }

  /** What the line begins, from the outside in: containers, and at last something that is none. */
  private begin(line: LineCursor, matched: number, allMatched: boolean): void {
    const paragraph = this.leaf?.kind === "paragraph" ? this.leaf : null;
    const begun: Container[] = [];
    while (!line.blank) {
      /** An open paragraph goes on unless this line begins something else, even without its quote marks (laziness). */
      const goesOn = begun.length === 0 ? paragraph : null;
      const interrupts = goesOn !== null && allMatched;
      if (line.indent >= 4) {
        if (goesOn === null) {
          this.open({ kind: "indented" }, matched, begun);
          return;
        }
        break;
      }
      if (line.next === ">") {
        line.takeQuoteMark();
        begun.push({ kind: "quote" });
        continue;
      }
      const heading = headingText(line);
      if (heading !== null) {
        this.heading(heading, matched, begun);
        return;
      }
      const fence = fenceOf(line);
      if (fence !== null) {
        this.open(fence, matched, begun);
        return;
      }
      const html = line.next === "<" ? beginsHtml(line.rest, goesOn !== null) : null;
      if (html !== null) {
        this.settle(matched, begun);
        this.leaf = { kind: "html", lines: [line.said()], quoted: this.quoted(), end: html.end };
        if (html.end?.test(line.rest)) this.closeLeaf();
        return;
      }
      if (interrupts && /^(?:=+|-+) *$/u.test(line.rest)) {
        this.closeLeaf();
        return;
      }
      if (line.isThematicBreak()) {
        this.settle(matched, begun);
        return;
      }
      const item = itemOf(line, interrupts);
      if (item === null) break;
      begun.push(item);
    }
    if (!line.blank && begun.length === 0 && paragraph !== null) {
      paragraph.lines.push(line.said());
      return;
    }
    this.settle(matched, begun);
    if (!line.blank) this.leaf = { kind: "paragraph", lines: [line.said()], quoted: this.quoted() };
  }

  private open(leaf: Leaf, matched: number, begun: readonly Container[]): void {
    this.settle(matched, begun);
    this.leaf = leaf;
  }

  private heading(text: string, matched: number, begun: readonly Container[]): void {
    this.settle(matched, begun);
    this.found.push(this.quoted() ? { kind: "quote" } : { kind: "text", lines: [{ text, indent: 0 }] });
  }

  /** Ends everything the line does not go on in, and opens the containers it begins. */
  private settle(matched: number, begun: readonly Container[]): void {
    this.closeLeaf();
    this.containers.length = matched;
    for (const container of begun) this.containers.push(container);
  }

  private quoted(): boolean {
    return this.containers.some((container) => container.kind === "quote");
  }

  private closeLeaf(): void {
    const leaf = this.leaf;
    this.leaf = null;
    if (leaf === null) return;
    if (leaf.kind === "fence" || leaf.kind === "indented") this.found.push({ kind: "code" });
    else if (leaf.quoted) this.found.push({ kind: "quote" });
    else this.found.push({ kind: leaf.kind === "html" ? "html" : "text", lines: leaf.lines });
  }
}

const headingText = (line: LineCursor): string | null => {
  const mark = /^#{1,6}(?= |$)/u.exec(line.rest);
  if (mark === null) return null;
  const text = line.rest.slice(mark[0].length).trim();
  let end = text.length;
  while (text[end - 1] === "#") end--;
  const closed = end < text.length && (end === 0 || text[end - 1] === " ");
  return closed ? text.slice(0, end).trimEnd() : text;
};

const fenceOf = (line: LineCursor): Leaf | null => {
  const mark = /^(?:`{3,}(?=[^`]*$)|~{3,})/u.exec(line.rest);
  return mark === null ? null : { kind: "fence", mark: mark[0].charAt(0), length: mark[0].length };
};

function closesFence(rest: string, fence: { readonly mark: string; readonly length: number }): boolean {
  let length = 0;
  while (rest[length] === fence.mark) length++;
  return length >= fence.length && /^ *$/u.test(rest.slice(length));
}

function itemOf(line: LineCursor, interrupts: boolean): Container | null {
  const mark = /^(?:[*+-]|(\d{1,9})[.)])(?= |$)/u.exec(line.rest);
  if (mark === null) return null;
  const number = mark[1];
  const offset = line.indent;
  const after = line.behind(mark[0].length);
  const empty = after === null;
  if (interrupts && (empty || (number !== undefined && Number(number) !== 1))) return null;
  const width = mark[0].length + (empty || after > 4 ? 1 : after);
  if (empty) line.takeAll();
  else line.takeColumns(offset + width);
  return { kind: "item", width: offset + width, empty };
}
