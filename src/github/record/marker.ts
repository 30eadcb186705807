import { MARKER_KINDS, type Marker } from "../../domain/model/snapshot.js";

/** The most characters GitHub takes for a comment, hidden lines included. */
export const COMMENT_ROOM = 65_536;
/** The most bytes GitHub takes for the `text` and the `summary` of a check run each. https://github.com/github/docs/issues/35252 */
export const CHECK_ROOM = 65_535;

const MARKER = new RegExp(`^<!-- msc-clerk:(${MARKER_KINDS.join("|")})(?: (\\S+))? -->$`);
const HIDDEN = /^<!-- msc-clerk:(?:record|seq) v\d+ \S+ -->$/;

/**
 * `<!-- msc-clerk:KIND KEY -->`. What could end the HTML comment or the key early (blanks, `>`, two hyphens, line ends) is
 * percent-encoded, so any key comes back as it was.
 */
export function markerLine({ kind, key }: Marker): string {
  if (key === "") return `<!-- msc-clerk:${kind} -->`;
  const safe = encodeURIComponent(key)
    .replace(/%(3A|40|2F|2C|3D|2B)/g, decodeURIComponent)
    .replace(/-/g, (_, at: number, all: string) =>
      all[at - 1] === "-" || at === all.length - 1 || at === 0 ? "%2D" : "-",
    );
  return `<!-- msc-clerk:${kind} ${safe} -->`;
}

/** The marker on a comment's first line, whoever wrote it: whether it counts is for the caller to know (comment.once). */
export function markerOf(body: string): Marker | null {
  const first = body.slice(0, body.search(/\r?\n|$/));
  const found = MARKER.exec(first.trimEnd());
  if (!found) return null;
  try {
    return { kind: found[1] as Marker["kind"], key: decodeURIComponent(found[2] ?? "") };
  } catch {
    return null; // a half percent sign: not written by the clerk
  }
}

/** Do people tick in such comments, so that each of their edits counts? */
export const hasBoxes = (marker: Marker | null): boolean =>
  marker?.kind === "status" || marker?.kind === "checklist";

export interface BodyParts {
  readonly marker: Marker | null;
  /** What people see: `\n` line ends, no blank lines at either end. */
  readonly visible: string;
  /** The hidden last line, if there is one. */
  readonly hidden: string | null;
}

/** Parts a comment's body. `visibleOf(compose(marker, text, …)) === plain(text)` for every text. */
export function partsOf(body: string): BodyParts {
  const marker = markerOf(body);
  let rest = unix(body);
  if (marker !== null) rest = rest.includes("\n") ? rest.slice(rest.indexOf("\n") + 1) : "";
  const end = rest.lastIndexOf("\n");
  const last = rest.slice(end + 1);
  const hidden = HIDDEN.test(last) ? last : null;
  if (hidden !== null) rest = rest.slice(0, Math.max(end, 0));
  return { marker, visible: unix(rest), hidden };
}

/** Text the way it is compared: web forms send CRLF, and GitHub cuts blank ends. */
export const unix = (text: string): string =>
  // `trimEnd` cuts just what `\s+$` would: that expression looks at every blank again from every blank before it.
  text
    .replace(/\r\n?/g, "\n")
    .replace(/^(?:[ \t]*\n)+/, "")
    .trimEnd();

export function compose(marker: Marker, text: string, hidden: string | null): string {
  return `${markerLine(marker)}\n${unix(text)}${hidden === null ? "" : `\n\n${hidden}`}`;
}
