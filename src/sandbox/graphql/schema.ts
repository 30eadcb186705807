import { schema as published } from "@octokit/graphql-schema";
import {
  buildSchema,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from "graphql";

let built: GraphQLSchema | null = null;

/** GitHub's published schema. It is large, so it is built once, when the first query comes. */
export function schema(): GraphQLSchema {
  // GitHub's own SDL deprecates required arguments, which the validator would refuse.
  built ??= buildSchema(published.idl, { assumeValidSDL: true });
  return built;
}

type Checked = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };
const checked = new Map<string, Checked>();

/** Parses and validates a query against the schema; the same text only once. */
export function check(query: string): Checked {
  const known = checked.get(query);
  if (known) return known;
  const made = checkAnew(query);
  if (checked.size > 500) checked.clear();
  checked.set(query, made);
  return made;
}

function checkAnew(query: string): Checked {
  try {
    const document = parse(query);
    const errors = validate(schema(), document);
    return errors.length > 0 ? { errors } : { document };
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
}
