import { createInterface } from "node:readline";
import type { Questioner } from "./ask.js";

/** Whoever types at a terminal. Lines that come before they are asked for, as where several are pasted at once, answer the questions that follow. */
export function questionerOn(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  tell: (text: string) => unknown,
): { readonly questioner: Questioner; readonly close: () => void } {
  const lines = createInterface({ input, output });
  const ahead: string[] = [];
  let waiting: ((line: string | null) => void) | null = null;
  let closed = false;
  const give = (line: string | null): void => {
    const given = waiting;
    waiting = null;
    given?.(line);
  };
  lines.on("line", (line) => {
    if (waiting === null) ahead.push(line);
    else give(line);
  });
  lines.on("close", () => {
    closed = true;
    give(null);
  });
  lines.on("SIGINT", () => lines.close());
  return {
    questioner: {
      ask: (question, suggestion) => {
        tell(`\n${question}`);
        const prompt = `${suggestion === null ? "" : `[${suggestion}] `}> `;
        const line = ahead.shift();
        if (line !== undefined) {
          tell(`${prompt}${line}`);
          return Promise.resolve(line);
        }
        if (closed) return Promise.resolve(null);
        lines.setPrompt(prompt);
        lines.prompt();
        return new Promise((resolve) => {
          waiting = resolve;
        });
      },
      tell,
    },
    close: () => lines.close(),
  };
}
