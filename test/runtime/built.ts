import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { sha256 } from "../../src/platform/sha256.js";

export const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const CACHE = join(PROJECT, "node_modules", ".cache", "msc-clerk");

/**
 * `src` as plain JavaScript, in a directory from which the project's packages are found: for tests that start a command as people
 * do. Types are checked elsewhere. Call `remove` when done.
 */
export function built(name: string): { readonly directory: string; readonly remove: () => void } {
  const root = join(CACHE, `${name}-${process.pid}`);
  const directory = join(root, "dist");
  cpSync(compiled(), directory, { recursive: true });
  for (const file of ["package.json", "app.yml"]) copyFileSync(join(PROJECT, file), join(root, file));
  return { directory, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Once for all test files of a run, and for the next run: compiling takes seconds, and copying none. */
function compiled(): string {
  const source = join(PROJECT, "src");
  const texts = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ path, text: readFileSync(join(source, path), "utf8") }));
  const print = sha256(JSON.stringify([ts.version, texts]));
  const directory = join(CACHE, `compiled-${print}`);
  if (existsSync(directory)) return directory;
  const making = `${directory}-${process.pid}`;
  for (const { path, text } of texts) {
    const target = join(making, path.replace(/\.ts$/, ".js"));
    const { outputText } = ts.transpileModule(text, {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
      },
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  try {
    renameSync(making, directory);
  } catch {
    // Another file's tests were quicker.
    rmSync(making, { recursive: true, force: true });
  }
  return directory;
}
