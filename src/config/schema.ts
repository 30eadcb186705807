import { z } from "zod";
import { configShape } from "./shape.js";

export const SCHEMA_PATH = "docs/msc-clerk.schema.json";

/** The part of JSON Schema this file's own reader makes use of. */
export interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

/** The JSON Schema of the config file, for editors: draft 7, which all of them read. */
export function configSchema(): JsonSchema {
  return z.toJSONSchema(configShape, { target: "draft-7", io: "input" }) as JsonSchema;
}

/** As it is kept in the repository. */
export const configSchemaText = (): string => `${JSON.stringify(configSchema(), null, 2)}\n`;
