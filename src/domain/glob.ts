/**
 * Does the glob fit the path? `*` is any run within one folder, `**` any run across folders, `?` one character; everything
 * else is literal. Matched by walking both texts, never by a regular expression made from config: no input can make it slow.
 */
export function globFits(glob: string, path: string): boolean {
  // reachable[i]: the first i tokens of the glob can have consumed the path so far.
  const tokens = tokenise(glob);
  let reachable = closure(new Set([0]), tokens);
  for (const character of path) {
    const next = new Set<number>();
    for (const at of reachable) {
      const token = tokens[at];
      if (token === undefined) continue;
      if (token === ANY || token === WITHIN || (token === STAR && character !== "/")) next.add(at);
      if (token === WITHIN ? character === "/" : token === "?" ? character !== "/" : token === character)
        next.add(at + 1);
    }
    reachable = closure(next, tokens);
    if (reachable.size === 0) return false;
  }
  return reachable.has(tokens.length);
}

// Names of more than one character cannot be confused with a literal token.
const STAR = "star";
const ANY = "any";
/** Before the folders of `**` + `/`: there may be none. */
const ENTER = "enter";
/** Among them: ends behind a slash. */
const WITHIN = "within";

function tokenise(glob: string): string[] {
  const tokens: string[] = [];
  const characters = [...glob];
  for (let at = 0; at < characters.length; at++) {
    const startsName = at === 0 || characters[at - 1] === "/";
    if (characters[at] !== "*") tokens.push(characters[at] ?? "");
    else if (characters[at + 1] !== "*") tokens.push(STAR);
    else if (startsName && characters[at + 2] === "/") {
      tokens.push(ENTER, WITHIN);
      at += 2;
    } else {
      tokens.push(ANY);
      at++;
    }
  }
  return tokens;
}

/** Stars may consume nothing. */
function closure(positions: Set<number>, tokens: readonly string[]): Set<number> {
  for (const at of positions) {
    const token = tokens[at];
    if (token === STAR || token === ANY || token === ENTER) positions.add(at + 1);
    if (token === ENTER) positions.add(at + 2);
  }
  return positions;
}
