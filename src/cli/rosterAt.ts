import { rosterText } from "../domain/messages/roster.js";
import type { Instant } from "../domain/text/time.js";
import type { RepositoryRef } from "../github/ports.js";
import { type AppCredentials, asApp, type CliResult } from "./asApp.js";

/** Who could vote from one moment to another, under which rules, from the history of the config. Writes nothing. */
export async function rosterAt(
  wanted: Omit<RepositoryRef, "installation">,
  { from, until }: { readonly from: Instant; readonly until: Instant },
  credentials: AppCredentials,
): Promise<CliResult> {
  const app = await asApp(wanted, credentials);
  if (app.kind === "not") return app;
  const read = await app.github.reader.history({ ...wanted, installation: app.installation }, null);
  return read.kind === "read"
    ? { kind: "told", text: rosterText(read.versions, from, until) }
    : {
        kind: "not",
        why: `The config's history of ${wanted.owner}/${wanted.name} cannot be read: ${read.why}.`,
      };
}
