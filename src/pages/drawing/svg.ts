import { type Html, html, type Piece } from "../../platform/html.js";

/** What every drawing has: it is one picture with a name and a description, coloured by classes and scaled by its box alone. */
export interface Picture {
  /** Of the page; no other picture there has it. */
  readonly id: string;
  readonly title: string;
  /** What it shows, for who does not see it. The page says the same in words or in a table besides. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  /** `wide`: it is scrolled where there is no room for it, as its letters would be too small to read. */
  readonly size: "wide" | "fitting";
}

/** Nothing in it can be reached by a key or be pressed: all there is to reach stands in the page. */
export function picture({ id, title, description, width, height, size }: Picture, content: Piece): Html {
  const svg = html`<svg class="drawing ${size}" role="img" aria-labelledby="${id}-title" aria-describedby="${id}-desc" viewBox="0 0 ${n(width)} ${n(height)}" preserveAspectRatio="xMinYMin meet"><title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>${content}</svg>`;
  return size === "wide"
    ? html`<section class="scrolls" tabindex="0" aria-label="${title}">${svg}</section>`
    : svg;
}

/** A number of an attribute: a tenth is finer than any screen, and what is no number is drawn at nothing rather than spoiling the picture. */
export const n = (value: number): string =>
  Number.isFinite(value) ? String(Math.round(value * 10) / 10) : "0";

/** About how wide a text is drawn, in the letters of pictures. */
export const textWidth = (text: string): number => text.length * 7.2;
