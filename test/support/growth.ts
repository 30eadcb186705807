import { expect } from "vitest";

/** Processor time of this process in milliseconds: what other work on the machine takes is not in it. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The least of five tries: what the collector of garbage takes is in some of them only. */
export function costOf(work: () => unknown): number {
  const tries = Array.from({ length: 5 }, () => {
    const from = spent();
    work();
    return spent() - from;
  });
  return Math.min(...tries);
}

/**
 * Twice the text may take twice the time, and somewhat more; what grows with the square takes four times. Below `floor` milliseconds
 * nothing is said: no clock is that good. `bound`: what the whole may take on the slowest machine.
 */
export function expectLinear(
  make: (size: number) => string,
  read: (text: string) => unknown,
  size: number,
  { floor = 25, bound = 2000 }: { readonly floor?: number; readonly bound?: number } = {},
): void {
  const [half, whole] = [make(size / 2), make(size)];
  const once = costOf(() => read(half));
  const twice = costOf(() => read(whole));
  expect(twice).toBeLessThan(bound);
  if (twice > floor) expect(twice / Math.max(once, floor / 4)).toBeLessThan(3.5);
}
