import type { PassageLine } from "./passages.js";

/**
 * Where reading stands in one line. Tabs count as spaces up to the next multiple of four columns of the whole line, which
 * is how CommonMark wants them counted for structure.
 */
export class LineCursor {
  private readonly line: string;
  /** The end of the last mark taken. */
  private position = 0;
  /** The first character after it that is no space. */
  private textAt = 0;
  private breakMark: { readonly mark: string; readonly from: number } | null = null;

  constructor(raw: string) {
    this.line = raw.includes("\t") ? expandTabs(raw) : raw;
    this.findText();
  }

  get blank(): boolean {
    return this.textAt === this.line.length;
  }

  get indent(): number {
    return this.textAt - this.position;
  }

  get next(): string | undefined {
    return this.line[this.textAt];
  }

  /** From the first character that is no space. */
  get rest(): string {
    return this.line.slice(this.textAt);
  }

  said(): PassageLine {
    return { text: this.rest, indent: this.indent };
  }

  takeColumns(columns: number): void {
    this.position += columns;
    this.findText();
  }

  takeAll(): void {
    this.position = this.line.length;
    this.findText();
  }

  takeQuoteMark(): void {
    this.position = this.textAt + 1;
    if (this.line[this.position] === " ") this.position++;
    this.findText();
  }

  /** How many spaces stand behind a mark of this length; null when nothing but spaces does. */
  behind(length: number): number | null {
    const start = this.textAt + length;
    let at = start;
    while (this.line[at] === " ") at++;
    return at === this.line.length ? null : at - start;
  }

  /** Three or more of `*`, `-` or `_` and nothing else but spaces. */
  isThematicBreak(): boolean {
    const mark = this.next;
    if (mark !== "*" && mark !== "-" && mark !== "_") return false;
    // Looked up once a line and mark: `- - - - x` would ask for every dash.
    if (this.breakMark?.mark !== mark) {
      let from = this.line.length;
      while (from > this.textAt && (this.line[from - 1] === mark || this.line[from - 1] === " ")) from--;
      this.breakMark = { mark, from };
    }
    if (this.breakMark.from > this.textAt) return false;
    let marks = 0;
    for (let at = this.textAt; at < this.line.length && marks < 3; at++) if (this.line[at] === mark) marks++;
    return marks === 3;
  }

  private findText(): void {
    let at = this.position;
    while (this.line[at] === " ") at++;
    this.textAt = at;
  }
}

/** A run of tabs at a time: a line of nothing but tabs costs what one of spaces does. */
function expandTabs(raw: string): string {
  const pieces: string[] = [];
  let column = 0;
  for (const piece of raw.split(/(\t+)/u)) {
    const spaces = piece.startsWith("\t") ? piece.length * 4 - (column % 4) : 0;
    pieces.push(spaces > 0 ? " ".repeat(spaces) : piece);
    column += spaces > 0 ? spaces : piece.length;
  }
  return pieces.join("");
}
