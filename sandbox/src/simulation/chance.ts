/** Chance with a seed: the same one is the same story. */
export interface Chance {
  /** From 0 up to 1. */
  draw(): number;
  /** A whole number from 0 up to `below`. */
  below(below: number): number;
  maybe(share: number): boolean;
  of<T>(all: readonly [T, ...T[]]): T;
  /** Of all these one, each as often as its weight says. */
  weighed<T>(all: readonly (readonly [number, T])[]): T;
  /** Milliseconds between the two, short ones as often as long ones. */
  span(from: number, to: number): number;
}

/** mulberry32 */
export function chanceOf(seed: number): Chance {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  const draw = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (most: number) => Math.floor(draw() * most);
  return {
    draw,
    below,
    maybe: (share) => draw() < share,
    of: (all) => all[below(all.length)] ?? all[0],
    weighed: (all) => {
      let left = draw() * all.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, one] of all) {
        left -= weight;
        if (left < 0) return one;
      }
      const last = all.at(-1);
      if (last === undefined) throw new Error("nothing to draw from");
      return last[1];
    },
    span: (from, to) => Math.round(Math.exp(Math.log(from) + draw() * (Math.log(to) - Math.log(from)))),
  };
}
