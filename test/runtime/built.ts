import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * `src` as plain JavaScript, in a directory from which the project's packages are found: for tests that start a command as people
 * do. Types are checked elsewhere. Call `remove` when done.
 */
export function built(name: string): { readonly directory: string; readonly remove: () => void } {
  const root = join(PROJECT, "node_modules", ".cache", "msc-clerk", `${name}-${process.pid}`);
  const directory = join(root, "dist");
  const source = join(PROJECT, "src");
  for (const path of readdirSync(source, { recursive: true, encoding: "utf8" })) {
    if (!path.endsWith(".ts")) continue;
    const target = join(directory, path.replace(/\.ts$/, ".js"));
    const { outputText } = ts.transpileModule(readFileSync(join(source, path), "utf8"), {
      compilerOptions: {
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
      },
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, outputText);
  }
  mkdirSync(join(root, "docs", "examples"), { recursive: true });
  for (const file of ["package.json", "app.yml", "docs/examples/smallest.yml"])
    copyFileSync(join(PROJECT, file), join(root, file));
  return { directory, remove: () => rmSync(root, { recursive: true, force: true }) };
}
