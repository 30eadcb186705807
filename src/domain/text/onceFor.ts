/**
 * The same function, worked out once for each object: what comes out hangs on the object alone, which nobody changes once it is made, and is
 * as read-only. For what thousands of acts ask of one list (an index of it, a text of it folded); it goes when the object goes.
 */
export function onceFor<Of extends object, Result extends object | string | number>(
  work: (of: Of) => Result,
): (of: Of) => Result {
  const known = new WeakMap<Of, Result>();
  return (of) => {
    const before = known.get(of);
    if (before !== undefined) return before;
    const result = work(of);
    known.set(of, result);
    return result;
  };
}
