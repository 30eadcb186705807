#!/usr/bin/env node
// @ts-check
/**
 * The clerk's GraphQL documents (`*.graphql` in FOLDER) as TypeScript, in `generated.ts` beside them: the text of each with the fragments it uses, and
 * the types of what it takes and brings, by GitHub's published schema; at run time the clerk needs neither the schema nor a parser. Fails
 * when a document is not valid, or `generated.ts` is not what they make; `--write` makes it anew.
 *
 *     node scripts/graphql-types.mjs [--write]
 *
 * A variable whose name ends in 0, and a field so aliased, are asked for as often as needed: in the text each has a line of its own
 * (`numbered` in src/github/client/graphql.ts).
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plugin } from "@graphql-codegen/typescript-operations";
import { schema as published } from "@octokit/graphql-schema";
import { buildSchema, concatAST, Kind, parse, print, stripIgnoredCharacters, validate, visit } from "graphql";

const FOLDER = "src/github/read/queries";
const OUTPUT = join(FOLDER, "generated.ts");

const schema = buildSchema(published.idl, { assumeValidSDL: true });
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".graphql"));
const document = concatAST(files.sort().map((name) => parse(readFileSync(join(FOLDER, name), "utf8"))));
const faults = validate(schema, document);
if (faults.length > 0) {
  console.error(faults.map(({ message }) => message).join("\n"));
  process.exit(1);
}

const fragments = new Map(
  document.definitions.flatMap((one) =>
    one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [],
  ),
);
const compact = (/** @type {import("graphql").ASTNode} */ node) => stripIgnoredCharacters(print(node));

/**
 * A document as it is sent: without a space too many, with the fragments it uses and those they use.
 * @param {import("graphql").OperationDefinitionNode} operation
 */
function textOf(operation) {
  /** @type {Set<import("graphql").DefinitionNode>} */
  const sent = new Set([operation]);
  /** @type {Set<string>} */
  const repeated = new Set();
  for (const definition of sent)
    visit(definition, {
      FragmentSpread: ({ name }) =>
        void sent.add(/** @type {import("graphql").DefinitionNode} */ (fragments.get(name.value))),
      VariableDefinition: (node) =>
        void (node.variable.name.value.endsWith("0") && repeated.add(compact(node))),
      Field: (node) => void (node.alias?.value.endsWith("0") && repeated.add(compact(node))),
    });
  let text = [...sent].map(compact).join("");
  for (const part of repeated) text = text.replace(part, () => `\n${part}\n`);
  return text.replaceAll("\n\n", "");
}

const constants = document.definitions.flatMap((one) => {
  if (one.kind !== Kind.OPERATION_DEFINITION || one.name === undefined) return [];
  const name = one.name.value;
  const type = `${name}${one.operation === "query" ? "Query" : "Mutation"}`;
  const constant = name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
  return [`\nexport const ${constant} = \`${textOf(one)}\` as Query<${type}, ${type}Variables>;`];
});

const types = await plugin(
  schema,
  [{ document }],
  {
    ...{
      immutableTypes: true,
      skipTypename: true,
      enumType: "string-literal",
      inlineFragmentTypes: "combine",
    },
    // Numbers of 64 bits may come as text.
    scalars: {
      ID: "string",
      BigInt: "string | number",
      DateTime: "string",
      GitObjectID: "string",
      URI: "string",
    },
    defaultScalarType: "unknown",
  },
  {},
);
/** A hundred kinds of nodes that all bring an id are no hundred lines. */
const lines = types.content
  .split("\n")
  .filter((line, at, all) => !line.trim().startsWith("|") || line !== all[at - 1]);

const made = [
  "// Made by scripts/graphql-types.mjs from the documents beside it; `npm run fix` makes it anew.",
  'import type { Query } from "../../client/graphql.js";',
  // Fragments that come later than the rest of an answer: GitHub sends none.
  ...(types.prepend ?? []).filter((line) => !line.includes("Incremental")),
  ...lines,
  ...constants,
  "",
].join("\n");
const now = existsSync(OUTPUT) ? readFileSync(OUTPUT, "utf8") : "";
if (process.argv.includes("--write")) {
  if (now !== made) writeFileSync(OUTPUT, made);
} else if (now !== made) {
  console.error(`${OUTPUT} is not what the documents make: \`npm run fix\` makes it anew.`);
  process.exitCode = 1;
}
if (process.exitCode !== 1) console.log(`${constants.length} GraphQL documents, valid by GitHub's schema.`);
