import { SECOND } from "msc-clerk/domain/text/time.js";
import type { Store } from "msc-clerk/store/port.js";
import type { Arena } from "./arena.js";
import type { Machine } from "./machine.js";
import { never } from "./wire.js";

/** The one store, as one machine has it. */
export function storeOf(arena: Arena, machine: Machine, life: { readonly alive: boolean }): Store {
  const { chance, clock } = arena;
  const call = async (
    name: string,
    real: () => Promise<unknown>,
    done: (answer: unknown) => void = () => {},
  ): Promise<unknown> => {
    if (life.alive) machine.touch(name);
    // It may be that it stood still before this left it.
    if (machine.stillSince !== null) await machine.whileStill();
    if (!life.alive) return never();
    const { weather } = arena;
    if (weather !== null && chance.maybe(weather.slow)) await clock.sleep(chance.span(5, SECOND));
    if (!life.alive) return never();
    const fails = weather !== null && chance.maybe(weather.store);
    if (fails && chance.maybe(0.5)) return UNAVAILABLE;
    const answer = await real();
    done(answer);
    if (life.alive && WRITES.has(name)) machine.touch(`${name} done`);
    if (machine.stillSince !== null) await machine.whileStill();
    if (!life.alive) return never();
    return fails ? UNAVAILABLE : answer;
  };
  const views = through<Store["views"]>((name, args) =>
    call(name, () => bound(arena.store.views, name)(...args)),
  );
  return through<Store>(
    (name, args) => {
      if (name === "close") return Promise.resolve();
      if (name === "tally") return arena.store.tally();
      return call(
        name,
        () => bound(arena.store, name)(...args),
        (answer) => {
          if (name !== "putRegister" || (answer as { kind: string }).kind !== "stored") return;
          const [of, next] = args as Parameters<Store["putRegister"]>;
          arena.keptAt(of.pull, next);
        },
      );
    },
    { views },
  );
}

const UNAVAILABLE = { kind: "unavailable", why: "the simulation does not let it" } as const;

type Method = (...args: readonly unknown[]) => Promise<unknown>;
const bound = (of: object, name: string): Method => (Reflect.get(of, name) as Method).bind(of);
/** All of its methods are answered by `call`; what it `has` is that. */
const through = <T extends object>(
  call: (name: string, args: readonly unknown[]) => unknown,
  has: Partial<T> = {},
): T =>
  new Proxy({} as T, {
    get: (_, name) => Reflect.get(has, name) ?? ((...args: readonly unknown[]) => call(String(name), args)),
  });
/** After these there is something that was done. */
const WRITES = new Set<string>([
  "putRegister",
  "putDecision",
  "intend",
  "settle",
  "putLawful",
  "putProposals",
]);
