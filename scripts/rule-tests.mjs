#!/usr/bin/env node
// @ts-check
/**
 * docs/process.md and the tests must name the same rules. A test proves a rule by carrying its name at the start of its title, or of
 * the title of a `describe` around it: `act.durable: a member's deleted vote comment still counts`. Fails when a rule has no test, when a test names
 * a rule that docs/process.md lacks, and when docs/rule-tests.md does not list the tests as they are; `--write` makes that page anew.
 *
 *     node scripts/rule-tests.mjs [--write] [FOLDER]
 *
 * FOLDER (the present one by default) has docs/process.md, test/ and, if there is one, sandbox/test/.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import ts from "typescript";

/** @typedef {{ readonly title: string, readonly file: string, readonly rules: readonly string[], readonly line: number }} Test */

const NAME = "[a-z]+(?:\\.[a-z0-9]+(?:-[a-z0-9]+)*)+";
const TITLE = new RegExp(`^(${NAME}(?:(?:, | and )${NAME})*)(?:: |$)`);
const HEADING = new RegExp(`^### (${NAME})$`);
/** Titles may begin with the name of a file. */
const FILE_NAME = /\.(ya?ml|json|md|ts|mjs)$/;

/** The rules a title names, and the rest of it. @param {string} title @returns {{ rules: string[], rest: string }} */
function namesIn(title) {
  const names = TITLE.exec(title);
  const rules = (names?.[1] ?? "").split(/, | and /).filter((name) => name !== "" && !FILE_NAME.test(name));
  return rules.length === 0 ? { rules, rest: title } : { rules, rest: title.slice(names?.[0].length ?? 0) };
}

/**
 * Every test of a file with the rules it carries. Read from the source, not from a run: what cannot be read there as a plain text
 * (a title put together when it runs) names no rule.
 * @param {string} file @param {string} shown @returns {Test[]}
 */
function testsIn(file, shown) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  /** @type {Test[]} */
  const tests = [];
  /** @param {ts.Node} node @param {readonly string[]} rules of the describes around it @param {string} sentence theirs */
  const visit = (node, rules, sentence) => {
    const called = ts.isCallExpression(node) ? calledFunction(node.expression) : null;
    if (ts.isCallExpression(node) && called !== null) {
      const title = textOf(node.arguments[0]);
      if (title !== null) {
        const named = namesIn(title);
        if (called === "describe") {
          const inner = named.rules.length > 0 ? named.rules : rules;
          const around = named.rules.length > 0 ? named.rest : sentence;
          for (const argument of node.arguments.slice(1)) visit(argument, inner, around);
          return;
        }
        const own = named.rules.length > 0;
        tests.push({
          title: own || sentence === "" ? named.rest : `${sentence}: ${named.rest}`,
          file: shown,
          rules: own ? named.rules : rules,
          line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
        });
      }
    }
    ts.forEachChild(node, (child) => visit(child, rules, sentence));
  };
  visit(source, [], "");
  return tests;
}

/**
 * `test`, `it` or `describe`, also as `test.each(…)` and `describe.concurrent`. A skipped test proves nothing.
 * @param {ts.Expression} expression @returns {"test" | "describe" | null}
 */
function calledFunction(expression) {
  if (ts.isIdentifier(expression))
    return expression.text === "test" || expression.text === "it"
      ? "test"
      : expression.text === "describe"
        ? "describe"
        : null;
  if (ts.isPropertyAccessExpression(expression))
    return /^(skip|todo|each|for|skipIf|runIf)$/.test(expression.name.text)
      ? null
      : calledFunction(expression.expression);
  if (ts.isCallExpression(expression) && ts.isPropertyAccessExpression(expression.expression)) {
    const { name, expression: of } = expression.expression;
    return /^(each|for)$/.test(name.text) ? calledFunction(of) : null;
  }
  if (ts.isTaggedTemplateExpression(expression) && ts.isPropertyAccessExpression(expression.tag))
    return expression.tag.name.text === "each" ? calledFunction(expression.tag.expression) : null;
  return null;
}

/** A title as written; what is filled in when it runs is shown as `…`. @param {ts.Node | undefined} node @returns {string | null} */
function textOf(node) {
  if (node === undefined) return null;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join("");
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const left = textOf(node.left);
    return left === null ? null : left + (textOf(node.right) ?? "…");
  }
  return null;
}

/** @param {readonly Test[]} tests @returns {string} */
function listed(tests) {
  const links = tests.map(({ title, file }) => {
    // `%s` and `$name` stand for a row's own words.
    const sentence = title
      .replace(/%[sdiofj]|\$[a-z]\w*/gi, "…")
      .replace(/[<>]/g, (sign) => (sign === "<" ? "&lt;" : "&gt;"))
      .trim();
    return `- ${sentence === "" ? "as its name says" : sentence} ([${file.split("/").at(-1)?.replace(".test.ts", "")}](../${file}))`;
  });
  return [...new Set(links)].join("\n");
}

/** @param {string} under @returns {string[]} */
const filesIn = (under) =>
  existsSync(under) ? readdirSync(under, { recursive: true, encoding: "utf8" }) : [];

/** @param {string} file */
const readable = (file) => (existsSync(file) ? readFileSync(file, "utf8") : null);

const write = process.argv.includes("--write");
const folder = resolve(process.argv.slice(2).find((word) => !word.startsWith("--")) ?? ".");
const text = readFileSync(join(folder, "docs", "process.md"), "utf8");
const list = join(folder, "docs", "rule-tests.md");
const tests = ["test", join("sandbox", "test")].flatMap((under) =>
  filesIn(join(folder, under))
    .filter((name) => name.endsWith(".test.ts"))
    .sort()
    .flatMap((name) => {
      const file = join(folder, under, name);
      return testsIn(file, relative(folder, file).split(sep).join("/"));
    }),
);

/** @type {string[]} */
const faults = [];
const rules = text.split("\n").flatMap((line) => HEADING.exec(line)?.[1] ?? []);
for (const rule of new Set(rules.filter((rule, index) => rules.indexOf(rule) !== index)))
  faults.push(`docs/process.md has ${rule} twice.`);
for (const { rules: carried, file, line, title } of tests)
  for (const rule of carried)
    if (!rules.includes(rule))
      faults.push(`${file}:${line} names ${rule}, which docs/process.md has no rule called: “${title}”`);

const lists = rules.map((rule) => {
  const own = tests.filter((one) => one.rules.includes(rule));
  if (own.length === 0)
    faults.push(`docs/process.md: ${rule} has no test. Give one a title that begins with “${rule}: ”.`);
  return `## ${rule}\n\n${listed(own)}\n`;
});
const fresh = `# The tests of each rule\n\nMade by \`npm run fix\` from the titles of the tests; do not edit. What each rule says is in [process.md](process.md).\n\n${lists.join("\n")}`;

if (fresh !== readable(list)) {
  if (write) writeFileSync(list, fresh);
  else faults.push("docs/rule-tests.md does not list the tests as they are now: run `npm run fix`.");
}
for (const fault of faults) console.error(fault);
console.log(
  faults.length === 0
    ? `${rules.length} rules, each with its tests.`
    : `${rules.length} rules, ${faults.length} ${faults.length === 1 ? "fault" : "faults"}.`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
