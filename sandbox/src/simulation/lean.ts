import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  type SelectionNode,
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
  /** Of a field whose arguments are the same in every request, made once. */
  readonly args: Values | readonly (readonly [string, Argument])[];
  readonly selection: Selection | null;
  /** null: always. */
  readonly wanted: Condition | null;
}

/** The fields to answer, by the type of the node. */
interface Selection {
  readonly of: Map<string, Plan>;
  readonly parts: readonly { readonly on: string | null; readonly fields: readonly Field[] }[];
}

interface Plan {
  readonly fields: readonly Field[];
  /** null: not each of them is wanted each time, or two go by one key. */
  readonly write: Write | null;
}

type One = (field: Field, source: Node, run: Run, path: Path | null) => unknown;
type Write = (source: Node, fields: readonly Field[], one: One, run: Run, path: Path | null) => object;

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

/** Where in the answer an object or a list stands, from the inside out: a list of its own for each field would cost more than the fields. */
interface Path {
  readonly key: string | number;
  readonly in: Path | null;
}

function steps(path: Path | null, key: string | number): readonly (string | number)[] {
  const all = [key];
  for (let at = path; at !== null; at = at.in) all.unshift(at.key);
  return all;
}

function object(source: Node, selection: Selection, run: Run, path: Path | null): unknown {
  const { fields, write } = planFor(
    selection,
    typeof source.__typename === "string" ? source.__typename : "",
  );
  if (write !== null) return write(source, fields, one, run, path);
  const made: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.wanted !== null && !field.wanted(run.values)) continue;
    const { key } = field;
    const done = one(field, source, run, path);
    // A field that several parts ask for has what any of them asks for.
    made[key] = key in made ? merged(made[key], done) : done;
  }
  return made;
}

function one(field: Field, source: Node, run: Run, path: Path | null): unknown {
  const { key, name, selection } = field;
  try {
    const value = source[name];
    if (value === undefined && name !== "__typename")
      throw new GraphQLError(`The sandbox does not know ${name}.`);
    const got =
      typeof value === "function"
        ? (value as (args: unknown, context: Context) => unknown)(given(field, run.values), run.context)
        : value;
    return completed(got, selection, run, path, key);
  } catch (thrown) {
    run.errors.push(problemOf(thrown, path, key));
    return null;
  }
}

function given({ args }: Field, values: Values): Values {
  if (!isList(args)) return args;
  const all: Record<string, unknown> = {};
  for (const [name, of] of args) {
    const value = of(values);
    if (value !== undefined) all[name] = value;
  }
  return all;
}

function completed(
  value: unknown,
  selection: Selection | null,
  run: Run,
  path: Path | null,
  key: string | number,
): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    const list = { key, in: path };
    return value.map((item: unknown, index) => {
      if (!(item instanceof Error)) return completed(item, selection, run, list, index);
      run.errors.push(problemOf(item, list, index));
      return null;
    });
  }
  if (selection === null) return value;
  return object(value as Node, selection, run, { key, in: path });
}

const merged = (before: unknown, after: unknown): unknown =>
  isPlain(before) && isPlain(after) ? { ...before, ...after } : after;
const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function problemOf(thrown: unknown, within: Path | null, key: string | number): Problem {
  const path = steps(within, key);
  if (thrown instanceof Refusal) {
    const type = thrown.status === 404 ? "NOT_FOUND" : thrown.status === 403 ? "FORBIDDEN" : "UNPROCESSABLE";
    return { type, path, message: thrown.message };
  }
  if (!(thrown instanceof GraphQLError)) throw thrown;
  const { type } = thrown.extensions;
  return { ...(typeof type === "string" && { type }), path, message: thrown.message };
}

function planFor(selection: Selection, type: string): Plan {
  const known = selection.of.get(type);
  if (known !== undefined) return known;
  const fields = selection.parts.flatMap(({ on, fields: some }) => (fits(type, on) ? some : []));
  const isPlain =
    fields.every(({ wanted }) => wanted === null) &&
    new Set(fields.map(({ key }) => key)).size === fields.length;
  const plan = { fields, write: isPlain ? writing(fields) : null };
  selection.of.set(type, plan);
  return plan;
}

/**
 * All fields of a selection in one literal: to look each up by its name, and to put it in by its key, would cost more than all else here. What is
 * plain is taken as it is, whatever else goes through `one`. The names come from documents that GraphQL has parsed.
 */
function writing(fields: readonly Field[]): Write {
  const values = fields.map(({ name, selection }, at) => {
    const slowly = `one(fields[${at}], source, run, path)`;
    if (selection !== null) return `const v${at} = ${slowly};`;
    const isOther = `v${at} === undefined || typeof v${at} === "function" || (typeof v${at} === "object" && v${at} !== null)`;
    return `let v${at} = source.${name}; if (${isOther}) v${at} = ${slowly};`;
  });
  const literal = fields.map(({ key }, at) => `${key}: v${at}`).join(", ");
  const body = `${values.join("\n")}\nreturn { ${literal} };`;
  const known = written.get(body);
  if (known !== undefined) return known;
  const write = new Function("source", "fields", "one", "run", "path", body) as Write;
  written.set(body, write);
  return write;
}

/** Selections of one form are in many documents: as many forms as the clerk has. */
const written = new Map<string, Write>();

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
  const add = (from: SelectionSetNode, on: string | null, within: readonly Condition[]) => {
    for (const one of from.selections) {
      const conditions = [...within, ...conditionsOf(one)];
      if (one.kind === Kind.FIELD) parts.push({ on, fields: [fieldOf(one, fragments, conditions)] });
      else if (one.kind === Kind.INLINE_FRAGMENT)
        add(one.selectionSet, one.typeCondition?.name.value ?? on, conditions);
      else {
        const fragment = fragments.get(one.name.value);
        if (fragment !== undefined) add(fragment.selectionSet, fragment.typeCondition.name.value, conditions);
      }
    }
  };
  add(set, null, []);
  return { of: new Map(), parts };
}

type Condition = (values: Values) => boolean;

const conditionsOf = ({ directives = [] }: SelectionNode): readonly Condition[] =>
  directives.map(({ name, arguments: given }) => {
    const value = given?.[0]?.value;
    const of = value === undefined ? () => true : argument(value);
    return name.value === "skip" ? (values) => of(values) !== true : (values) => of(values) === true;
  });

function fieldOf(
  node: FieldNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  conditions: readonly Condition[],
): Field {
  return {
    key: node.alias?.value ?? node.name.value,
    name: node.name.value,
    args: argumentsOf(node),
    selection: node.selectionSet === undefined ? null : selectionOf(node.selectionSet, fragments),
    wanted: conditions.length === 0 ? null : (values) => conditions.every((condition) => condition(values)),
  };
}

function argumentsOf({ arguments: all = [] }: FieldNode): Field["args"] {
  const args = all.map(({ name, value }) => [name.value, argument(value)] as const);
  if (all.some(({ value }) => hasVariable(value))) return args;
  return Object.freeze(Object.fromEntries(args.map(([name, of]) => [name, of({})])));
}

const isList = (args: Field["args"]): args is readonly (readonly [string, Argument])[] => Array.isArray(args);

function hasVariable(node: ValueNode): boolean {
  if (node.kind === Kind.LIST) return node.values.some(hasVariable);
  if (node.kind === Kind.OBJECT) return node.fields.some(({ value }) => hasVariable(value));
  return node.kind === Kind.VARIABLE;
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
