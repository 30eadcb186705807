/** What a figure should be. */
export interface Goal {
  readonly most?: number;
  readonly least?: number;
}

/** One figure a benchmark found. */
export interface Row {
  /** What was measured. */
  readonly name: string;
  /** How much there was of what it may grow with; null: it does not come in sizes. */
  readonly size: number | null;
  readonly unit: string;
  readonly value: number;
  readonly goal?: Goal;
}

/** `all`: as `npm run bench` runs it. `few`: what CI can afford, the same figures at the smaller sizes. */
export type Scope = "all" | "few";

export interface Benchmark {
  readonly name: string;
  readonly title: string;
  /** What sizes count: `open proposals`. */
  readonly sizes: string;
  /**
   * `counts` are the same on every machine, so that two of these run side by side and the record holds them; `times` are not, and each has
   * the machine to itself.
   */
  readonly kind: "counts" | "times";
  readonly run: (scope: Scope) => Promise<readonly Row[]>;
}

/** Held, or by which factor it was missed. */
export function judged({ value, goal }: Row): { readonly held: boolean; readonly factor: number } | null {
  if (goal === undefined) return null;
  const over = goal.most === undefined || value <= goal.most ? 1 : value / goal.most;
  const under = goal.least === undefined || value >= goal.least ? 1 : goal.least / value;
  return { held: over === 1 && under === 1, factor: Math.max(over, under) };
}

/** By how much it grows where its size grows tenfold; null where that cannot be told. */
export function perTenfold(rows: readonly Row[]): number | null {
  const sized = rows.flatMap(({ size, value }) => (size === null || size <= 0 ? [] : [{ size, value }]));
  const first = sized.reduce((least, one) => (one.size < least.size ? one : least), sized[0] ?? NONE);
  const last = sized.reduce((most, one) => (one.size > most.size ? one : most), sized[0] ?? NONE);
  if (first.size === last.size || first.value <= 0 || last.value <= 0) return null;
  return (last.value / first.value) ** (1 / Math.log10(last.size / first.size));
}

const NONE = { size: 0, value: 0 };
