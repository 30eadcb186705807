#!/usr/bin/env node
// @ts-check
/**
 * Whatever a person typed is data, never a key of an object: `VERBS[word]` with the word `constructor` or `__proto__` finds what every
 * object has. Fails with file and line where a text that could be any text is looked up in an object: `object[text]`, `text in object`.
 * Use a Map, or ask first: `Object.hasOwn(object, text) ? object[text] : …`. The sandbox plays GitHub, and is left out.
 */
import { relative } from "node:path";
import ts from "typescript";

const config = ts.getParsedCommandLineOfConfigFile(
  "tsconfig.json",
  {},
  { ...ts.sys, onUnRecoverableConfigFileDiagnostic() {} },
);
const files = (config?.fileNames ?? []).filter((name) => /\/src\//.test(name) && !/\/sandbox\//.test(name));
const named = process.argv.slice(2);
const program = ts.createProgram(named.length > 0 ? named : files, config?.options ?? {});
const checker = program.getTypeChecker();

/** @param {ts.Expression} expression @returns {boolean} could it be any text? */
const anyText = (expression) => {
  if (ts.isTemplateExpression(expression))
    return expression.templateSpans.some((span) => anyText(span.expression));
  const type = checker.getTypeAtLocation(expression);
  const parts = type.isUnion() ? type.types : [type];
  return parts.some(({ flags }) => (flags & (ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral)) !== 0);
};

/** @param {ts.ElementAccessExpression} access */
function guarded(access) {
  const guard = `Object.hasOwn(${access.expression.getText()}, ${access.argumentExpression.getText()})`;
  for (let node = access.parent; node !== undefined; node = node.parent) {
    if (ts.isConditionalExpression(node) && node.condition.getText().includes(guard)) return true;
    if (ts.isStatement(node)) return false;
  }
  return false;
}

/** @type {string[]} */
const offences = [];
for (const name of named.length > 0 ? named : files) {
  const source = program.getSourceFile(name);
  if (source === undefined) continue;
  /** @param {ts.Node} node */
  const refuse = (node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    offences.push(
      `${relative(process.cwd(), name)}:${line + 1} ${node.getText()}: a text is looked up in an object; use a Map, or Object.hasOwn first`,
    );
  };
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isElementAccessExpression(node) && anyText(node.argumentExpression) && !guarded(node))
      refuse(node);
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.InKeyword &&
      anyText(node.left) &&
      !ts.isStringLiteral(node.left)
    )
      refuse(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
}
if (files.length === 0) offences.push("no file of src was found, so nothing was checked");
for (const offence of offences) console.error(offence);
process.exitCode = offences.length === 0 ? 0 : 1;
