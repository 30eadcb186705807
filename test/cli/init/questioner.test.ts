import { PassThrough } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { questionerOn } from "../../../src/cli/init/questioner.js";

const endings: (() => void)[] = [];
afterEach(() => {
  for (const end of endings.splice(0)) end();
});

function terminal() {
  const input = new PassThrough();
  const said: string[] = [];
  const { questioner, close } = questionerOn(input, new PassThrough(), (text) => said.push(text));
  endings.push(close);
  return { input, said, questioner, close };
}

test("lines that are pasted at once answer one question each, in their order", async () => {
  const { input, said, questioner } = terminal();
  const first = questioner.ask("Who?", null);
  input.write("Board\nann, bob\n\n");
  expect(await first).toBe("Board");
  expect(await questioner.ask("Whom?", null)).toBe("ann, bob");
  expect(await questioner.ask("How many?", "75%")).toBe("");
  expect(said).toEqual(["\nWho?", "\nWhom?", "> ann, bob", "\nHow many?", "[75%] > "]);
  const last = questioner.ask("When?", null);
  input.write("now\n");
  expect(await last).toBe("now");
});

test("who has had enough is asked nothing more", async () => {
  const { input, questioner, close } = terminal();
  const first = questioner.ask("Who?", null);
  close();
  expect(await first).toBeNull();
  expect(await questioner.ask("Whom?", null)).toBeNull();
  input.end();
});
