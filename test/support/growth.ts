import { expect } from "vitest";

/** Processor time of this process in milliseconds: what other work on the machine takes is not in it. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The least of five tries: what the collector of garbage takes is in some of them only. */
export const costOf = (work: () => unknown): number =>
  Math.min(...Array.from({ length: 5 }, () => once(work)));

function once(work: () => unknown): number {
  const from = spent();
  work();
  return spent() - from;
}

/** What a reader may take whose cost nobody would notice: what grows with the square takes seconds at a comment's largest. */
const UNNOTICED = 100;

/**
 * Twice the text may take twice the time, and somewhat more; what grows with the square takes four times. Both are taken in turn, so that what
 * makes the machine slow for a while is in both, and the least of each counts: never of fewer than three tries, and of more where these say no.
 * `bound`: what the whole may take on the slowest machine, in milliseconds.
 */
export function expectLinear(
  make: (size: number) => string,
  read: (text: string) => unknown,
  size: number,
  { bound = 2000 }: { readonly bound?: number } = {},
): void {
  const [half, whole] = [make(size / 2), make(size)];
  let [small, large] = [Infinity, Infinity];
  const grows = () => large > UNNOTICED && large / small >= 3.5;
  for (let tries = 0; tries < 12; tries++) {
    large = Math.min(
      large,
      once(() => read(whole)),
    );
    if (large <= UNNOTICED) return;
    small = Math.min(
      small,
      once(() => read(half)),
    );
    if (tries >= 2 && large < bound && !grows()) return;
  }
  expect(large).toBeLessThan(bound);
  expect(large / small).toBeLessThan(3.5);
}
