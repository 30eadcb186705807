import { metadataIn } from "../acts/metadata.js";
import type { Decision } from "../model/decision.js";
import type { NamedAuthor, Obsolescence } from "../model/register.js";
import { readable } from "../text/time.js";
import type { WordsContext } from "./context.js";
import { day, series } from "./grammar.js";
import { link, pullLink } from "./links.js";
import { named } from "./people.js";

/** author.named, author.hand-over, author.shepherd: who speaks as an author, and who helps along. Empty: whoever opened it, alone. */
export function authorsNote({ register }: Decision, { rules, pull, mention: name }: WordsContext): string {
  if (rules.namedAuthors !== true) return "";
  const { authors = [], shepherd } = register;
  const opener = pull.author;
  const hasOpener = authors.some(({ via }) => via === "opened");
  const words = [
    ...(opener === null || hasOpener ? [] : [`${named(opener)} (opened it)`]),
    ...[...authors].sort((a, b) => a.at - b.at).map(authorWords),
  ];
  const said = pull.description === null ? null : metadataIn(pull.description.lines).shepherd;
  const helper =
    shepherd !== undefined
      ? `${named(shepherd.person)}, as ${link(`${named(shepherd.by)} said`, shepherd.url)}`
      : said === null
        ? null
        : `${named({ login: said })}, as the description says`;
  return [
    ...(authors.length === 0
      ? []
      : [
          `Authors: ${series(words)}. What an author approves is none of the two approvals that a text needs before it is merged; who is named and is none says \`@${name} not an author\`.`,
        ]),
    ...(helper === null ? [] : [`Shepherd: ${helper}.`]),
  ].join(" ");
}

function authorWords({ person, via, at, url, left }: NamedAuthor): string {
  const how = {
    opened: "opened it",
    description: `${link("named by the description", url)} on ${day(at)}`,
    handover: `${link("handed over to them", url)} on ${day(at)}`,
  }[via];
  const since =
    left === null ? "" : left.how === "disowned" ? "; is none, they say" : `; handed over on ${day(left.at)}`;
  return `${named(person)} (${how}${since})`;
}

/** proposal.ready, proposal.superseded: what an author has said of it, and since when. Empty: nothing that stands. */
export function lifeNote({ register, waiting, phase }: Decision, context: WordsContext): string {
  const { obsolete } = register;
  if (waiting !== undefined)
    return `It waits for the team since ${readable(waiting.at)}, when ${link(`${named(waiting.by)} said`, waiting.url)} that it is ready.`;
  if (obsolete === undefined || context.rules.obsoleteLabel === undefined || phase === "out_of_scope")
    return "";
  const by = `as ${link(`${named(obsolete.by)} said`, obsolete.url)} on ${day(obsolete.at)}`;
  return `It ${obsoleteWords(obsolete, context)}, ${by}.`;
}

/** proposal.superseded. A link shows up in the timeline of the other proposal, and is meant to. */
export const obsoleteWords = ({ supersededBy }: Obsolescence, context: WordsContext): string =>
  supersededBy === null ? "is obsolete" : `is superseded by ${pullLink(context, supersededBy)}`;
