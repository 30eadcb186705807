/** HTML that may be put into a page as it is. Everything else is escaped on the way in, so that nothing has to be remembered. */
export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

export type Piece = Html | string | number | false | null | undefined | readonly Piece[];

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES.get(character) ?? "");

/** A template whose every value is escaped unless it is `Html` itself. Attributes must be written in double quotes. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return new Html(strings.reduce((before, string, index) => before + flat(pieces[index - 1]) + string));
}

/** Only for text that is a constant of this program, or that was escaped already. */
export const trusted = (text: string): Html => new Html(text);

export const NOTHING: Html = trusted("");

function flat(piece: Piece): string {
  if (piece === false || piece === null || piece === undefined) return "";
  if (piece instanceof Html) return piece.text;
  if (typeof piece === "string") return escapeHtml(piece);
  if (typeof piece === "number") return String(piece);
  return piece.map(flat).join("");
}
