/* Configs as an ill-meant stranger would write them, each of any size: every way known to make a reader of them slow. */

const SMALL = "version: 1\nteams: { a: { members: [x] } }\ndecisions: [{ name: d, approval: { a: 75% } }]\n";

/** `piece` again and again, as often as fits between the two ends. */
const filled =
  (piece: (at: number) => string, before = SMALL, after = "") =>
  (size: number): string => {
    const pieces: string[] = [];
    for (let length = before.length + after.length, at = 0; ; at++) {
      const next = piece(at);
      length += next.length;
      if (length > size) return before + pieces.join("") + after;
      pieces.push(next);
    }
  };
const within = (before: string, after: string, piece: (at: number) => string) => filled(piece, before, after);
const stretched =
  (piece: string, before = `${SMALL}guardians: `, after = "\n") =>
  (size: number): string =>
    before +
    piece.repeat(Math.max(0, Math.floor((size - before.length - after.length) / piece.length))) +
    after;

const TEAM = ["version: 1\nteams: { a: { members: [", "] } }\n"] as const;
const name = (at: number) => at.toString(36);

export const HOSTILE_CONFIGS: Readonly<Record<string, (size: number) => string>> = {
  "one key again and again": filled(() => "a:\n", ""),
  "keys nobody knows": filled((at) => `k${name(at)}: 1\n`),
  "keys that are nearly known": filled((at) => `mention${name(at)}: 1\n`),
  "long keys": filled((at) => `${"k".repeat(300)}${at}: 1\n`),
  "one long key": stretched("k", SMALL, ": 1\n"),
  "open brackets": stretched("[", ""),
  "open braces": stretched("{", ""),
  "closed brackets": (size) => "[".repeat(size / 2) + "]".repeat(size / 2),
  "brackets on lines of their own": (size) => "- [\n".repeat(size / 4),
  "quotes, the last of them open": (size) => `${"a: 'x'\n".repeat(size / 7 - 2)}b: "`,
  "comments before an open quote": (size) => `${"# x\n".repeat(size / 4 - 2)}a: '`,
  "dashes on one line": stretched("- ", ""),
  "question marks": stretched("? ", ""),
  colons: stretched(": ", ""),
  "keys within keys": filled((at) => `${" ".repeat(at)}a:\n`, ""),
  "lists as deep as is read": filled(() => `${"[".repeat(17)}${"]".repeat(17)},`, "[", "]"),
  anchors: filled((at) => `- &a${at} x\n`, `${SMALL}mentions:\n`),
  aliases: filled(() => "- *a\n", `${SMALL}mentions:\n- &a x\n`),
  "an alias bomb": filled(
    (at) => `a${at + 1}: &a${at + 1} [*a${at},*a${at},*a${at},*a${at}]\n`,
    `${SMALL}a0: &a0 [x]\n`,
  ),
  "merge keys": filled(() => "<<: {a: 1}\n"),
  tags: filled(() => "- !!str x\n", `${SMALL}mentions:\n`),
  "tag directives": filled((at) => `%TAG !a${at}! x\n`, "", "--- x\n"),
  "one long tag": stretched("x", `${SMALL}guardians: !`, " y\n"),
  documents: filled(() => "---\n", ""),
  "documents with a key": filled(() => "--- {a: 1}\n"),
  "ends of documents": filled(() => "...\n"),
  "keys that are lists": filled(() => "? [a]\n: 1\n"),
  "pairs in a list": within("[", "]", () => "a: 1,"),
  "mappings in a list": within("[", "]", () => "{a: 1},"),
  "keys without values": within("{", "}", () => "a,"),
  "logins that are none": within(...TEAM, () => ".,"),
  "numbers for logins": within(...TEAM, () => "1,"),
  "one login again and again": within(...TEAM, () => "x,"),
  logins: within(...TEAM, (at) => `${name(at)}z,`),
  "members without a login": within(...TEAM, () => "{},"),
  "one id again and again": within(...TEAM, (at) => `{login: z${name(at)}, id: 1},`),
  "members with keys nobody knows": within(...TEAM, () => "{login: x, away: {frm: x}},"),
  domains: within("version: 1\nteams: { a: { members: [{login: x, domains: [", "]}] } }\n", () => "z,"),
  "names of teams that will not do": within("version: 1\nteams: {", "}\n", (at) => `A${name(at)}: 1,`),
  "a decision for teams nobody knows": (size) =>
    within(
      `${within("version: 1\nteams: {", "}\n", (at) => `a${name(at)}: {members: [x]},`)(size / 2)}decisions: [{ name: d, approval: {`,
      "}}]\n",
      (at) => `b${name(at)}: 75%,`,
    )(size),
  "empty teams that are needed": (size) =>
    within(
      `${within("version: 1\nteams: {", "}\n", (at) => `a${name(at)}: {members: []},`)(size / 2)}decisions: [{ name: d, approval: {`,
      "}}]\n",
      (at) => `a${name(at)}: 75%,`,
    )(size),
  decisions: filled(
    () => "- {name: d, approval: {a: 75%}}\n",
    "version: 1\nteams: { a: { members: [x] } }\ndecisions:\n",
  ),
  "decisions without anything": within(
    "version: 1\nteams: { a: { members: [x] } }\ndecisions: [",
    "]\n",
    () => "{},",
  ),
  routes: within(`${SMALL}amendments: {rules: [`, "]}\n", () => "{a: 75%},"),
  globs: within(`${SMALL}proposal_paths: [`, "]\n", (at) => `a${at}*,`),
  stars: within(`${SMALL}proposal_paths: [`, "]\n", () => `"${"*".repeat(190)}z",`),
  "folders in globs": within(`${SMALL}proposal_paths: [`, "]\n", () => `"${"a/".repeat(95)}",`),
  "older bots": within(`${SMALL}legacy_bots: [`, "]\n", () => "x,"),
  names: within(`${SMALL}mentions: [`, "]\n", (at) => `${name(at)}z,`),
  "one long value": stretched("k"),
  "a long value of words": stretched("k "),
  "a long number": stretched("1"),
  "a long number with a letter behind it": stretched("1", `${SMALL}guardians: `, "x\n"),
  "spaces before a letter": stretched(" ", `${SMALL}guardians: k`, "x\n"),
  "spaces in a threshold": stretched(" ", `${SMALL}amendments: { rules: [{ a: '75`, "x' }]}\n"),
  "blank lines in quotes": stretched("\n", `${SMALL}guardians: "k`, ' x"\n'),
  "an open quote": stretched("x", `${SMALL}guardians: "`, ""),
  escapes: stretched("\\x41", `${SMALL}guardians: "`, '"\n'),
  "a text over many lines": filled(() => " x\n", `${SMALL}guardians: >\n`),
  "blank lines": stretched("\n", ""),
  spaces: stretched(" ", ""),
  tabs: stretched("\t", ""),
  "tabs behind a key": stretched("\t", `${SMALL}guardians:`, "x\n"),
  "lines that begin with a tab": filled(() => "\tx\n"),
  "carriage returns": stretched("\r", ""),
  comments: filled(() => "#\n"),
  "null bytes": stretched("\0", ""),
  "halves of characters": stretched("\ud800", ""),
  "characters nobody sees": stretched("\u200b", `${SMALL}#`),
};
