import type { z } from "zod";
import { nearest } from "../domain/editDistance.js";
import { faultText, type Given, isValueKind, valueText } from "./faultText.js";
import type { ConfigFault } from "./outcome.js";
import type { Place } from "./places.js";
import { configSchema, type JsonSchema } from "./schema.js";
import { configShape } from "./shape.js";
import { type ConfigPath, dataOf, find, pathText, type YamlNode } from "./tree.js";

/** Second stage: every way in which the file is not of the shape, at its place. Says nothing of what stage one refused. */
export function shapeFaults(root: YamlNode, placeOf: (offset: number) => Place): ConfigFault[] {
  const result = configShape.safeParse(dataOf(root));
  if (result.success) return [];
  return result.error.issues.flatMap((issue) => faultsOf(root, placeOf, issue, []));
}

type Issue = z.core.$ZodIssue;

function faultsOf(
  root: YamlNode,
  placeOf: (offset: number) => Place,
  issue: Issue,
  above: ConfigPath,
): ConfigFault[] {
  const path = [...above, ...issue.path.filter((step) => typeof step !== "symbol")];
  const { node, at, refused } = find(root, path);
  if (refused) return [];
  const given = givenOf(node);
  const fault = (message: string, offset = at): ConfigFault => ({
    ...placeOf(offset),
    path: pathText(path),
    message,
  });
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = knownKeys(path);
      return issue.keys.map((key) => ({
        ...placeOf(find(root, [...path, key], "key").at),
        path: pathText([...path, key]),
        message: faultText.unknownKey(key, nearest(key, known), known),
      }));
    }
    case "invalid_key":
      return [fault(valueText.slug({ sort: "text", text: String(path.at(-1)) }), find(root, path, "key").at)];
    case "invalid_union": {
      // Text is the short form, a mapping the long one; its own faults say more than "neither of the two".
      const branch = given.sort === "text" ? 0 : given.sort === "mapping" ? 1 : null;
      const within = branch === null ? undefined : issue.errors[branch];
      if (within === undefined || within.length === 0) break;
      return within.flatMap((inner) => faultsOf(root, placeOf, inner, path));
    }
    case "invalid_value":
      if (issue.message === "choice") {
        const values = issue.values.map(String);
        return [fault(faultText.notOneOf(given, values, nearest(given.text, values)))];
      }
  }
  return [
    fault(isValueKind(issue.message) ? valueText[issue.message](given) : faultText.other(issue.message)),
  ];
}

function givenOf(node: YamlNode | null): Given {
  if (node === null) return { sort: "missing", text: "" };
  if (node.kind !== "scalar") return { sort: node.kind === "list" ? "list" : "mapping", text: "" };
  const { value, text } = node;
  switch (typeof value) {
    case "number":
      return { sort: "number", text };
    case "boolean":
      return { sort: "truth", text };
    case "string":
      return { sort: "text", text };
    default:
      return { sort: "nothing", text };
  }
}

/** Made when first needed: most files have no fault. */
let schemaOnce: JsonSchema | null = null;

/** The keys a mapping may have, read off the schema editors use, so that both know the same. */
function knownKeys(path: ConfigPath): readonly string[] {
  schemaOnce ??= configSchema();
  let schema: JsonSchema | undefined = schemaOnce;
  for (const step of path) {
    const inside: JsonSchema | undefined = withInside(schema);
    const properties = inside?.properties ?? {};
    const property =
      typeof step === "string" && Object.hasOwn(properties, step) ? properties[step] : undefined;
    const named = typeof step === "string" ? property : inside?.items;
    const other = typeof inside?.additionalProperties === "object" ? inside.additionalProperties : undefined;
    schema = named ?? other;
  }
  return Object.keys(withInside(schema)?.properties ?? {});
}

const withInside = (schema: JsonSchema | undefined): JsonSchema | undefined =>
  schema?.anyOf?.find((option) => option.properties !== undefined) ?? schema;
