import type { Place } from "../domain/model/publicView.js";
import { wellFormed } from "../domain/text/cut.js";

/**
 * Where the pages of a repository stand, below it and without a slash at the beginning. Links are relative: the same pages are served below the
 * path of a proxy, and lie about as files.
 */
export const BOARD = "";
export const MEMBERS = "members/";
export const DATA_PAGE = "data/";
export const STYLE_FILE = "style.css";
export const SCRIPT_FILE = "board.js";
export const ICON_FILE = "icon.svg";

/** The parts of the site, in the order of its navigation. */
export const SECTIONS = [
  { name: "Board", path: BOARD },
  { name: "Members", path: MEMBERS },
  { name: "Decisions", path: "decisions/" },
  { name: "Teams", path: "teams/" },
  { name: "Figures", path: "figures/" },
  { name: "Data", path: DATA_PAGE },
] as const;
export type SectionName = (typeof SECTIONS)[number]["name"];

export const proposalPath = (number: number): string => `${number}/`;

/** All that stand at one place; `page` from 1. */
export const placePath = (place: Place, page = 1): string =>
  page === 1 ? `place/${place}/` : `place/${place}/${page}/`;

/** Logins are compared without regard to case, so one member has one address. */
export const memberPath = (login: string): string =>
  `${MEMBERS}${encodeURIComponent(wellFormed(login).toLowerCase())}/`;

/** From a page to the repository's: `./` of the board, `../` of `12/`. What comes behind it is a path of here. */
export function upFrom(path: string): string {
  const folders = path.split("/").length - 1;
  return folders === 0 ? "./" : "../".repeat(folders);
}
