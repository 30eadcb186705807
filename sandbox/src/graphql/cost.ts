import {
  type DocumentNode,
  getOperationAST,
  Kind,
  type SelectionSetNode,
  type ValueNode,
  valueFromASTUntyped,
} from "graphql";

/** https://docs.github.com/graphql/overview/rate-limits-and-node-limits-for-the-graphql-api */
export const MOST_NODES = 500_000;

/**
 * As GitHub counts it: every connection needs one request for each node of the connection it lies in; the sum, divided by a
 * hundred and rounded, is the cost in points, one at least.
 */
export function costOf(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  name?: string,
): { cost: number; nodes: number } {
  const operation = getOperationAST(document, name);
  let requests = 0;
  let nodes = 0;
  const defaults = Object.fromEntries(
    (operation?.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
  const values = { ...defaults, ...variables };
  const valueAt = (value: ValueNode): unknown =>
    value.kind === Kind.VARIABLE ? values[value.name.value] : valueFromASTUntyped(value);
  const argument = (
    of: { arguments?: readonly { name: { value: string }; value: ValueNode }[] },
    wanted: string,
  ): unknown => {
    const found = of.arguments?.find((one) => one.name.value === wanted);
    return found && valueAt(found.value);
  };
  const walk = (set: SelectionSetNode | undefined, times: number): void => {
    for (const selection of set?.selections ?? []) {
      const left = selection.directives?.some((one) => {
        const on = argument(one, "if");
        return (one.name.value === "include" && on === false) || (one.name.value === "skip" && on === true);
      });
      if (left) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, times);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = document.definitions.find(
          (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) walk(fragment.selectionSet, times);
      } else {
        const page = argument(selection, "first") ?? argument(selection, "last");
        if (typeof page === "number") {
          requests += times;
          nodes += times * page;
        }
        walk(selection.selectionSet, typeof page === "number" ? times * page : times);
      }
    }
  };
  walk(operation?.selectionSet, 1);
  return { cost: Math.max(1, Math.round(requests / 100)), nodes };
}
