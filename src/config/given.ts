import { withUnseen } from "../domain/messages/escape.js";

/** What stands (or does not stand) where a value is wanted. */
export interface Given {
  readonly sort: "text" | "number" | "truth" | "nothing" | "list" | "mapping" | "missing";
  /** As written in the file; empty for lists, mappings and what is missing. */
  readonly text: string;
  /** What stands there as a comment, and may be meant as the value. */
  readonly comment?: string;
  /** Of a threshold: how many members the team has that it is about, where that can be read. */
  readonly teamSize?: number;
}

/** A piece of the file, short and on one line. */
export const shown = (text: string): string => cut(text).trim();
/** The same, in quotes. */
export const inQuotes = (text: string): string => `"${cut(text)}"`;

function cut(text: string): string {
  // A hundred faults can each show the same long text: only as much of it is read as could be shown.
  const line = withUnseen(text.slice(0, LOOKED_AT).replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " "), codePoint);
  const characters = [...line];
  const whole = text.length <= LOOKED_AT && characters.length <= 60;
  return whole ? line : `${characters.slice(0, 60).join("")}…`;
}
/** Of a long text, so many characters. */
export const LOOKED_AT = 400;
/** `U+200B` */
export const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

export const meant = (near: string | null): string =>
  near === null ? "" : `; did you mean ${inQuotes(near)}?`;
/** Some fifty at most. */
export const listed = (words: readonly string[]): string =>
  [
    ...words.slice(0, LISTED).map(shown),
    ...(words.length > LISTED ? [`${words.length - LISTED} more`] : []),
  ].join(", ");
const LISTED = 50;

/** As it stands, in quotes when nothing of it would be seen. */
export const asItStands = (given: Given): string =>
  given.sort === "list" || given.sort === "mapping" || given.sort === "missing" || given.sort === "nothing"
    ? `a ${given.sort === "missing" || given.sort === "nothing" ? "missing value" : given.sort}`
    : shown(given.text) || inQuotes(given.text);

/** The fault of a value that is not even of the right sort. `wanted` completes "write …": `a login`. Null: it is text. */
export function wrongSort(given: Given, wanted: string): string | null {
  switch (given.sort) {
    case "text":
      return null;
    case "missing":
      return `is missing; write ${wanted}`;
    case "nothing":
      if (given.text === "" && given.comment !== undefined)
        return `is empty, as # begins a comment in YAML; if that is what is meant, put it in quotes: ${JSON.stringify(shown(given.comment))}; else write ${wanted}, or take the line out`;
      return given.text === ""
        ? `is empty; write ${wanted}, or take the line out`
        : `${shown(given.text)} is read as nothing at all; write ${wanted}, in quotes if it is spelt ${shown(given.text)}`;
    case "number":
      return `${shown(given.text)} is a number; write ${wanted}, in quotes if it is made of digits`;
    case "truth":
      return `${shown(given.text)} is read as true or false; write ${wanted}, in quotes if it is spelt ${shown(given.text)}`;
    case "list":
      return `a list stands here; write ${wanted}`;
    case "mapping":
      return `a mapping (keys with values) stands here; write ${wanted}`;
  }
}

/** The fault of a value where a list or a mapping is wanted. `wanted` completes "write …". */
export function wrongContainer(given: Given, wanted: string): string {
  switch (given.sort) {
    case "missing":
      return `is missing; write ${wanted}`;
    case "nothing":
      return `is empty; write ${wanted}, or take the key out`;
    case "list":
      return `a list stands here; write ${wanted}`;
    case "mapping":
      return `a mapping (keys with values) stands here; write ${wanted}`;
    default:
      return `${asItStands(given)} stands here; write ${wanted}`;
  }
}
