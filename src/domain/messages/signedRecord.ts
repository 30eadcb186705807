import { LONGEST_PUBLIC_RECORD, type PublicRecord, type PublishedRecord } from "../model/publicRecord.js";
import { series } from "./grammar.js";

/** The most characters of a comment that are for people to see: GitHub takes 65,536, of which marker and hidden line need some. */
const COMMENT_ROOM = 65_000;

/** How long the words of a conclusion may be, so that its record fits below them; as long as ever where there is none. */
export const roomBeside = (section: string, usual: number): number =>
  Math.min(usual, COMMENT_ROOM - section.length);

/**
 * record.signed: the record itself, folded, below the conclusion it is of. What stands in the two blocks is read back by `src/decisions/inComment`.
 * Empty: it has not been given out.
 */
export function signedRecord(published: PublishedRecord | null): string {
  if (published === null) return "";
  const { number, hash, json, signature, checkpoint } = published;
  if (json.length > LONGEST_PUBLIC_RECORD) return tooLong(published);
  const signed =
    signature === null
      ? "It is not signed, as this clerk has no `RECORD_KEYS`."
      : `It is signed${signature.listed ? "" : ", with a key that `record_keys` in the config does not list, so that nobody can tell whose it is"}.`;
  return [
    `<details><summary>Signed record: number ${number} in the register of decisions</summary>`,
    `All that this decision rests on, as canonical JSON (RFC 8785)${cutNote(json)}. Its SHA-256 is \`${hash}\`. ${signed} \`msc-clerk verify\` checks it.`,
    fenced("json", json),
    ...(signature === null ? [] : [fenced("text", `${signature.key} ${signature.value}`)]),
    ...beforeNote(published),
    ...(checkpoint === null ? [] : [checkpointNote(number, checkpoint)]),
    "</details>",
  ].join("\n\n");
}

/** The line of the record before: where Issues are off, this is the register. */
const beforeNote = ({ before }: PublishedRecord): readonly string[] =>
  before === null
    ? []
    : [
        // The number alone: with `#` before it, it would show in the timeline of that pull request.
        `The one before: number ${before.number}, pull request ${before.pull}, ${before.outcome}, SHA-256 \`${before.hash}\`.`,
      ];

/** Of so large a team that no cut makes it fit. */
function tooLong({ number, hash, checkpoint }: PublishedRecord): string {
  return [
    `<details><summary>Signed record: number ${number} in the register of decisions</summary>`,
    `The record is too long for a comment. The clerk’s store holds it; its SHA-256 is \`${hash}\`.`,
    ...(checkpoint === null ? [] : [checkpointNote(number, checkpoint)]),
    "</details>",
  ].join("\n\n");
}

const checkpointNote = (number: number, checkpoint: string): string =>
  `Whoever keeps this checkpoint can prove later that none of the ${number === 1 ? "records" : `${number} records`} until now was changed or taken away:\n\n${fenced("text", checkpoint.trimEnd())}`;

const CUTS: Readonly<Record<PublicRecord["cut"][number], string>> = {
  heads: "the heads that nobody voted on",
  concerns: "the texts of concerns that were resolved",
  since: "what changed after it was decided",
};

function cutNote(json: string): string {
  const { cut } = JSON.parse(json) as Pick<PublicRecord, "cut">;
  return cut.length === 0
    ? ""
    : `, without ${series(cut.map((what) => CUTS[what]))}, as it would be too long`;
}

/** Nothing in `text` stands on a line of its own that could end the block: canonical JSON is one line, and begins with a brace. */
const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``;
