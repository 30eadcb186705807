import {
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  getOperationAST,
  Kind,
  parse,
  validate,
} from "graphql";
import type { PartFailure } from "../faults.js";
import type { RateLimits } from "../http/limits.js";
import type { Actor } from "../permissions.js";
import { Refusal } from "../refusal.js";
import type { Store } from "../store.js";
import type { View } from "../view.js";
import { type Context, type Node, problem } from "./context.js";
import { costOf, MOST_NODES } from "./cost.js";
import { mutations } from "./mutations.js";
import { pullNode } from "./nodes/pull.js";
import { queries } from "./queries.js";
import { publishedSchema } from "./schema.js";

export interface Asked {
  readonly store: Store;
  /** What the query sees: older than `fresh` when reads lag. */
  readonly read: View;
  readonly fresh: () => View;
  readonly actor: Actor;
  readonly limits: RateLimits;
  /** What is to go wrong with this mutation of the document. */
  readonly part?: (mutation: string, at: number) => PartFailure | null;
}

interface ErrorShape {
  readonly message: string;
  readonly type?: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { line: number; column: number }[];
}

export interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly ErrorShape[];
}

/** Faults of the query itself: GitHub then answers without any data. */
const WHOLE = new Set(["MISSING_PAGINATION_BOUNDARIES", "EXCESSIVE_PAGINATION", "ARGUMENT_LIMIT"]);

/** Of all sandboxes of the process: checking a query takes longer than answering it, and depends on the schema alone. */
const documents = new Map<string, DocumentNode | readonly GraphQLError[]>();

/** GitHub's GraphQL API over the sandbox's state, checked against GitHub's published schema. */
export class GraphQLApi {
  answer(asked: Asked, body: Readonly<Record<string, unknown>>): GraphQLAnswer {
    const { query, variables, operationName } = body;
    if (typeof query !== "string")
      return { errors: [{ message: "A query attribute must be specified and must be a string." }] };
    const document = documentOf(query);
    if (!("kind" in document)) return { errors: document.map(shapeOf) };
    const values = (typeof variables === "object" && variables !== null ? variables : {}) as Record<
      string,
      unknown
    >;
    const name = typeof operationName === "string" ? operationName : undefined;
    const { cost, nodes } = costOf(document, values, name);
    if (nodes > MOST_NODES)
      return {
        errors: [
          {
            type: "MAX_NODE_LIMIT_EXCEEDED",
            message: `This query requests up to ${nodes} possible nodes which exceeds the maximum limit of ${MOST_NODES.toLocaleString("en")}.`,
          },
        ],
      };
    asked.limits.spend("graphql", cost);
    const context: Context = {
      ...asked,
      view: asked.read,
      viewerId: asked.actor.accountId,
      cost,
      nodes,
      pullNode,
    };
    const root = getOperationAST(document, name)?.operation === "mutation" ? failing(asked.part) : queries;
    const result = execute({
      schema: publishedSchema(),
      document,
      rootValue: root,
      contextValue: context,
      variableValues: values,
      operationName: name,
      fieldResolver,
    });
    if (result instanceof Promise) throw new Error("the sandbox's resolvers answer at once");
    const errors = result.errors?.map(shapeOf);
    if (errors?.some(({ type }) => type !== undefined && WHOLE.has(type))) return { data: null, errors };
    return { ...(result.data !== undefined && { data: result.data }), ...(errors && { errors }) };
  }
}

/** The mutations, each failing where it is to. After one that GitHub breaks off at comes none any more. */
function failing(part: Asked["part"]): Node {
  if (part === undefined) return mutations;
  let [at, isOver] = [0, false];
  return Object.fromEntries(
    Object.entries(mutations).map(([name, run]) => [
      name,
      (args: unknown, context: Context) => {
        const failure = isOver ? ({ kind: "stop" } as const) : part(name, at);
        at += 1;
        isOver = failure?.kind === "stop";
        if (failure !== null)
          throw problem(...(failure.kind === "stop" ? STOPPED : ([failure.type, failure.message] as const)));
        return (run as (args: unknown, context: Context) => unknown)(args, context);
      },
    ]),
  );
}

const STOPPED = ["INTERNAL", "Something went wrong while executing your query."] as const;

function documentOf(query: string): DocumentNode | readonly GraphQLError[] {
  let known = documents.get(query);
  if (!known) {
    known = checked(query);
    if (documents.size > 1000) documents.clear();
    documents.set(query, known);
  }
  return known;
}

function checked(query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query);
    const errors = validate(publishedSchema(), document);
    return errors.length > 0 ? errors : document;
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return [thrown];
    throw thrown;
  }
}

/** A field of a node is a value or a function of its arguments; what the sandbox has not got is an error, never a silent null. */
const fieldResolver: GraphQLFieldResolver<Readonly<Record<string, unknown>>, Context> = (
  source,
  args,
  context,
  info,
) => {
  const value = source[info.fieldName];
  if (value === undefined)
    throw new GraphQLError(`The sandbox does not know ${info.parentType.name}.${info.fieldName}.`, {
      extensions: { type: "SANDBOX" },
    });
  return typeof value === "function" ? value(args, context) : value;
};

function shapeOf(error: GraphQLError): ErrorShape {
  const refusal =
    error.originalError instanceof Refusal
      ? error.originalError.status === 404
        ? "NOT_FOUND"
        : error.originalError.status === 403
          ? "FORBIDDEN"
          : "UNPROCESSABLE"
      : undefined;
  const type = typeof error.extensions.type === "string" ? error.extensions.type : refusal;
  return {
    ...(type !== undefined && { type }),
    ...(error.path && { path: error.path }),
    ...(error.locations && { locations: error.locations }),
    message: error.message,
  };
}

const operations = new Map<string, Operation>();

interface Operation {
  readonly kind: "read" | "write";
  readonly name: string | null;
}

/** For the log of requests: is it a query or a mutation, what is it called, and what is it asked with? */
export function operationOf(
  text: string,
): Operation & { readonly variables: Readonly<Record<string, unknown>> } {
  try {
    const { query, variables } = JSON.parse(text) as {
      query?: unknown;
      variables?: Readonly<Record<string, unknown>> | null;
    };
    if (typeof query !== "string") return NO_OPERATION;
    const known = operations.get(query) ?? named(query);
    operations.set(query, known);
    return { ...known, variables: variables ?? {} };
  } catch {
    return NO_OPERATION;
  }
}

const NO_OPERATION = { kind: "read", name: null, variables: {} } as const;

function named(query: string): Operation {
  const operation = parse(query).definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const kind = operation?.operation === "mutation" ? "write" : "read";
  return { kind, name: operation?.name?.value ?? null };
}
