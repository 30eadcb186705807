// @ts-check
import { Ajv } from "ajv";
import formats from "ajv-formats";

/**
 * Judges recorded exchanges by GitHub's description of its REST API (OpenAPI 3.0): route, query and body of each request, status and body of each
 * answer. What a description does not name is a finding as well.
 */

/** @typedef {any} Schema JSON of the description; its shape is OpenAPI's own */
/** @typedef {{ request: { method: string, url: string, body: unknown }, answer?: { status: number, body: unknown } | undefined }} Exchange */
/** @typedef {{ what: string, where: string, detail: string, count: number, example: string }} Finding */

const METHODS = ["get", "post", "put", "patch", "delete"];
/** Parameters of a path that take slashes. */
const WITH_SLASHES = ["basehead", "path", "ref", "branch"];
/** What OpenAPI says beside JSON Schema, or otherwise. */
const BESIDE = new Set([
  "example",
  "examples",
  "nullable",
  "deprecated",
  "discriminator",
  "xml",
  "externalDocs",
  "readOnly",
  "writeOnly",
]);
/**
 * What any request may be answered, whether its own description says so or not.
 * https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
const ANYWHERE = new Set([401, 403, 404, 422, 429]);
/** Of one exchange, so that one wrong list does not bury the rest. */
const MOST_ERRORS = 8;

/** @param {Schema} schema @returns {Schema} OpenAPI 3.0 says `nullable` where JSON Schema has a type */
function jsonSchema(schema) {
  if (Array.isArray(schema)) return schema.map(jsonSchema);
  if (typeof schema !== "object" || schema === null) return schema;
  /** @type {Schema} */
  const made = {};
  for (const [key, value] of Object.entries(schema)) {
    if (BESIDE.has(key) || key.startsWith("x-")) continue;
    if (key === "properties" || key === "schemas")
      made[key] = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, jsonSchema(one)]));
    else if (key === "$ref") made.$ref = value.replace(/^#\//, "github#/");
    else made[key] = ["default", "enum", "required"].includes(key) ? value : jsonSchema(value);
  }
  if (!schema.nullable) return made;
  if (made.enum && !made.enum.includes(null)) made.enum = [...made.enum, null];
  if (typeof made.type !== "string") return { anyOf: [{ type: "null" }, made] };
  return { ...made, type: [made.type, "null"] };
}

