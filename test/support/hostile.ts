import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";

export type Node = {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly children?: readonly Node[];
};

const nodes = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(nodes)];
/** Every node of a text as CommonMark reads it. */
export const parsed = (markdown: string): readonly Node[] => nodes(fromMarkdown(markdown) as Node);
/** What a reader sees of it, without the gaps that keep GitHub from linking. */
export const shown = (markdown: string): string =>
  parsed(markdown)
    .map((node) => node.value ?? "")
    .join("")
    .replaceAll("\u200B", "");

/** Text rich in what Markdown and GitHub give a meaning to. */
export const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "@",
        "#",
        "12",
        "GH-1",
        "<!--",
        "-->",
        "<b>",
        "[",
        "](",
        ")",
        "![",
        "*",
        "_",
        "**",
        "`",
        "```",
        "~~~",
        "~~",
        "|",
        "\\",
        "- ",
        "- [x] ",
        "+ ",
        "1. ",
        "1) ",
        "> ",
        "# ",
        "===",
        "---",
        "***",
        "\n",
        "\n\n",
        "\r\n",
        "    ",
        "\t",
        "https://",
        "www.",
        "a@b.example",
        "&amp;",
        "&#64;",
        "&lt;",
        "$",
        "\u00a0",
        "\u200b",
        "\u202e",
        "\u2028",
        "\ud800",
        "\u0000",
        "é",
        "😀",
        "x",
      ),
      fc.string({ unit: "binary", maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));
