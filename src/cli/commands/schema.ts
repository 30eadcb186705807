import { command } from "../command.js";
import { print } from "../terminal.js";

export const schemaRow = command({
  name: "schema",
  group: "Try it",
  takes: "",
  words: [0, 0],
  line: "prints the JSON Schema of the config file, for editors",
  about: [
    "Prints the JSON Schema of the config file, by which editors complete its keys and show what they mean. docs/msc-clerk.schema.json is the same.",
  ],
  options: {},
  needs: "",
  exits: new Map([[0, "it was printed"]]),
  examples: ["schema", "schema > msc-clerk.schema.json"],
  run: async () => {
    const { configSchemaText } = await import("../../config/schema.js");
    return print(configSchemaText().trimEnd());
  },
});
