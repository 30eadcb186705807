/** A terminal to tell a story on: wraps, colours on a terminal only, and waits so that it can be read. */
export interface ScreenOptions {
  readonly write: (text: string) => void;
  readonly colour: boolean;
  readonly columns: number;
  /** 1: reading speed; 2: twice as fast; Infinity: at once. */
  readonly speed: number;
}

const ESCAPE = String.fromCharCode(27);
const COLOURS = {
  bold: "1",
  dim: "2",
  red: "31",
  green: "32",
  yellow: "33",
  blue: "34",
  cyan: "36",
} as const;
export type Colour = keyof typeof COLOURS;

/** Column in which what is told begins, after who tells it. */
const INDENT = 16;
const NARROWEST = 48;
/** Tuned so that the story of a decision takes about eighty seconds. */
const PACE = 0.85;

export class Screen {
  readonly #options: ScreenOptions;
  readonly #width: number;

  constructor(options: ScreenOptions) {
    this.#options = options;
    this.#width = Math.max(NARROWEST, Math.min(options.columns, 100));
  }

  paint(colour: Colour, text: string): string {
    return this.#options.colour ? `${ESCAPE}[${COLOURS[colour]}m${text}${ESCAPE}[0m` : text;
  }

  /** Milliseconds at reading speed. */
  pause(milliseconds: number): Promise<void> {
    const wait = (PACE * milliseconds) / this.#options.speed;
    return wait < 1 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait));
  }

  /** A heading, with room above it. */
  async heading(text: string): Promise<void> {
    this.#options.write(`\n${this.paint("bold", text)}\n`);
    await this.pause(900);
  }

  /** What a narrator says before something happens. */
  async aside(text: string): Promise<void> {
    this.#options.write("\n");
    for (const line of wrapped(text, this.#width)) this.#options.write(`${this.paint("dim", line)}\n`);
    await this.pause(400 + 22 * text.length);
  }

  async paragraph(text: string): Promise<void> {
    for (const line of wrapped(text, this.#width)) this.#options.write(`${line}\n`);
    await this.pause(400 + 22 * text.length);
  }

  /** `richvdh         says: @mscbot fcp merge` */
  async line(who: string, text: string, colour: Colour, reading = 300 + 16 * text.length): Promise<void> {
    const [first = "", ...rest] = wrapped(text, this.#width - INDENT);
    this.#options.write(`  ${this.paint(colour, who.padEnd(INDENT - 3))} ${first}\n`);
    for (const line of rest) this.#options.write(`${" ".repeat(INDENT)}${line}\n`);
    await this.pause(reading);
  }
}

/** Without the signs that colour it. */
const shownLength = (text: string): number => text.replace(COLOURING, "").length;
const COLOURING = new RegExp(`${ESCAPE}\\[\\d+m`, "g");

/** Lines of at most `width` characters, broken at spaces; a longer word stands alone. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && shownLength(line) + 1 + shownLength(word) > width) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}
