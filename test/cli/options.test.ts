import { describe, expect, test } from "vitest";
import { Misuse } from "../../src/cli/misuse.js";
import { optionsIn } from "../../src/cli/options.js";

const ROWS = {
  at: { type: "string", value: "DAY", does: "" },
  json: { type: "boolean", does: "" },
  key: { type: "string", multiple: true, does: "" },
} as const;
const read = (line: string) => optionsIn(line.split(" "), ROWS, "roster");

describe("options", () => {
  test("stand anywhere, with = or without, and what was not given is null, false or none", () => {
    expect(read("a/b --at 2027-03-03 --json")).toEqual({
      words: ["a/b"],
      options: { at: "2027-03-03", json: true, key: [] },
    });
    expect(read("--key=x a/b --key y --at=1")).toEqual({
      words: ["a/b"],
      options: { at: "1", json: false, key: ["x", "y"] },
    });
    expect(read("a/b")).toEqual({ words: ["a/b"], options: { at: null, json: false, key: [] } });
  });

  test("a hyphen alone is a word, and so is all behind --", () => {
    expect(read("- -- --json")).toMatchObject({ words: ["-", "--json"], options: { json: false } });
  });

  test.each([
    ["--jsn", "msc-clerk roster has no option --jsn; did you mean --json?"],
    ["--JSON", "msc-clerk roster has no option --JSON; did you mean --json?"],
    ["--verbose", "msc-clerk roster has no option --verbose; it has --at, --json, --key."],
    ["-j", "msc-clerk roster has no option -j; it has --at, --json, --key."],
    ["--constructor", "msc-clerk roster has no option --constructor; it has --at, --json, --key."],
    ["--at", "--at needs a value behind it: --at DAY."],
    ["--at=", "--at needs a value behind it: --at DAY."],
    ["--at --json", "--at needs a value behind it: --at DAY."],
    ["--key", "--key needs a value behind it: --key VALUE."],
    ["--json=yes", "--json takes no value: write it alone."],
    ["--at 1 --at 2", "--at is given twice; keep one of them."],
  ])("%s is refused: %s", (line, message) => {
    expect(() => read(line)).toThrow(new Misuse(message));
  });

  test("a command without options says that it takes none", () => {
    expect(() => optionsIn(["--json"], {}, "schema")).toThrow(
      "msc-clerk schema has no option --json; it takes none.",
    );
  });
});
