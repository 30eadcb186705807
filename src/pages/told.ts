import type { Told } from "./source.js";

export const tells = <T>(what: T): Told<T> => ({ kind: "told", told: what });

/** What follows from something that may be unavailable: then nothing follows, and the reason goes along. */
export async function whenTold<A, B>(
  asked: Promise<Told<A>>,
  then: (what: A) => Told<B> | Promise<Told<B>>,
): Promise<Told<B>> {
  const answer = await asked;
  return answer.kind === "told" ? then(answer.told) : answer;
}
