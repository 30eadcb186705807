import type { ConcernView } from "../model/decision.js";
import type { Disposition } from "../model/rules.js";
import { quote } from "./escape.js";
import { day, series } from "./grammar.js";
import { link } from "./links.js";
import { named } from "./people.js";

/** How much of each concern a text shows. `numbers` is for a proposal with very many. */
export type ConcernDetail = "full" | "brief" | "numbers";

/** Open ones first, each group by number; as list items, or as two sentences when there are too many. */
export function concernList(
  concerns: readonly ConcernView[],
  disposition: Disposition | null,
  detail: ConcernDetail,
): string {
  const open = concerns.filter((concern) => concern.resolved === null);
  const settled = concerns.filter((concern) => concern.resolved !== null);
  if (detail === "numbers") {
    return [tooMany("Open", open), tooMany("Resolved", settled)].filter((line) => line !== "").join("\n");
  }
  const limit = detail === "full" ? 500 : 80;
  return [...open, ...settled].map((concern) => `- ${concernLine(concern, disposition, limit)}`).join("\n");
}

/** Past this many, numbers alone would not fit either. */
const NUMBERS_SHOWN = 500;

function tooMany(what: string, concerns: readonly ConcernView[]): string {
  if (concerns.length === 0) return "";
  const shown = concerns.slice(0, NUMBERS_SHOWN).map((concern) => `C${concern.number}`);
  const rest = concerns.length - shown.length;
  return `- ${what}: ${series(rest > 0 ? [...shown, `${rest} more`] : shown)}`;
}

/** One concern with who raised and who resolved it. */
function concernLine(concern: ConcernView, disposition: Disposition | null, limit: number): string {
  // What a review asked for stands in the review; the text kept for it only repeats who asked.
  const asked = concern.kind === "changes_requested";
  const what = `**C${concern.number}** ${asked ? "Changes requested" : quote(concern.text, limit)}`;
  const raised = `${link(asked ? "in a review" : "raised", concern.url)} by ${named(concern.by)} on ${day(concern.at)}`;
  if (concern.resolved !== null) {
    const { by, at, url } = concern.resolved;
    return `~~${what}~~ — ${raised}, ${link("resolved", url)} by ${named(by)} on ${day(at)}`;
  }
  const notes = [
    ...(concern.carriedOver ? ["carried over from before this motion"] : []),
    ...(!concern.blocks && disposition !== null ? [`does not block this motion to ${disposition}`] : []),
  ];
  return `${what} — ${raised}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}`;
}
