#!/usr/bin/env node
// @ts-check
/**
 * The domain uses no clock, no chance and nothing of the machine it runs on: the same facts give the same decision, today and
 * in ten years, here and anywhere. Fails with file, line and column when a file under the given folder (src/domain) does.
 *
 * It works from a list of what is allowed: a global name that is not on it is refused, so that a new door into the outside
 * (a new timer, a new global of Node) is shut before anybody thinks of it. Imports are the layer rules' (layers.rules.mjs).
 */
import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";

/** Globals of the language itself that depend on nothing but their arguments. Date and Math are checked more closely below. */
const PURE_GLOBALS = new Set(
  (
    "undefined NaN Infinity Object Array String Number Boolean BigInt Symbol Map Set WeakMap WeakSet JSON RegExp Error TypeError " +
    "RangeError Date Math parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI decodeURI " +
    "structuredClone Uint8Array Iterator URL"
  ).split(" "),
);

/** Methods whose answer depends on the machine's time zone or language. All times are UTC, all texts are the same everywhere. */
const LOCAL =
  /^(get(Date|Day|FullYear|Hours|Minutes|Month|Seconds|Milliseconds|Year|TimezoneOffset)|set(Date|FullYear|Hours|Minutes|Month|Seconds|Milliseconds|Year)|toLocale\w*|localeCompare|to(Date|Time)String)$/;

/** @param {string} folder @returns {string[]} */
const sourcesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();

/**
 * @param {string} folder
 * @returns {string[]} one line per offence: `src/domain/x.ts:3:7 …`
 */
function offencesIn(folder) {
  const files = sourcesIn(folder);
  if (files.length === 0) return [`${folder}: no TypeScript file here, so nothing was checked`];
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
    noEmit: true,
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  /** @type {string[]} */
  const offences = [];

  for (const name of files) {
    const source = program.getSourceFile(name);
    if (source === undefined) continue;
    /** @param {ts.Node} node @param {string} why */
    const refuse = (node, why) => {
      const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
      offences.push(`${relative(process.cwd(), name)}:${line + 1}:${character + 1} ${why}`);
    };

    /** @param {ts.Node} node */
    const visit = (node) => {
      if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
        refuse(node, "import() reaches outside");
      if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword)
        refuse(node, "import.meta tells about the machine");
      if (ts.isPropertyAccessExpression(node) && LOCAL.test(node.name.text))
        refuse(
          node.name,
          `${node.name.text} depends on the machine's time zone or language: use the UTC method, or compare code points`,
        );
      if (ts.isIdentifier(node) && isReference(node) && isGlobal(node)) {
        const why = refusal(node);
        if (why !== null) refuse(node, why);
      }
      ts.forEachChild(node, visit);
    };

    /** @param {ts.Identifier} node declared outside these files, or nowhere */
    const isGlobal = (node) => {
      const symbol = ts.isShorthandPropertyAssignment(node.parent)
        ? checker.getShorthandAssignmentValueSymbol(node.parent)
        : checker.getSymbolAtLocation(node);
      return (symbol?.declarations ?? []).every(
        (declaration) => declaration.getSourceFile().isDeclarationFile,
      );
    };
    visit(source);
  }
  return offences;
}

/** Is the name read as a value here (and not the name of a property, a label or a thing imported)? @param {ts.Identifier} node */
function isReference(node) {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) || ts.isPropertyDeclaration(parent))
    return parent.name !== node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isImportClause(parent) ||
    ts.isNamespaceImport(parent)
  )
    return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) return false;
  return true;
}

/** Why this use of a global is refused; null when it is fine. @param {ts.Identifier} node */
function refusal(node) {
  const { parent, text } = node;
  if (!PURE_GLOBALS.has(text)) return `${text} is outside the domain: hand its value in as an argument`;
  const member = ts.isPropertyAccessExpression(parent) ? parent.name.text : null;
  if (text === "Math") {
    if (member === "random") return "Math.random is chance";
    if (member === null) return "Math may only be used as Math.something, so that Math.random can be seen";
  }
  if (text === "Date") {
    if (member === "now") return "Date.now reads the clock: take the moment as an argument";
    if (member === "UTC" || member === "parse") return null;
    if (ts.isNewExpression(parent) && parent.expression === node) {
      const [first, second] = parent.arguments ?? [];
      if (first === undefined || ts.isSpreadElement(first))
        return "new Date() reads the clock: take the moment as an argument";
      if (second !== undefined)
        return "new Date(year, month, …) counts in the machine's time zone: use Date.UTC";
      return null;
    }
    if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword)
      return null;
    return "Date may only be used as new Date(moment), Date.UTC or Date.parse, so that the clock can be seen";
  }
  return null;
}

const folder = resolve(process.argv[2] ?? "src/domain");
const offences = offencesIn(folder);
for (const offence of offences) console.error(offence);
console.log(
  `${relative(process.cwd(), folder) || "."}: ${offences.length === 0 ? "no clock, no chance" : `${offences.length} offence(s)`}`,
);
process.exitCode = offences.length === 0 ? 0 : 1;