/** @param {Schema} description */
export function judgeBy(description) {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  // CommonJS, which TypeScript and Node take apart differently.
  /** @type {any} */ (formats).default(ajv);
  ajv.addSchema({ $id: "github", components: jsonSchema({ schemas: description.components.schemas }) });

  /** @param {Schema} given @returns {Schema} */
  const resolved = (given) => {
    let found = given;
    while (found?.$ref)
      found = found.$ref
        .split("/")
        .slice(1)
        .reduce((/** @type {Schema} */ in_, /** @type {string} */ key) => in_[key], description);
    return found;
  };
  const routes = Object.entries(description.paths)
    .flatMap(([path, item]) =>
      METHODS.filter((method) => item[method]).map((method) => ({
        method: method.toUpperCase(),
        name: `${method.toUpperCase()} ${path}`,
        operation: item[method],
        parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map(resolved),
        pattern: new RegExp(
          `^${path
            .replace(/[.+*?^$()|[\]\\]/g, "\\$&")
            .replace(/\{(\w+)\}/g, (_, name) => (WITH_SLASHES.includes(name) ? "(.+)" : "([^/]+)"))}$`,
        ),
        parts: path.split("/").length,
        variables: path.split("{").length,
      })),
    )
    // The one that says most of the path: `commits/{ref}/check-runs` before `commits/{ref}`.
    .sort((a, b) => b.parts - a.parts || a.variables - b.variables);

  const basicError = {
    ...description.components.schemas["basic-error"],
    properties: {
      ...description.components.schemas["basic-error"].properties,
      errors: {
        anyOf: ["validation-error", "validation-error-simple"].map(
          (name) => description.components.schemas[name].properties.errors,
        ),
      },
    },
  };

  /** @type {Map<string, import("ajv").ValidateFunction>} */
  const compiled = new Map();
  /** @param {string} key @param {Schema} schema @param {unknown} data @returns {readonly string[]} */
  const faults = (key, schema, data) => {
    let valid = compiled.get(key);
    if (valid === undefined) {
      valid = ajv.compile(jsonSchema(schema));
      compiled.set(key, valid);
    }
    if (valid(data)) return [];
    return (valid.errors ?? [])
      .slice(0, MOST_ERRORS)
      .map(({ instancePath, message, params }) =>
        `${instancePath.replace(/\/\d+/g, "/N")} ${message} ${JSON.stringify(params)}`.trim(),
      );
  };
  /** Names an object of this schema may have; null: any. @param {Schema} given @param {number} depth @returns {Set<string> | null} */
  const names = (given, depth = 0) => {
    const schema = resolved(given);
    if (!schema || depth > 6) return null;
    if (schema.type === "array") return names(schema.items, depth + 1);
    const all = new Set(Object.keys(schema.properties ?? {}));
    for (const alternative of [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])])
      for (const name of names(alternative, depth + 1) ?? []) all.add(name);
    return all.size > 0 ? all : null;
  };
  /** @param {Schema} schema @param {unknown} data */
  const undescribed = (schema, data) => {
    const one = Array.isArray(data) ? data[0] : data;
    if (typeof one !== "object" || one === null) return [];
    const known = names(schema);
    return known === null ? [] : Object.keys(one).filter((name) => !known.has(name));
  };

  /** @type {Map<string, Finding>} */
  const findings = new Map();
  /** @type {Map<string, number>} */
  const seen = new Map();
  let judged = 0;
  let total = 0;

  /** @param {Exchange} exchange */
  const judge = ({ request, answer }) => {
    const url = new URL(request.url);
    const path = url.pathname.replace(/^\/api\/v3(?=\/)/, "");
    const route = routes.find(({ method, pattern }) => method === request.method && pattern.test(path));
    judged += 1;
    /** @param {string} what @param {string} detail @param {unknown} example */
    const found = (what, detail, example) => {
      total += 1;
      const where = route?.name ?? `${request.method} ${path}`;
      const key = `${what} | ${where} | ${detail}`;
      const text = (typeof example === "string" ? example : (JSON.stringify(example) ?? "")).slice(0, 160);
      const known = findings.get(key) ?? { what, where, detail, count: 0, example: text };
      findings.set(key, { ...known, count: known.count + 1 });
    };
    if (route === undefined) return found("no such route", "", request.url);
    const { name, operation, parameters } = route;
    const tally = `${name} → ${answer?.status ?? "no answer"}`;
    seen.set(tally, (seen.get(tally) ?? 0) + 1);

    for (const [key, text] of url.searchParams) {
      const parameter = parameters.find((one) => one.in === "query" && one.name === key);
      if (parameter === undefined) {
        found("query not described", key, request.url);
        continue;
      }
      const { type } = resolved(parameter.schema);
      const value =
        type === "integer"
          ? Number(text)
          : type === "boolean"
            ? text === "true"
            : type === "array"
              ? [text]
              : text;
      for (const fault of faults(`query ${name} ${key}`, parameter.schema, value))
        found("query value", `${key}: ${fault}`, text);
    }
    const wanted = resolved(operation.requestBody)?.content?.["application/json"]?.schema;
    const { body } = request;
    if (body === null) {
      if (resolved(operation.requestBody)?.required) found("body missing", "", "");
    } else if (wanted === undefined) {
      if (Object.keys(/** @type {object} */ (body)).length > 0)
        found("body where none is described", Object.keys(/** @type {object} */ (body)).join(), body);
    } else {
      for (const fault of faults(`body ${name}`, wanted, body)) found("body", fault, body);
      for (const key of undescribed(wanted, body)) found("body with a name not described", key, body);
    }
    if (answer === undefined) return;
    const described = resolved(operation.responses[String(answer.status)]);
    if (described === undefined && !ANYWHERE.has(answer.status) && answer.status < 500)
      return found("status not described", String(answer.status), answer.body);
    const schema =
      described === undefined || answer.status === 422
        ? basicError
        : described.content?.["application/json"]?.schema;
    if (schema === undefined || answer.body === null) return;
    for (const fault of faults(`answer ${name} ${answer.status}`, schema, answer.body))
      found("answer", `${answer.status}: ${fault}`, "");
    for (const key of undescribed(schema, answer.body))
      if (answer.status < 400 || !(key in basicError.properties))
        found("answer with a name not described", `${answer.status}: ${key}`, "");
  };
  return { judge, findings, seen, judged: () => judged, found: () => total };
}
