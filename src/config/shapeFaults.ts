import type { z } from "zod";
import { nearest } from "../domain/text/editDistance.js";
import { faultText } from "./faultText.js";
import type { Finding } from "./finding.js";
import type { Given } from "./given.js";
import { configSchema, type JsonSchema } from "./schema.js";
import { type ConfigPath, find, type YamlNode } from "./tree.js";
import { gitHubTeam, isValueKind, valueText } from "./valueText.js";

/** Second stage: every way in which the file is not of the shape, at its place. Leaves out what stage one has refused already. */
export function shapeFindings(root: YamlNode, issues: readonly Issue[]): Finding[] {
  const said = new Set<string>();
  const findings: Finding[] = [];
  for (const issue of issues) collect(root, issue, [], findings, said);
  return findings;
}

type Issue = z.core.$ZodIssue;

function collect(
  root: YamlNode,
  issue: Issue,
  above: ConfigPath,
  findings: Finding[],
  said: Set<string>,
): void {
  const path = [...above, ...issue.path.filter((step) => typeof step !== "symbol")];
  const { node, at, refused } = find(root, path);
  if (refused) return;
  const given = { ...givenOf(node), ...teamSizeAt(root, path) };
  switch (issue.code) {
    case "unrecognized_keys":
      for (const key of issue.keys) {
        const inside = [...path, key];
        findings.push({
          at: find(root, inside, "key").at,
          path: inside,
          say: () => {
            const team = path.at(-2) === "members" ? gitHubTeam(givenOf(find(root, inside).node).text) : null;
            if (team !== null) return team;
            const known = knownKeys(path);
            return faultText.unknownKey(key, nearest(key, known), known);
          },
        });
      }
      return;
    case "invalid_key":
      findings.push({
        at: find(root, path, "key").at,
        path,
        say: () => valueText.slug({ sort: "text", text: String(path.at(-1)) }),
      });
      return;
    case "invalid_union": {
      // Text is the short form, a mapping the long one; its own faults say more than "neither of the two".
      const branch = given.sort === "text" ? 0 : given.sort === "mapping" ? 1 : null;
      // A list has its faults inside; what is wrong with it as a whole is said by the kind of the value.
      const within =
        branch === null
          ? issue.errors.find((inner) => inner.some((each) => each.path.length > 0))
          : issue.errors[branch];
      if (within === undefined || within.length === 0) break;
      for (const inner of within) collect(root, inner, path, findings, said);
      return;
    }
    case "invalid_value":
      if (issue.message === "choice") {
        const values = issue.values.map(String);
        const say = () => faultText.notOneOf(given, values, nearest(given.text, values));
        findings.push({ at, path, say });
        return;
      }
  }
  const { message } = issue;
  // A value can miss its form in two ways that are one fault to whoever wrote it.
  const once = JSON.stringify([path, message]);
  if (said.has(once)) return;
  said.add(once);
  findings.push({
    at,
    path,
    say: () =>
      message === "mapping"
        ? faultText.noKeys(given, knownKeys(path))
        : isValueKind(message)
          ? valueText[message](given)
          : faultText.other(message),
  });
}

/** Of `approval` and of a route: how many members the team has that the value is about. */
function teamSizeAt(root: YamlNode, path: ConfigPath): Pick<Given, "teamSize"> {
  const slug = path.findLast((step) => typeof step === "string" && step !== "threshold" && step !== "quorum");
  const members = slug === undefined ? null : find(root, ["teams", slug, "members"]).node;
  return members?.kind === "list" ? { teamSize: members.items.length } : {};
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
      return { sort: "nothing", text, ...(node.comment === undefined ? {} : { comment: node.comment }) };
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
