import { withFullStop } from "../../domain/messages/grammar.js";
import { siteFiles } from "../../pages/files.js";
import { everyRoute } from "../../pages/routes.js";
import type { CliResult, Session, Wanted } from "../session.js";
import { gatherSite } from "./gatherSite.js";
import { whyNotInto, writeSite } from "./writeSite.js";

export interface SiteAsked {
  readonly wanted: Pick<Wanted, "owner" | "name">;
  readonly out: string;
  /** Where it will be reached, for feeds; null: nobody said. */
  readonly url: string | null;
}

/** Raised when a field is taken away or comes to mean something else; a field that is new raises nothing. */
const FORMAT = "msc-clerk site 1";

/** `site`: the pages of one repository as files. Nothing is written to GitHub. */
export async function siteCommand(
  { wanted, out, url }: SiteAsked,
  session: Session,
  progress: (line: string) => void,
): Promise<CliResult> {
  const not = await whyNotInto(out);
  if (not !== null) return { kind: "not", why: not };
  const gathered = await gatherSite(wanted, session, (read, of) =>
    progress(`${read} of ${of} pull requests read`),
  );
  if (gathered.kind === "not") return gathered;
  const { source, unread } = gathered;
  // There is one, and it may have another name by now than it was asked for by.
  const found = await source.repositories();
  const [repository] = found.kind === "told" ? found.told : [];
  if (repository === undefined) return { kind: "not", why: "The repository cannot be shown." };
  const files = siteFiles({
    ...{ source, repository, routes: everyRoute, now: session.clock.now() },
    publicRoot: url === null ? null : `${url.replace(/\/+$/, "")}/`,
  });
  const written = await writeSite(out, files);
  if (written.kind === "not") return written;
  const size = `${(written.bytes / 1_000_000).toFixed(1)} MB`;
  return {
    kind: "told",
    text: [
      `${written.files} files, ${size}, are in ${out}: its index.html is the board.`,
      ...unread.map(({ number, why }) =>
        withFullStop(`#${number} is not among them, as it could not be read: ${why}`),
      ),
    ].join("\n"),
    json: { format: FORMAT, out, files: written.files, bytes: written.bytes, unread },
  };
}
