/**
 * The boxes of the status comment, written and read in one place so that the two cannot drift (ballot.tick). A line is
 *
 *     - [x] @login <!-- box team --> what is known of the vote
 *
 * The person is the one whose name everybody sees; the hidden part says in which team's list the box stands, wherever a
 * hand edit may have moved the line.
 */
export interface Box {
  /** The team's key in the config. */
  readonly team: string;
  readonly login: string;
  readonly ticked: boolean;
}

/** One line of a list of boxes. `note` is Markdown without line breaks, or empty. Signs that no login has are left out. */
export const boxLine = ({ team, login, ticked }: Box, note: string): string =>
  `- [${ticked ? "x" : " "}] @${login.replace(/[^a-z\d_-]/gi, "")} <!-- box ${encodeTeam(team)} -->${note === "" ? "" : ` ${note}`}`;

/** Stands in a team's heading: the team of lines whose own hidden part was lost in a hand edit. */
export const teamMark = (team: string): string => `<!-- team ${encodeTeam(team)} -->`;

/**
 * The boxes in a status comment's text, in order, one for each person and team (should a line stand twice, the first). Reads what
 * GitHub stores when somebody ticks a box, and what people make of it by hand: `[X]`, `*` or `+` bullets, indentation, CRLF.
 */
export function boxesOf(body: string): Box[] {
  const boxes = new Map<string, Box>();
  let section: string | null = null;
  for (const line of body.split(/\r\n|\r|\n/)) {
    section = decodeTeam(TEAM_MARK.exec(line)?.[1]) ?? section;
    const found = BOX_LINE.exec(line);
    const login = found?.[2];
    if (found === null || login === undefined) continue;
    const team = decodeTeam(BOX_MARK.exec(line)?.[1]) ?? section;
    if (team === null) continue;
    const key = `${team} ${login.toLowerCase()}`;
    if (!boxes.has(key)) boxes.set(key, { team, login, ticked: found[1] !== " " });
  }
  return [...boxes.values()];
}

const BOX_LINE = /^[ \t]*[-*+][ \t]+\[([ xX])\][ \t]+[*_[]*@([a-z\d][a-z\d_-]*)/i;
const BOX_MARK = /<!--\s*box\s+(\S+)\s*-->/;
const TEAM_MARK = /<!--\s*team\s+(\S+)\s*-->/;

/** Two hyphens may not stand inside an HTML comment: https://github.github.com/gfm/#html-comment */
const encodeTeam = (team: string): string =>
  encodeURIComponent(team.replace(/\p{Cs}/gu, "\uFFFD")).replace(/-(?=-)/g, "%2D");

function decodeTeam(encoded: string | undefined): string | null {
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}
