import type { AmendmentKey, AmendmentRoute, Need, Threshold } from "../domain/model/rules.js";

const ALL: Threshold = { numerator: 1, denominator: 1 };
const THREE_QUARTERS: Threshold = { numerator: 3, denominator: 4 };

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
  const ordinary = teams.filter(({ slug, size }) => slug !== guardians && size > 0).map(({ slug }) => slug);
  const board = guardians === null ? [] : [guardians];
  const need = (slugs: readonly string[], threshold: Threshold): readonly Need[] =>
    slugs.map((team) => ({ team, threshold }));
  const routes = (...all: readonly (readonly Need[])[]) => all.filter((route) => route.length > 0);
  return {
    add_member: routes(need(ordinary, ALL), need(board, THREE_QUARTERS)),
    remove_member: routes(need(ordinary, THREE_QUARTERS), need(board, THREE_QUARTERS)),
    lead: routes(need(ordinary, THREE_QUARTERS), need(board, THREE_QUARTERS)),
    remove_lead: routes(need(ordinary.length > 0 ? ordinary : board, THREE_QUARTERS)),
    confirm_lead: routes(need(ordinary.length > 0 ? ordinary : board, THREE_QUARTERS)),
    add_guardian: routes(need(board, THREE_QUARTERS)),
    remove_guardian: routes(need(board, THREE_QUARTERS)),
    details: routes(need(ordinary, THREE_QUARTERS), need(board, THREE_QUARTERS)),
    rules: routes(need([...ordinary, ...board], THREE_QUARTERS)),
  };
}
