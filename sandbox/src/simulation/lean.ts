import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import type { Context, Node } from "../graphql/context.js";
import { mutations } from "../graphql/mutations.js";
import { queries } from "../graphql/queries.js";
import { publishedSchema } from "../graphql/schema.js";
import { Refusal } from "../refusal.js";

/*
 * Documents that the sandbox's own tests check against GitHub's schema, answered without checking them again: a tenth of what that costs.
 */

type Values = Readonly<Record<string, unknown>>;
type Argument = (values: Values) => unknown;

interface Field {
  readonly key: string;
  readonly name: string;
  readonly args: readonly (readonly [string, Argument])[];
  readonly selection: Selection | null;
  /** null: always. */
  readonly wanted: ((values: Values) => boolean) | null;
}

/** The fields to answer, by the type of the node. */
interface Selection {
  readonly of: Map<string, readonly Field[]>;
  readonly parts: readonly { readonly on: string | null; readonly fields: readonly Field[] }[];
}

interface Compiled {
  readonly isMutation: boolean;
  readonly selection: Selection;
  readonly defaults: Values;
}

interface Problem {
  readonly message: string;
  readonly type?: string;
  readonly path: readonly (string | number)[];
}

const compiled = new Map<string, Compiled>();

/** Kind and name of the one operation of a document. */
export const operationIn = (query: string): { readonly kind: "read" | "write"; readonly name: string } => {
  const name = /^\s*(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? "";
  return { kind: query.trimStart().startsWith("mutation") ? "write" : "read", name };
};

/** The answer to a document, as GitHub's body has it. */
export function answerTo(context: Context, query: string, variables: Values) {
  const document = compiled.get(query) ?? compile(parse(query, { noLocation: true }));
  compiled.set(query, document);
  const errors: Problem[] = [];
  const values = { ...document.defaults, ...variables };
  const root = document.isMutation ? mutations : queries;
  const type = document.isMutation ? "Mutation" : "Query";
  const data = object({ ...root, __typename: type }, document.selection, { context, values, errors }, null);
  return { data, ...(errors.length > 0 && { errors }) };
}

interface Run {
  readonly context: Context;
  readonly values: Values;
  readonly errors: Problem[];
}

/** Where in the answer, from the inside out: a list of its own for each field would cost more than the fields. */
interface Path {
  readonly key: string | number;
  readonly in: Path | null;
}

function steps(path: Path | null): readonly (string | number)[] {
  const all: (string | number)[] = [];
  for (let at = path; at !== null; at = at.in) all.unshift(at.key);
  return all;
}

function object(source: Node, selection: Selection, run: Run, path: Path | null): unknown {
  const made: Record<string, unknown> = {};
  for (const field of fieldsFor(selection, typeof source.__typename === "string" ? source.__typename : "")) {
    const { key, name, selection: inner, wanted } = field;
    if (wanted !== null && !wanted(run.values)) continue;
    const at = { key, in: path };
    try {
      const value = source[name];
      if (value === undefined && name !== "__typename")
        throw new GraphQLError(`The sandbox does not know ${name}.`);
      const got =
        typeof value === "function"
          ? (value as (args: unknown, context: Context) => unknown)(given(field, run.values), run.context)
          : value;
      const done = completed(got, inner, run, at);
      // A field that several parts ask for has what any of them asks for.
      made[key] = key in made ? merged(made[key], done) : done;
    } catch (thrown) {
      made[key] = null;
      run.errors.push(problemOf(thrown, at));
    }
  }
  return made;
}

function given({ args }: Field, values: Values): Values {
  const all: Record<string, unknown> = {};
  for (const [name, of] of args) {
    const value = of(values);
    if (value !== undefined) all[name] = value;
  }
  return all;
}

function completed(value: unknown, selection: Selection | null, run: Run, path: Path | null): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => {
      if (!(item instanceof Error)) return completed(item, selection, run, { key: index, in: path });
      run.errors.push(problemOf(item, { key: index, in: path }));
      return null;
    });
  if (selection === null) return value;
  return object(value as Node, selection, run, path);
}

