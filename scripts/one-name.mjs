#!/usr/bin/env node
// @ts-check
/**
 * One name for one definition: no two files of the product export different things under the same name, as somebody who searches for it, or lets an
 * editor import it, could get the other. Passing an export on (`export … from`) is no second definition. Fails with both places.
 *
 *     node scripts/one-name.mjs [FOLDER]     FOLDER is src by default
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";

const folder = resolve(process.argv[2] ?? "src");

/** @type {Map<string, string[]>} name to the places that define it */
const places = new Map();
for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
  if (!path.endsWith(".ts")) continue;
  const file = join(folder, path);
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  /** @type {Set<string>} a type and a value of one name in one file are one thing */
  const own = new Set();
  for (const statement of source.statements) {
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!exported) continue;
    for (const name of namesOf(statement)) {
      if (own.has(name.text)) continue;
      own.add(name.text);
      const { line } = source.getLineAndCharacterOfPosition(name.getStart(source));
      places.set(name.text, [
        ...(places.get(name.text) ?? []),
        `${relative(process.cwd(), file)}:${line + 1}`,
      ]);
    }
  }
}

/** @param {ts.Statement} statement @returns {readonly ts.Identifier[]} */
function namesOf(statement) {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [name] : [],
    );
  const named = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  if (named || ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
    return statement.name === undefined ? [] : [statement.name];
  return [];
}

const doubles = [...places].filter(([, files]) => files.length > 1);
for (const [name, files] of doubles)
  console.error(`${name} is defined ${files.length} times: ${files.join(", ")}`);
console.log(
  doubles.length === 0
    ? `${places.size} exported names, each for one thing.`
    : `${doubles.length} name(s) for more than one thing.`,
);
process.exitCode = doubles.length === 0 ? 0 : 1;
