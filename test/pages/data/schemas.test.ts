import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DATA } from "../../../src/pages/data/api.js";
import { DOCUMENT_NAMES, type DocumentName, schemaOf } from "../../../src/pages/data/schemas.js";
import { answerAt, pathsOf } from "./asking.js";
import { askedOf, facts, known, summary } from "./facts.js";
import { HOSTILE, someFacts } from "./someFacts.js";

const ajv = new Ajv2020({ allErrors: false });
addFormats.default(ajv);
const judges = new Map<string, ReturnType<typeof ajv.compile>>(
  DOCUMENT_NAMES.flatMap((name) => [
    [`open ${name}`, ajv.compile(schemaOf(name))] as const,
    [`closed ${name}`, ajv.compile({ ...schemaOf(name, "closed"), $id: `urn:closed:${name}` })] as const,
  ]),
);
/** By the published schema, and by one that lets no other field through. */
function judge(name: DocumentName, body: string): void {
  const data: unknown = JSON.parse(body);
  for (const fields of ["open", "closed"]) {
    const valid = judges.get(`${fields} ${name}`);
    if (valid === undefined) throw new Error(`No schema of ${name}.`);
    expect(valid(data) ? [] : valid.errors).toEqual([]);
  }
}

const SCHEMAS: readonly (readonly [RegExp, DocumentName])[] = [
  [/^api\/v1\/proposals\/\d+\.json$/, "proposal"],
  [/^api\/v1\/decisions\/\d+\.json$/, "decision"],
  ...DATA.flatMap(({ path, schema }) =>
    schema === null || path.includes("N")
      ? []
      : [[new RegExp(`^${path.replaceAll(".", "\\.")}$`), schema] as const],
  ),
];

describe("every answer is what its schema says", () => {
  test("of whatever views it is made, and every path that is listed is answered", async () => {
    await fc.assert(
      fc.asyncProperty(someFacts, async (of) => {
        for (const path of await pathsOf(of)) {
          const answer = await answerAt(path, askedOf(of));
          if (answer === null) throw new Error(`${path} is listed and not there.`);
          const schema = SCHEMAS.find(([pattern]) => pattern.test(path))?.[1];
          if (schema !== undefined) judge(schema, answer.body);
          else expect(path).toMatch(/^(api\/v1\/schema\/[a-z-]+\.json|feed\.atom|fcp\.ics)$/);
        }
      }),
      { numRuns: 100 },
    );
  });

  test.each(HOSTILE)(
    "texts stand in it as people wrote them, but for halves of surrogate pairs: %#",
    async (text) => {
      const of = facts({ proposals: [known(summary(7, { title: text }))] });
      const body = (await answerAt("api/v1/board.json", askedOf(of)))?.body ?? "";
      judge("board", body);
      expect(body).not.toMatch(/\\ud[89a-f]/i);
      const { proposals } = JSON.parse(body) as { proposals: { title: string }[] };
      expect(proposals[0]?.title).toBe(text.replace(/\p{Surrogate}/gu, "\ufffd"));
    },
  );

  test.each(DOCUMENT_NAMES)(
    "the schema of %s is served under an id of its own and says what each field is",
    async (name) => {
      const answer = await answerAt(`api/v1/schema/${name}.json`, askedOf(facts()));
      expect(answer?.type).toBe("application/schema+json; charset=utf-8");
      const schema = JSON.parse(answer?.body ?? "") as Record<string, unknown>;
      expect(schema).toMatchObject({
        $schema: "https://json-schema.org/draft/2020-12/schema",
        $id: `urn:msc-clerk:api:1:${name}`,
      });
      expect(withoutWords(schema, name)).toEqual([]);
      expect(JSON.stringify(schema), "a new field stops nobody").not.toContain(
        '"additionalProperties":false',
      );
    },
  );

  test("the fields of the format are those that were promised: one that goes, or is another thing, raises the format", async () => {
    const fields = DOCUMENT_NAMES.flatMap((name) => fieldsOf(schemaOf(name), name));
    await expect(`${[...new Set(fields)].join("\n")}\n`).toMatchFileSnapshot("./frozen/api-1.txt");
  });
});

type Schema = {
  readonly description?: string;
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
};

const partsOf = ({ anyOf, oneOf, items }: Schema): Schema[] => [
  ...(anyOf ?? []),
  ...(oneOf ?? []),
  ...(items ? [items] : []),
];

/** Fields that nothing is said of. */
function withoutWords(schema: Schema, path: string): string[] {
  const fields = Object.entries(schema.properties ?? {});
  return [
    ...fields.flatMap(([name, field]) => [
      ...(field.description === undefined ? [`${path}.${name}`] : []),
      ...withoutWords(field, `${path}.${name}`),
    ]),
    ...partsOf(schema).flatMap((part) => withoutWords(part, path)),
  ];
}

function fieldsOf(schema: Schema, path: string): string[] {
  const { type, format, enum: values } = schema;
  const own = schema.const === undefined ? (values?.join("|") ?? format ?? type) : String(schema.const);
  return [
    ...(own === undefined ? [] : [`${path}: ${own}`]),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => fieldsOf(field, `${path}.${name}`)),
    ...(schema.items ? fieldsOf(schema.items, `${path}[]`) : []),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((part) => fieldsOf(part, path)),
  ];
}