const merged = (before: unknown, after: unknown): unknown =>
  isPlain(before) && isPlain(after) ? { ...before, ...after } : after;
const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function problemOf(thrown: unknown, at: Path | null): Problem {
  const path = steps(at);
  if (thrown instanceof Refusal) {
    const type = thrown.status === 404 ? "NOT_FOUND" : thrown.status === 403 ? "FORBIDDEN" : "UNPROCESSABLE";
    return { type, path, message: thrown.message };
  }
  if (!(thrown instanceof GraphQLError)) throw thrown;
  const { type } = thrown.extensions;
  return { ...(typeof type === "string" && { type }), path, message: thrown.message };
}

function fieldsFor(selection: Selection, type: string): readonly Field[] {
  const known = selection.of.get(type);
  if (known !== undefined) return known;
  const fields = selection.parts.flatMap(({ on, fields: some }) => (fits(type, on) ? some : []));
  selection.of.set(type, fields);
  return fields;
}

function fits(type: string, on: string | null): boolean {
  if (on === null || on === type || type === "") return true;
  const schema = publishedSchema();
  const [wide, narrow] = [schema.getType(on), schema.getType(type)];
  return isAbstractType(wide) && isObjectType(narrow) && schema.isSubType(wide, narrow);
}

function compile(document: DocumentNode): Compiled {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error("a document without an operation");
  const defaults: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? [])
    if (defaultValue !== undefined) defaults[variable.name.value] = argument(defaultValue)({});
  return {
    isMutation: operation.operation === "mutation",
    selection: selectionOf(operation.selectionSet, fragments),
    defaults,
  };
}

function selectionOf(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Selection {
  const parts: { on: string | null; fields: Field[] }[] = [];
  const add = (from: SelectionSetNode, on: string | null) => {
    for (const one of from.selections) {
      if (one.kind === Kind.FIELD) parts.push({ on, fields: [fieldOf(one, fragments)] });
      else if (one.kind === Kind.INLINE_FRAGMENT) add(one.selectionSet, one.typeCondition?.name.value ?? on);
      else {
        const fragment = fragments.get(one.name.value);
        if (fragment !== undefined) add(fragment.selectionSet, fragment.typeCondition.name.value);
      }
    }
  };
  add(set, null);
  return { of: new Map(), parts };
}

function fieldOf(node: FieldNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): Field {
  const conditions = (node.directives ?? []).map(({ name, arguments: given }) => {
    const value = given?.[0]?.value;
    const of = value === undefined ? () => true : argument(value);
    return name.value === "skip"
      ? (values: Values) => of(values) !== true
      : (values: Values) => of(values) === true;
  });
  return {
    key: node.alias?.value ?? node.name.value,
    name: node.name.value,
    args: (node.arguments ?? []).map(({ name, value }) => [name.value, argument(value)] as const),
    selection: node.selectionSet === undefined ? null : selectionOf(node.selectionSet, fragments),
    wanted: conditions.length === 0 ? null : (values) => conditions.every((condition) => condition(values)),
  };
}

function argument(node: ValueNode): Argument {
  switch (node.kind) {
    case Kind.VARIABLE:
      return (values) => values[node.name.value];
    case Kind.INT:
    case Kind.FLOAT: {
      const number = Number(node.value);
      return () => number;
    }
    case Kind.NULL:
      return () => null;
    case Kind.LIST: {
      const items = node.values.map(argument);
      return (values) => items.map((item) => item(values));
    }
    case Kind.OBJECT: {
      const fields = node.fields.map(({ name, value }) => [name.value, argument(value)] as const);
      return (values) => Object.fromEntries(fields.map(([name, of]) => [name, of(values)]));
    }
    default: {
      const { value } = node;
      return () => value;
    }
  }
}
