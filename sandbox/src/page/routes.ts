import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import type { Html } from "msc-clerk/platform/html.js";
import type { By } from "../doings/by.js";
import { isPull } from "../store.js";
import { doToPull, doToWritten, editFile, openIssueDeed, openProposalDeed, proposeConfig } from "./deeds.js";
import { filesPage } from "./filesPage.js";
import { indexPage } from "./indexPage.js";
import { issuePage, issuesPage } from "./issuePages.js";
import { beginningOf, newPage } from "./newProposal.js";
import { comparePage, editPage } from "./otherPages.js";
import { addAccountDeed, peoplePage } from "./peoplePage.js";
import { proposalPage } from "./proposalPage.js";
import { base, editPath, pagePath, type Scene, type Scenery } from "./scene.js";
import { toldOfPush } from "./unlawful.js";

/** What an address shows. */
export type Shows =
  | { readonly kind: "page"; readonly title: string; readonly main: Html }
  /** The same thing under the address that GitHub gives it. */
  | { readonly kind: "elsewhere"; readonly path: string };

const page = (title: string, main: Html | null): Shows | null =>
  main === null ? null : { kind: "page", title, main };

/** The page of an address within the repository, by its parts; none: the repository's own. null: there is nothing. */
export function pageAt(scene: Scene, parts: readonly string[]): Shows | null {
  const [kind, ...rest] = parts;
  switch (kind) {
    case undefined:
      return page("Proposals", indexPage(scene));
    case "pull":
    case "issues":
      return rest.length === 0 && kind === "issues"
        ? page("Issues", issuesPage(scene))
        : threadAt(scene, kind, rest);
    case "new":
      return page("New proposal", newPage(scene));
    case "people":
      return page("People", peoplePage(scene));
    case "edit":
      return rest.length === 0 ? null : page(rest.join("/"), editPage(scene, rest.join("/")));
    case "blob":
      return rest.length < 2 ? null : page(rest.slice(1).join("/"), editPage(scene, rest.slice(1).join("/")));
    case "commit":
      return page("Commit", comparePage(scene, parentOf(scene, rest[0] ?? ""), rest[0] ?? ""));
    case "compare": {
      const [from = "", to = ""] = (rest[0] ?? "").split("...");
      return page("Comparison", comparePage(scene, from, to));
    }
    default:
      return null;
  }
}

const parentOf = (scene: Scene, oid: string): string => scene.state.commits.get(oid)?.parents[0] ?? "";

/** GitHub leads from `/issues/N` to `/pull/N` and back, to which of the two it is. */
function threadAt(scene: Scene, kind: "pull" | "issues", rest: readonly string[]): Shows | null {
  const [number = "", tab, ...more] = rest;
  const thread = /^[1-9]\d{0,8}$/.test(number) ? scene.repository.threads.get(Number(number)) : undefined;
  if (thread === undefined || more.length > 0) return null;
  if (isPull(thread) !== (kind === "pull"))
    return tab === undefined ? { kind: "elsewhere", path: pagePath(scene, thread.number) } : null;
  if (!isPull(thread)) return tab === undefined ? page(thread.title, issuePage(scene, thread)) : null;
  if (tab === undefined) return page(thread.title, proposalPage(scene, thread));
  return tab === "files" ? page(`Files of ${thread.title}`, filesPage(scene, thread)) : null;
}

/** Where to go when it is done, and what to tell there, by what there is then. */
export interface Done {
  readonly to: string;
  readonly told?: (after: Scenery) => string;
}

/** Does what a form asks for; null: there is no such form. */
export function doAt(scene: Scenery, by: By, parts: readonly string[], sent: URLSearchParams): Done | null {
  const [kind, first, ...rest] = parts;
  const at = (path: string) => `${base(scene)}/${path}`;
  const shown = (number: number): Done => ({ to: at(`pull/${number}`) });
  switch (kind) {
    case "new":
      return first === undefined
        ? shown(openProposalDeed(by, sent, { beginning: beginningOf(scene), prefix: scene.rules?.prefix }))
        : null;
    case "people": {
      if (first !== undefined) return null;
      const told = addAccountDeed(by, sent);
      return { to: at("people"), told: () => told };
    }
    case "propose-config":
      return scene.unlawful === null || first !== undefined
        ? null
        : shown(proposeConfig(by, scene.unlawful, sent));
    case "edit": {
      if (first === undefined) return null;
      const path = [first, ...rest].join("/");
      const number = editFile(by, path, sent);
      return number === null
        ? { to: editPath(scene, path), told: (after) => toldOfPush(after, path === CONFIG_FILE) }
        : shown(number);
    }
    case "issues":
      return first === undefined
        ? { to: at(`issues/${openIssueDeed(by, sent)}`) }
        : toThread(scene, by, Number(first), rest, sent);
    case "pull":
      return first === undefined ? null : toThread(scene, by, Number(first), rest, sent);
    default:
      return null;
  }
}

function toThread(
  scene: Scenery,
  by: By,
  number: number,
  [deed, id, name]: readonly string[],
  sent: URLSearchParams,
): Done | null {
  if (!Number.isInteger(number) || deed === undefined) return null;
  const done =
    id === undefined
      ? doToPull(by, number, deed, sent)
      : name !== undefined && doToWritten(by, deed, Number(id), name, sent);
  return done ? { to: pagePath(scene, number) } : null;
}
