const LOGIN = "[a-z\\d][a-z\\d_-]{0,38}";
/** The page of an account, with or without words for it; or a mention. Neither a mail address nor a name on Matrix (`@x:example.org`). */
const ACCOUNTS = new RegExp(
  [
    `(?:\\[[^\\][]*\\]\\()?<?https?://[^\\s/<>()]+/(${LOGIN})/?(?=[\\s<>(),;.]|$)`,
    `(?<![\\w./])@(${LOGIN})(?![\\w-]|[.:]\\w)`,
  ].join("|"),
  "giu",
);
const BARE = new RegExp(`^${LOGIN}$`, "iu");

/** The accounts that a text names, as logins. */
export function peopleIn(text: string): readonly string[] {
  const found = [...text.matchAll(ACCOUNTS)].flatMap(([, page, mention]) => page ?? mention ?? []);
  if (found.length > 0) return found;
  const bare = text.replace(/[.;]+$/u, "").split(/ ?(?:,|&| and ) ?/iu);
  return bare.every((one) => BARE.test(one)) ? bare : [];
}
