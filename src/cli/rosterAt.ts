import { rosterText } from "../domain/messages/roster.js";
import type { Instant } from "../domain/text/time.js";
import type { RepositoryRef } from "../github/ports.js";
import { rosterJson } from "./rosterJson.js";
import { type CliResult, type Session, whyNot } from "./session.js";

/** Who could vote from one moment to another, under which rules, from the history of the config. Writes nothing. */
export async function rosterAt(
  wanted: Omit<RepositoryRef, "installation">,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  { installation, clock, github }: Session,
): Promise<CliResult> {
  const read = await github.reader.history({ ...wanted, installation }, null);
  return read.kind === "read"
    ? {
        kind: "told",
        text: rosterText(read.versions, from, until),
        json: rosterJson(wanted, read.versions, from, until),
      }
    : {
        kind: "not",
        why: `The config's history of ${wanted.owner}/${wanted.name} cannot be read: ${whyNot(read, clock.now())}.`,
      };
}
