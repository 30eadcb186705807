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
      if (token === "**" || (token === "*" && character !== "/")) next.add(at);
      else if (token === "?" ? character !== "/" : token === character) next.add(at + 1);
    }
    reachable = closure(next, tokens);
    if (reachable.size === 0) return false;
  }
  return reachable.has(tokens.length);
}

function tokenise(glob: string): string[] {
  const tokens: string[] = [];
  const characters = [...glob];
  for (let at = 0; at < characters.length; at++) {
    if (characters[at] === "*" && characters[at + 1] === "*") {
      tokens.push("**");
      at++;
      // `a/**/b` also fits `a/b`: the slash after `**` may be part of what it consumed.
      if (characters[at + 1] === "/" && (tokens.length === 1 || tokens[tokens.length - 2] === "/")) at++;
    } else tokens.push(characters[at] ?? "");
  }
  return tokens;
}

/** Stars may consume nothing. */
function closure(positions: Set<number>, tokens: readonly string[]): Set<number> {
  for (const at of positions) {
    const token = tokens[at];
    if (token === "*" || token === "**") positions.add(at + 1);
  }
  return positions;
}
