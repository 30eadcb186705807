import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { complain, print, printJson, progress } from "../../src/cli/terminal.js";

/** How far long work has come is on one line of a terminal, and gone when anything else is said. */

const CLEAR = "\r\u001b[K";
let written: string[] = [];

beforeEach(() => {
  written = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => written.push(`err ${text}`) > 0);
  vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(`out ${text}`) > 0);
});
afterEach(() => {
  // What a test has left open.
  print("");
  vi.restoreAllMocks();
});

const { isTTY, columns } = process.stderr;
const onTerminal = (is: boolean, wide = 80) => Object.assign(process.stderr, { isTTY: is, columns: wide });
afterEach(() => void Object.assign(process.stderr, { isTTY, columns }));

test("on a terminal it stands on one line, which what comes next takes the place of", () => {
  onTerminal(true);
  progress("1 of 2 read");
  progress("2 of 2 read");
  print("all");
  print("and more");
  expect(written).toEqual([
    `err ${CLEAR}1 of 2 read`,
    `err ${CLEAR}2 of 2 read`,
    `err ${CLEAR}`,
    "out all\n",
    "out and more\n",
  ]);
});

test("it is cleared before a complaint too", () => {
  onTerminal(true);
  progress("1 of 2 read");
  expect(complain("It broke.")).toBe(1);
  expect(written.slice(1)).toEqual([`err ${CLEAR}`, "err msc-clerk: It broke.\n"]);
});

test("it never takes a second line, nor a terminal's commands from what people wrote", () => {
  onTerminal(true, 24);
  progress(`Reading \u001b[31m${"x".repeat(40)}`);
  expect(written[0]).toBe(`err ${CLEAR}Reading ${"x".repeat(14)}…`);
});

test("elsewhere nothing is said", () => {
  onTerminal(false);
  progress("1 of 2 read");
  print("all");
  expect(written).toEqual(["out all\n"]);
});

test("JSON has what a terminal obeys, or what turns a line round, as numbers", () => {
  printJson({ title: "a\u202eb\u009bc" }, false);
  expect(written).toEqual(['out {"title":"a\\u202eb\\u009bc"}\n']);
});
