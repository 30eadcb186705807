/**
 * Raw HTML as CommonMark recognises it: https://spec.commonmark.org/0.31.2/#raw-html and #html-blocks.
 * The time each of these expressions takes is at most in proportion to the text it is given.
 */
const SPACE = "[ \\t\\n\\f\\r]";
const ATTRIBUTE = `${SPACE}+[A-Za-z_:][A-Za-z0-9_.:-]*(?:${SPACE}*=${SPACE}*(?:[^ \\t\\n\\f\\r"'=<>\`]+|'[^']*'|"[^"]*"))?`;
const TAG = `<(?:[A-Za-z][A-Za-z0-9-]*(?:${ATTRIBUTE})*${SPACE}*/?|/[A-Za-z][A-Za-z0-9-]*${SPACE}*)>`;

const BLOCKS =
  "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul";

/** The ways a run of raw HTML lines begins; `end` null: at the next blank line. */
const STARTS: readonly {
  readonly start: RegExp;
  readonly end: RegExp | null;
  readonly interrupts: boolean;
}[] = [
  {
    start: /^<(?:script|pre|textarea|style)(?:\s|>|$)/iu,
    end: /<\/(?:script|pre|textarea|style)>/iu,
    interrupts: true,
  },
  { start: /^<!--/u, end: /-->/u, interrupts: true },
  { start: /^<\?/u, end: /\?>/u, interrupts: true },
  { start: /^<![A-Za-z]/u, end: />/u, interrupts: true },
  { start: /^<!\[CDATA\[/u, end: /\]\]>/u, interrupts: true },
  { start: new RegExp(`^</?(?:${BLOCKS})(?:\\s|/?>|$)`, "iu"), end: null, interrupts: true },
  { start: new RegExp(`^${TAG} *$`, "u"), end: null, interrupts: false },
];

/** Does this line, from its first character that is no space, begin raw HTML? A lone tag cannot where a paragraph goes on. */
export function beginsHtml(line: string, inParagraph: boolean): { readonly end: RegExp | null } | null {
  for (const { start, end, interrupts } of STARTS)
    if ((interrupts || !inParagraph) && start.test(line)) return { end };
  return null;
}

/** Set its `lastIndex` before each use. */
const TAG_HERE = new RegExp(TAG, "uy");

export interface Markup {
  readonly end: number;
  /** What a tag opens or closes; null for comments and the like, which show nothing. */
  readonly tag: { readonly name: string; readonly closes: boolean } | null;
}

/** Finds the tags, comments, instructions and declarations of one text, from left to right. */
export class MarkupFinder {
  /** Closers that do not occur any more, so that they are not searched for again. */
  private readonly missing = new Set<string>();

  constructor(private readonly text: string) {}

  /** The piece of markup that begins with the `<` at this place; null when it is only a character. */
  at(start: number): Markup | null {
    const { text } = this;
    if (text.startsWith("<!--", start)) {
      if (text.startsWith("<!-->", start)) return { end: start + 5, tag: null };
      if (text.startsWith("<!--->", start)) return { end: start + 6, tag: null };
      return this.upTo("-->", start + 4);
    }
    if (text.startsWith("<?", start)) return this.upTo("?>", start + 2);
    if (text.startsWith("<![CDATA[", start)) return this.upTo("]]>", start + 9);
    if (/^[A-Za-z]$/u.test(text.charAt(start + 2)) && text.startsWith("<!", start))
      return this.upTo(">", start + 3);
    TAG_HERE.lastIndex = start;
    const found = TAG_HERE.exec(text);
    if (found === null) return null;
    const closes = found[0].startsWith("</");
    const name = /^[A-Za-z0-9-]+/u.exec(found[0].slice(closes ? 2 : 1))?.[0] ?? "";
    return { end: TAG_HERE.lastIndex, tag: { name: name.toLowerCase(), closes } };
  }

  private upTo(closer: string, from: number): Markup | null {
    if (this.missing.has(closer)) return null;
    const at = this.text.indexOf(closer, from);
    if (at === -1) {
      this.missing.add(closer);
      return null;
    }
    return { end: at + closer.length, tag: null };
  }
}
