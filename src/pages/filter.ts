import { plain } from "../domain/messages/escape.js";
import { sameLogin } from "../domain/model/people.js";
import type { ProposalSummary } from "../domain/model/publicView.js";
import { cutTo } from "../domain/text/cut.js";
import { fold } from "../domain/text/fold.js";
import { waitsIn } from "./waits.js";

/** By what the board is filtered. Each is text as somebody typed it; empty: not by that. What nothing matches leaves nothing, and is no error. */
export interface Filter {
  readonly text: string;
  readonly label: string;
  readonly author: string;
  readonly team: string;
  readonly disposition: string;
  /** `open`: somebody's concern is open. `none`: nobody's is. */
  readonly concerns: string;
  /** Only what waits for this login. */
  readonly member: string;
  readonly sort: Sort;
}

/** `place`: as each place is best read. */
export const SORTS = ["place", "waiting", "age", "newest", "number"] as const;
export type Sort = (typeof SORTS)[number];

/** The names of the fields, in forms and addresses. */
const FIELDS = ["text", "label", "author", "team", "disposition", "concerns", "member"] as const;
/** A title has 256 characters at most. */
const LONGEST = 256;

/** What stands in an address; without it, what nobody has asked for. */
export function filterOf(query: URLSearchParams): Filter {
  const typed = (name: string): string => plain(cutTo(query.get(name) ?? "", LONGEST)).trim();
  return {
    text: typed("text"),
    label: typed("label"),
    author: typed("author").replace(/^@/, ""),
    team: typed("team"),
    disposition: typed("disposition"),
    concerns: typed("concerns"),
    member: typed("member").replace(/^@/, ""),
    sort: SORTS.find((sort) => sort === query.get("sort")) ?? "place",
  };
}

export const NO_FILTER: Filter = filterOf(new URLSearchParams());

/** Whether it leaves anything out. */
export const isFiltering = (filter: Filter): boolean => FIELDS.some((field) => filter[field] !== "");

/** The same as part of an address, with its question mark; empty where nothing was asked for. */
export function queryOf(filter: Filter): string {
  const query = new URLSearchParams();
  for (const field of FIELDS) if (filter[field] !== "") query.set(field, filter[field]);
  if (filter.sort !== "place") query.set("sort", filter.sort);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** Those that match all of it. */
export function filtered(summaries: readonly ProposalSummary[], filter: Filter): readonly ProposalSummary[] {
  if (!isFiltering(filter)) return summaries;
  const words = fold(filter.text)
    .split(" ")
    .filter((word) => word !== "");
  const label = fold(filter.label);
  const team = fold(filter.team);
  return summaries.filter(
    (summary) =>
      (words.length === 0 || matchesWords(summary, words)) &&
      (label === "" || summary.labels.some((one) => fold(plain(one)) === label)) &&
      (filter.author === "" || isBy(summary, filter.author)) &&
      (team === "" || summary.teams.some((one) => fold(one.team) === team || fold(one.title) === team)) &&
      (filter.disposition === "" || summary.motion?.disposition === filter.disposition) &&
      (filter.concerns === "" || filter.concerns === (summary.concerns.length > 0 ? "open" : "none")) &&
      (filter.member === "" || waitsIn(summary).some(({ login }) => sameLogin(login, filter.member))),
  );
}

function matchesWords({ title, number }: ProposalSummary, words: readonly string[]): boolean {
  const text = `${fold(title)} #${number}`;
  return words.every((word) => text.includes(word));
}

const isBy = ({ author, authors }: ProposalSummary, login: string): boolean =>
  (author !== null && sameLogin(author, login)) || authors.some((one) => sameLogin(one, login));

type Order = (a: ProposalSummary, b: ProposalSummary) => number;
const ORDERS: Readonly<Record<Exclude<Sort, "place">, Order>> = {
  waiting: (a, b) => a.since - b.since,
  age: (a, b) => a.createdAt - b.createdAt,
  newest: (a, b) => b.createdAt - a.createdAt,
  number: (a, b) => a.number - b.number,
};

/** As each place is best read: a period by its end, what has ended by when, and what waits by how long. */
const placeOrder: Order = (a, b) =>
  a.fcp !== null && b.fcp !== null
    ? a.fcp.endsAt - b.fcp.endsAt
    : a.endedAt !== null && b.endedAt !== null
      ? b.endedAt - a.endedAt
      : a.since - b.since;

/** Of one place. */
export const sorted = (summaries: readonly ProposalSummary[], sort: Sort): readonly ProposalSummary[] => {
  const order = sort === "place" ? placeOrder : ORDERS[sort];
  return [...summaries].sort((a, b) => order(a, b) || a.number - b.number);
};
