import { metadataIn } from "../acts/metadata.js";
import type { Decision } from "../model/decision.js";
import type { Obsolescence } from "../model/register.js";
import { readable } from "../text/time.js";
import type { WordsContext } from "./context.js";
import { day, series } from "./grammar.js";
import { link, pullLink } from "./links.js";
import { named } from "./people.js";

/** author.named, author.hand-over, author.shepherd: who speaks as an author, and who helps along. Empty: whoever opened it, alone. */
export function authorsNote({ register }: Decision, { rules, pull }: WordsContext): string {
  if (rules.namedAuthors !== true) return "";
  const { authors = [], shepherd } = register;
  const words = authors.map(({ person, via, at, url, left }) => {
    const how =
      via === "opened"
        ? "opened it"
        : link(via === "handover" ? "handed over to them" : "named by the description", url);
    const since =
      left === null
        ? ""
        : left.how === "disowned"
          ? "; says they are none"
          : `; handed over on ${day(left.at)}`;
    return `${named(person)} (${how}${via === "opened" ? "" : ` on ${day(at)}`}${since})`;
  });
  const said = pull.description === null ? null : metadataIn(pull.description.lines).shepherd;
  const helper =
    shepherd !== undefined
      ? `${named(shepherd.person)}, as ${link(`${named(shepherd.by)} said`, shepherd.url)}`
      : said === null
        ? null
        : `${named({ login: said })}, as the description says`;
  return [
    ...(words.length === 0
      ? []
      : [
          `Authors besides who opened it: ${series(words)}. What they approve from then on is none of the two approvals that the text needs before it is merged; who is named and is no author says \`not an author\`.`,
        ]),
    ...(helper === null ? [] : [`Shepherd: ${helper}.`]),
  ].join(" ");
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
