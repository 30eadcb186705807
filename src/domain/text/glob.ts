/**
 * Does the glob fit the path? `*` is any run within one folder, `**` any run across folders, `**` and a slash any number of
 * folders, `?` one character; everything else is literal.
 */
export const globFits = (glob: string, path: string): boolean => globMatcher(glob)([...path]);

/**
 * The same for many paths, each given as its characters. Matched by walking the path once for each piece between stars, never by a
 * regular expression made from config: it takes at most the length of the glob times the length of the path, whatever they are.
 */
export function globMatcher(glob: string): (path: readonly string[]) => boolean {
  const pieces = piecesOf(glob);
  const shortest = pieces.reduce((sum, { literal }) => sum + literal.length, 0);
  const end = pieces.at(-1)?.literal ?? [];
  return (path) => {
    // Most paths differ from a glob at an end, which is soon seen.
    if (path.length < shortest || !standsAt(end, path, path.length - end.length)) return false;
    // reached[at]: the pieces so far can have consumed the path up to there.
    let reached = new Uint8Array(path.length + 1);
    reached[0] = 1;
    for (const { gap, literal } of pieces) {
      cross(gap, reached, path);
      const after = behind(literal, reached, path);
      if (after === null) return false;
      reached = after;
    }
    return reached[path.length] === 1;
  };
}

/** What may lie before a literal: nothing, a run within one folder, any run, or whole folders. */
type Gap = "nothing" | "within" | "anything" | "folders";

interface Piece {
  readonly gap: Gap;
  /** Characters as they are, save that `?` is any one. */
  readonly literal: readonly string[];
}

/** Stars that follow each other are one gap: `***` and `** / **` reach no further than `**` does. */
function piecesOf(glob: string): readonly Piece[] {
  const pieces: { gap: Gap; literal: string[] }[] = [{ gap: "nothing", literal: [] }];
  const characters = [...glob];
  for (let at = 0; at < characters.length; at++) {
    const last = pieces.at(-1) ?? { gap: "nothing", literal: [] };
    if (characters[at] !== "*") {
      last.literal.push(characters[at] ?? "");
      continue;
    }
    const double = characters[at + 1] === "*";
    const startsName = at === 0 || characters[at - 1] === "/";
    const gap = !double
      ? "within"
      : startsName && characters[at + 2] === "/"
        ? "folders"
        : ("anything" as const);
    at += gap === "folders" ? 2 : gap === "anything" ? 1 : 0;
    if (last.literal.length > 0 || last.gap === "nothing") pieces.push({ gap, literal: [] });
    else if (last.gap !== gap) last.gap = "anything";
  }
  return pieces;
}

/** Adds every place that can be reached by crossing the gap. */
function cross(gap: Gap, reached: Uint8Array, path: readonly string[]): void {
  if (gap === "nothing") return;
  let open = false;
  for (let at = 0; at <= path.length; at++) {
    const slash = path[at - 1] === "/";
    if (gap === "within" && slash) open = false;
    const here = reached[at] === 1;
    if (open && (gap !== "folders" || slash)) reached[at] = 1;
    open ||= here;
  }
}

/** Every place that can be reached by the literal from one of these; null: none. */
function behind(
  literal: readonly string[],
  from: Uint8Array,
  path: readonly string[],
): Uint8Array<ArrayBuffer> | null {
  const reached = new Uint8Array(path.length + 1);
  let any = false;
  for (let start = 0; start + literal.length <= path.length; start++) {
    if (from[start] !== 1 || !standsAt(literal, path, start)) continue;
    reached[start + literal.length] = 1;
    any = true;
  }
  return any ? reached : null;
}

function standsAt(literal: readonly string[], path: readonly string[], start: number): boolean {
  for (let at = 0; at < literal.length; at++) {
    const there = path[start + at];
    if (literal[at] === "?" ? there === "/" : literal[at] !== there) return false;
  }
  return true;
}
