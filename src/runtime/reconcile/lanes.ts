/** How urgent it is, among what waits of the same tenant. */
export interface Rank {
  /** Nobody waits for it: it comes after what people have just done. */
  readonly background: boolean;
  /** Outsiders' affairs come after members'. */
  readonly outsiders: boolean;
}

interface Tenant<T> {
  readonly id: number;
  /** What waits, the most urgent line first, each in order of arrival. */
  readonly lines: readonly Set<T>[];
  running: number;
  /** The turn in which it last got a lane, or began to wait if that was later: the lowest has waited longest. */
  since: number;
}

/** Members' affairs, outsiders', and the same two again in the background. */
const LINES = 4;
const lineOf = ({ background, outsiders }: Rank): number => (background ? 2 : 0) + (outsiders ? 1 : 0);
/** Somebody on the roster waits for the first line, and for no other. */
const leavesRoom = (line: number): boolean => line > 0;
const isBackground = (line: number): boolean => line >= 2;

/**
 * A few lanes for all tenants. A free lane goes to the tenant with the fewest items running, among equals to the one that has waited
 * longest: whoever has hundreds of slow ones makes nobody else wait for more than one of them. Urgency counts within a tenant only.
 *
 * Outsiders' affairs and the background leave one lane free, whosever they are, and the background half of them: somebody on the roster never waits
 * for the end of one. Some items of the background share a lane, so that what they read can come together.
 */
export class Lanes<T extends object> {
  readonly #lanes: number;
  /** How many background items of one tenant share a lane. */
  readonly #together: number;
  readonly #run: (item: T) => Promise<void>;
  /** Those of whom something waits or runs. */
  readonly #tenants = new Map<number, Tenant<T>>();
  /** Where each item waits. */
  readonly #places = new Map<T, { readonly its: Tenant<T>; readonly line: number }>();
  readonly #runs = new Set<Promise<void>>();
  #taken = 0;
  #takenByOthers = 0;
  #takenInBackground = 0;
  #turn = 0;

  constructor(lanes: number, run: (item: T) => Promise<void>, together = 1) {
    this.#lanes = lanes;
    this.#together = together;
    this.#run = run;
  }

  /** Lines it up; one that waits already moves to where it belongs now. */
  add(item: T, tenant: number, standing: Rank): void {
    const line = lineOf(standing);
    const before = this.#places.get(item);
    if (before?.its.id === tenant && before.line === line) return;
    const its = this.#tenants.get(tenant) ?? { id: tenant, lines: linesOf<T>(), running: 0, since: 0 };
    if (!isWaiting(its)) its.since = this.#nextTurn();
    this.#leave(item);
    this.#tenants.set(tenant, its);
    its.lines[line]?.add(item);
    this.#places.set(item, { its, line });
    this.#fill();
  }

  /** Forgets what waits; resolves when what runs is over. */
  async stop(): Promise<void> {
    for (const item of [...this.#places.keys()]) this.#leave(item);
    await Promise.all(this.#runs);
  }

  #nextTurn(): number {
    this.#turn += 1;
    return this.#turn;
  }

  #fill(): void {
    while (this.#taken < this.#lanes) {
      const item = this.#next();
      if (item === null) return;
      this.#begin(item);
    }
  }

  /** What gets the next lane; null: nothing may. */
  #next(): T | null {
    const room = this.#takenByOthers < Math.max(1, this.#lanes - 1);
    // What people do is never behind more than half of the lanes full of what nobody waits for.
    const background = this.#takenInBackground < Math.max(1, Math.floor(this.#lanes / 2));
    let next: { readonly item: T; readonly its: Tenant<T> } | null = null;
    for (const its of this.#tenants.values()) {
      if (next !== null && !isBefore(its, next.its)) continue;
      const line = its.lines.find(
        ({ size }, at) => size > 0 && (room || !leavesRoom(at)) && (background || !isBackground(at)),
      );
      const item = line?.values().next().value;
      if (item !== undefined) next = { item, its };
    }
    return next === null ? null : next.item;
  }

  #begin(item: T): void {
    const place = this.#places.get(item);
    if (place === undefined) return;
    const { its, line } = place;
    const other = leavesRoom(line) ? 1 : 0;
    its.since = this.#nextTurn();
    its.running += 1;
    this.#taken += 1;
    this.#takenByOthers += other;
    const background = isBackground(line) ? 1 : 0;
    this.#takenInBackground += background;
    const group = background === 1 ? [...(its.lines[line] ?? [])].slice(0, this.#together) : [item];
    for (const one of group) this.#leave(one);
    const run = Promise.allSettled(group.map((one) => this.#run(one))).then(() => {
      this.#runs.delete(run);
      its.running -= 1;
      this.#taken -= 1;
      this.#takenByOthers -= other;
      this.#takenInBackground -= background;
      this.#letGo(its);
      this.#fill();
    });
    this.#runs.add(run);
  }

  #leave(item: T): void {
    const place = this.#places.get(item);
    if (place === undefined) return;
    this.#places.delete(item);
    place.its.lines[place.line]?.delete(item);
    this.#letGo(place.its);
  }

  #letGo(its: Tenant<T>): void {
    if (its.running === 0 && !isWaiting(its)) this.#tenants.delete(its.id);
  }
}

const linesOf = <T>(): readonly Set<T>[] => Array.from({ length: LINES }, () => new Set<T>());

const isWaiting = ({ lines }: Tenant<unknown>): boolean => lines.some(({ size }) => size > 0);

const isBefore = (a: Tenant<unknown>, b: Tenant<unknown>): boolean =>
  a.running < b.running || (a.running === b.running && a.since < b.since);
