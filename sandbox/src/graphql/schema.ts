import { readFileSync } from "node:fs";
import {
  buildSchema,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  type GraphQLSchema,
  getNullableType,
} from "graphql";

let schema: GraphQLSchema | undefined;

/** GitHub's published schema, built once and when first needed: it is large. */
export function publishedSchema(): GraphQLSchema {
  schema ??= build();
  return schema;
}

function build(): GraphQLSchema {
  const sdl = readFileSync(
    new URL("./schema.graphql", import.meta.resolve("@octokit/graphql-schema")),
    "utf8",
  );
  const built = buildSchema(sdl, { assumeValidSDL: true, noLocation: true });
  // Where GitHub's answers are not what its schema says:
  // an event of a label that is gone has none,
  for (const type of ["LabeledEvent", "UnlabeledEvent"])
    changeField(built, type, "label", (was) => getNullableType(was));
  // and ids of check runs have outgrown 32 bits.
  const wide = new GraphQLScalarType({ name: "Int", serialize: (value) => value });
  for (const type of ["CheckRun", "CheckSuite"]) changeField(built, type, "databaseId", () => wide);
  return built;
}

function changeField(
  built: GraphQLSchema,
  typeName: string,
  fieldName: string,
  change: (was: GraphQLOutputType) => GraphQLOutputType,
): void {
  const type = built.getType(typeName);
  const field = type instanceof GraphQLObjectType ? type.getFields()[fieldName] : undefined;
  if (!field) throw new Error(`GitHub's schema has no ${typeName}.${fieldName} any more`);
  field.type = change(field.type);
}
