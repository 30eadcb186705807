/*
 * How much is done, without a clock: how many elements of arrays are gone through, and how many characters of texts are gone through to compare
 * or print them. The same on every machine and under any load, so that growth can be told from a few sizes.
 */

type Method = (this: never, ...given: never[]) => unknown;

/** Go through all of it. */
const WHOLE = [
  "filter",
  "map",
  "flatMap",
  "reduce",
  "forEach",
  "sort",
  "concat",
  "join",
  "toSorted",
  "toReversed",
];
/** Stop where they have found what they look for: counted by the calls of what they are given. */
const SEEKING = ["find", "findLast", "findIndex", "findLastIndex", "some", "every"];
const OF_TEXTS = ["normalize", "replace", "replaceAll", "split"];

/** The operations that this takes. What it calls runs on instrumented arrays and texts, and nothing else may run meanwhile. */
export function operationsOf(work: () => unknown): number {
  let count = 0;
  const undo: (() => void)[] = [];
  const wrap = (on: object, name: string | symbol, around: (method: Method) => Method): void => {
    const own = Object.getOwnPropertyDescriptor(on, name);
    if (own === undefined) return;
    Object.defineProperty(on, name, { ...own, value: around(own.value as Method) });
    undo.push(() => Object.defineProperty(on, name, own));
  };
  const byLength = (method: Method): Method =>
    function (this: never, ...given) {
      count += (this as { readonly length: number }).length;
      return method.apply(this, given);
    };
  for (const name of WHOLE) wrap(Array.prototype, name, byLength);
  // Spreads, copies, `for … of`, and Maps and Sets made from arrays.
  wrap(Array.prototype, Symbol.iterator, byLength);
  wrap(
    Array.prototype,
    "slice",
    (method) =>
      function (this: never, ...given) {
        const copy = method.apply(this, given) as readonly unknown[];
        count += copy.length;
        return copy;
      },
  );
  for (const name of ["includes", "indexOf"]) wrap(Array.prototype, name, byLength);
  for (const name of SEEKING)
    wrap(
      Array.prototype,
      name,
      (method) =>
        function (this: never, ...[ask, ...rest]) {
          const counted = (...given: never[]) => {
            count += 1;
            return (ask as unknown as (...given: never[]) => unknown)(...given);
          };
          return method.apply(this, [counted as never, ...rest]);
        },
    );
  for (const name of OF_TEXTS) wrap(String.prototype, name, byLength);
  wrap(
    JSON,
    "stringify",
    (method) =>
      function (this: never, ...given) {
        const text = method.apply(this, given) as string | undefined;
        count += text?.length ?? 0;
        return text;
      },
  );
  try {
    work();
  } finally {
    for (const each of undo) each();
  }
  return count;
}
