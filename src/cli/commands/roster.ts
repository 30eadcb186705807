import { APP_OPTION, JSON_OPTION, NEEDS_READER, repositoryIn, signedIn } from "../asking.js";
import { command } from "../command.js";
import { Misuse } from "../misuse.js";
import { progress, tell } from "../terminal.js";

export const rosterRow = command({
  name: "roster",
  group: "Ask it",
  takes: "OWNER/REPO",
  words: [1, 1],
  line: "who can vote, under which rules; --at DAY: on that day",
  about: [
    "Tells who could vote on a day, and under which rules: the config that was in force then, by when each reached the default branch. A day on which it changed has several.",
  ],
  options: {
    at: {
      type: "string",
      value: "DAY",
      does: "a day (UTC) such as 2027-03-03, or a moment such as 2027-03-03T14:05:00Z; today where it is left out",
    },
    json: JSON_OPTION,
    app: APP_OPTION,
  },
  needs: NEEDS_READER,
  exits: new Map([
    [0, "it was told"],
    [1, "it cannot be read"],
  ]),
  examples: ["roster acme/standards", "roster acme/standards --at 2027-03-03"],
  run: async ({ words: [word = ""], options: { at, json, app } }) => {
    const wanted = await repositoryIn(word);
    const span = at === null ? null : spanOf(at);
    const session = await signedIn(wanted, app);
    progress(`Reading every config that ${word} has had`);
    const { rosterAt } = await import("../rosterAt.js");
    return tell(await rosterAt(wanted, span, session), json);
  },
});

/** A day is all of it, in UTC; a moment is itself. */
function spanOf(text: string): { readonly from: number; readonly until: number } {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const from = Date.parse(day ? `${text}T00:00:00Z` : text);
  const real = !Number.isNaN(from) && new Date(from).toISOString().startsWith(text.slice(0, day ? 10 : 0));
  if (!real || !(day || /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/.test(text)))
    throw new Misuse(`"${text}" is no day: write it as 2027-03-03, or a moment as 2027-03-03T14:05:00Z.`);
  return { from, until: day ? from + 24 * 3_600_000 - 1 : from };
}
