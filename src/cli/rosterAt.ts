import { futureRosterText, rosterText } from "../domain/messages/roster.js";
import type { Instant } from "../domain/text/time.js";
import type { RepositoryRef } from "../github/ports.js";
import { rosterJson } from "./rosterJson.js";
import { type CliResult, type Session, whyNot } from "./session.js";

/**
 * Who could vote from one moment to another, under which rules, from the history of the config. Of a day to come it tells the roster of now, and says so.
 * Writes nothing.
 *
 * @param span null: now
 */
export async function rosterAt(
  wanted: Omit<RepositoryRef, "installation">,
  span: { readonly from: Instant; readonly until: Instant } | null,
  { installation, clock, github }: Session,
): Promise<CliResult> {
  const read = await github.reader.history({ ...wanted, installation }, null);
  const now = clock.now();
  if (read.kind !== "read")
    return {
      kind: "not",
      why: `The config's history of ${wanted.owner}/${wanted.name} cannot be read: ${whyNot(read, now)}.`,
    };
  const inFuture = span !== null && span.from > now;
  const { from, until } = span === null || inFuture ? { from: now, until: now } : span;
  const text = rosterText(read.versions, from, until);
  return {
    kind: "told",
    text: inFuture ? `${futureRosterText(span.from)}\n\n${text}` : text,
    json: rosterJson(wanted, read.versions, { from, until, askedFor: inFuture ? span.from : null }),
  };
}
