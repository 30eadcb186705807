import { describe, expect, test } from "vitest";
import { CLI_COMMANDS } from "../../src/cli/commands.js";
import { commandHelpText, helpText } from "../../src/cli/help.js";

/** What a newcomer reads first. To be read, and then mended by `npx vitest run test/cli/help.test.ts --update`. */

test("msc-clerk help: every command in a line", async () => {
  await expect(`${helpText(CLI_COMMANDS)}\n`).toMatchFileSnapshot("help/help.txt");
});

test.each(CLI_COMMANDS)("msc-clerk $name --help", async (command) => {
  await expect(`${commandHelpText(command)}\n`).toMatchFileSnapshot(`help/${command.name}.txt`);
});

describe("every text of help", () => {
  const texts = [helpText(CLI_COMMANDS), ...CLI_COMMANDS.map(commandHelpText)];

  test("is under a hundred columns", () => {
    expect(texts.flatMap((text) => text.split("\n")).filter((line) => line.length >= 100)).toEqual([]);
  });

  test("has an example that calls the command it is about", () => {
    for (const { name, examples } of CLI_COMMANDS)
      for (const example of examples) expect(`${example} `.startsWith(`${name} `)).toBe(true);
  });
});

test("no name is there twice", () => {
  expect(new Set(CLI_COMMANDS.map(({ name }) => name)).size).toBe(CLI_COMMANDS.length);
});
