import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { spokenLines } from "../../src/markdown/spokenLines.js";

/** The parts of a Markdown tree this looks at. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

const UNSAID = new Set(
  "blockquote code inlineCode link linkReference image imageReference definition delete html".split(" "),
);

/**
 * The marks `@clerk L7` that a general Markdown parser finds in plain text (`said`), at the start of a line of it
 * (`begins`), or in runs of raw HTML outside tags and comments (`raw`).
 */
function byTheBook(body: string) {
  const said = new Set<string>();
  const begins: string[] = [];
  const raw = new Set<string>();
  const walk = (node: Node, first: boolean, inText: boolean) => {
    if (node.type === "html" && !inText) {
      const shown = (node.value ?? "").replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<[^>]*>/gu, " ");
      for (const [mark] of shown.matchAll(/@clerk L\d+/gu)) raw.add(mark);
    }
    if (UNSAID.has(node.type)) return;
    if (node.type === "text") {
      for (const [mark] of (node.value ?? "").matchAll(/@clerk L\d+/gu)) said.add(mark);
      for (const [index, line] of (node.value ?? "").split("\n").entries()) {
        const mark = /^@clerk L\d+/u.exec(line)?.[0];
        if (mark !== undefined && (index > 0 || first)) begins.push(mark);
      }
    }
    const text = inText || node.type === "paragraph" || node.type === "heading";
    for (const [index, child] of (node.children ?? []).entries()) {
      const starts = index === 0 || node.children?.[index - 1]?.type === "break";
      walk(child, starts && node.type !== "emphasis" && node.type !== "strong", text);
    }
  };
  walk(fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }), true, false);
  return { said, begins, raw };
}

const spokenMarks = (body: string): string[] =>
  spokenLines(body).flatMap((line) => /^@clerk L\d+/u.exec(line)?.[0] ?? []);

const PREFIXES = [
  "",
  "",
  "",
  "",
  " ",
  "  ",
  "   ",
  "    ",
  "      ",
  "        ",
  "\t",
  " \t",
  "> ",
  ">",
  "- ",
  "-  ",
  "-\t",
  "-     ",
  "* ",
  "+ ",
  "1. ",
  "-",
  "# ",
  "###### ",
];
const PLAIN = [
  "@clerk",
  "@clerk",
  "@clerk",
  "@clerk more",
  "text",
  "text",
  "",
  "",
  "```",
  "````",
  "~~~",
  "``` x",
  "~~~ `",
  "---",
  "***",
  "* * *",
  "===",
  "=",
  "-",
  "+",
  "#",
  "# head #",
  "`",
  "``",
  "a `b` c",
  "`@clerk",
  "\\`",
  "\\",
  "*a",
  "**",
  "a | b",
  "-|-",
];
const TANGLED = [
  ...PLAIN,
  "<!--",
  "-->",
  "<!-- a -->",
  "<div>",
  "</div>",
  "<b>",
  "</b>",
  "<a href='",
  "'>",
  "<pre>",
  "</pre>",
  "<details>",
  "<?x",
  "?>",
  "<x:y>",
  "<",
  ">",
  "[a",
  "[",
  "]",
  "](",
  "](b)",
  '](b "',
  '")',
  ")",
  "][r]",
  "[r]:",
  "[r]: /u",
  '[r]: /u "',
  '"',
  "<b",
  "![",
  "\\[",
  "\\]",
  "~~a",
  "b~~",
  "~~",
  "a~",
  "~@clerk",
  "[^1]:",
  "| @clerk",
  "a <!-- b",
];

const bodyOf = (contents: readonly string[]) =>
  fc
    .array(
      fc.tuple(
        fc.array(fc.constantFrom(...PREFIXES), { maxLength: 3 }),
        fc.array(fc.constantFrom(...contents), { minLength: 1, maxLength: 2 }),
      ),
      { maxLength: 9 },
    )
    .map((lines) =>
      lines
        .map(
          ([prefix, content], index) =>
            prefix.join("") + content.join(" ").replaceAll("@clerk", `@clerk L${index}`),
        )
        .join("\n"),
    );

/**
 * Where this parser and GitHub's part ways: a line that opens a container right after text is taken for one that interrupts a
 * paragraph also inside the container, so that `> -` or `> <b>` becomes text there; and so are a bare `-` or a `2.` after
 * indented code (which is why lists here are numbered from 1 only).
 */
const disputed = (body: string): boolean =>
  /\S[^\n]*\n\s*(?:(?:>|[-+*]|\d+[.)])[ \t]*)*(?:(?:[-+*]|\d+[.)])[ \t]*(?:\n|$)|(?:>|[-+*]|\d[.)])[ \t]*<)/u.test(
    body,
  );

describe("spokenLines against a general Markdown parser", () => {
  it("takes nothing for said that is in code, quotes, links or HTML", () => {
    fc.assert(
      fc.property(bodyOf(TANGLED), (body) => {
        fc.pre(!disputed(body));
        const { said, raw } = byTheBook(body);
        for (const mark of spokenMarks(body))
          expect(said.has(mark) || raw.has(mark), `${mark} in ${JSON.stringify(body)}`).toBe(true);
      }),
      { numRuns: Number(process.env.ORACLE_RUNS ?? 2_000) },
    );
  });

  it("misses nothing said at the start of a line where there is neither HTML nor a link", () => {
    fc.assert(
      fc.property(bodyOf(PLAIN), (body) => {
        fc.pre(!disputed(body));
        // What a table's cell begins with is no start of a line to the parser.
        if (!body.includes("-|-"))
          expect(spokenMarks(body), JSON.stringify(body)).toEqual(byTheBook(body).begins);
      }),
      { numRuns: Number(process.env.ORACLE_RUNS ?? 2_000) },
    );
  });
});
