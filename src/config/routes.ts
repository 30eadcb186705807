import { byKey } from "../domain/model/byKey.js";
import { AMENDMENTS, type AmendmentKey, type AmendmentRoute, type Boards } from "../domain/model/rules.js";

/** The second board: the team named so, else the one called `guardians`; null when there is none. */
export const guardiansOf = (named: string | undefined, slugs: readonly string[]): string | null =>
  [named ?? "guardians"].find((slug) => slugs.includes(slug)) ?? null;

/**
 * The routes of MSC1779 for whatever teams there are. Where several ordinary teams stand side by side, a change of the
 * roster needs all of them by default: the config may say otherwise. An ordinary team without members is left
 * out; an empty second board is not, since its right to decide must not vanish with its members (a cross-rule refuses the file then).
 */
export function defaultRoutes(
  teams: readonly { readonly slug: string; readonly size: number }[],
  guardians: string | null,
): Record<AmendmentKey, readonly AmendmentRoute[]> {
  const boards: Boards = {
    ordinary: teams.filter(({ slug, size }) => slug !== guardians && size > 0).map(({ slug }) => slug),
    board: guardians === null ? [] : [guardians],
  };
  return byKey(AMENDMENTS, ({ routes }) => routes(boards).filter((route) => route.length > 0));
}
