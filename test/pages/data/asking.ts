import { dataRoutes } from "../../../src/pages/data/routes.js";
import type { Asked, PageAnswer } from "../../../src/pages/route.js";
import { askedOf, type Facts } from "./facts.js";

export async function answerAt(path: string, asked: Asked): Promise<PageAnswer | null> {
  for (const route of dataRoutes) {
    const match = route.path.exec(path);
    if (match === null) continue;
    const answer = await route.answer(asked, match.slice(1));
    if (answer.kind === "unavailable") throw new Error(answer.why);
    return answer.told;
  }
  throw new Error(`No route has ${path}.`);
}

/** What a reader of JSON reads. */
export const jsonAt = async (path: string, of: Facts, changed: Partial<Asked> = {}): Promise<unknown> =>
  JSON.parse((await answerAt(path, askedOf(of, changed)))?.body ?? "null");

/** Every path that is listed. */
export async function pathsOf(of: Facts): Promise<string[]> {
  const { source, repository } = askedOf(of);
  const all = await Promise.all(dataRoutes.map((route) => route.paths(source, repository)));
  return all.flatMap((paths) => (paths.kind === "told" ? [...paths.told] : []));
}
