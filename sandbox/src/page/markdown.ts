import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { escapeHtml, type Html, html, NOTHING, type Piece, trusted } from "msc-clerk/platform/html.js";

type Root = ReturnType<typeof fromMarkdown>;
type Node = Root["children"][number];

/** A box of a task list in its source: `at` is the place of the character between the brackets. */
export interface Box {
  readonly at: number;
  readonly checked: boolean;
  /** What the item says, for who cannot see the box's surroundings. */
  readonly label: string;
}

export interface MarkdownOptions {
  /** Draws a box; left out: a box that cannot be ticked. */
  readonly box?: (box: Box) => Html;
  /** Address of a number as in `#1772`; null: just text. */
  readonly threadUrl?: (number: number) => string | null;
  /** Where the repository's pages are, `/owner/name/`: a link to one keeps leading there when the sandbox is at another address than it was written at. */
  readonly home?: string;
}

/** Quotes and lists within one another on one line, far beyond what people write: reading them takes minutes, and more depth than there is. */
const TOO_DEEP = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){100}/m;

/**
 * The part of GitHub's Markdown that comments here use, as HTML that is safe by construction: the source is read into a tree and
 * every node is written anew. Of raw HTML only `details`, `summary`, `sub`, `sup` and `br` get through, without attributes and
 * balanced; comments vanish, other tags are dropped as GitHub drops them.
 */
export function renderMarkdown(source: string, options: MarkdownOptions = {}): Html {
  if (TOO_DEEP.test(source)) return html`<pre tabindex="0">${source}</pre>`;
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const writer = new Writer(source, options, tree);
  return html`${writer.blocks(tree.children)}${writer.open.close()}`;
}

class Writer {
  readonly open = new OpenTags();
  readonly #source: string;
  readonly #options: MarkdownOptions;
  readonly #definitions = new Map<string, string>();

  constructor(source: string, options: MarkdownOptions, tree: Root) {
    this.#source = source;
    this.#options = options;
    const gather = (nodes: readonly Node[]): void => {
      for (const node of nodes) {
        if (node.type === "definition") this.#definitions.set(node.identifier, node.url);
        else if ("children" in node) gather(node.children);
      }
    };
    gather(tree.children);
  }

  blocks(nodes: readonly Node[], tight = false): Html {
    return html`${nodes.map((node) => (tight && node.type === "paragraph" ? this.#inline(node.children) : this.#node(node)))}`;
  }

  #here(url: string): string {
    const { home } = this.#options;
    const path = /^http:\/\/127\.0\.0\.1:\d+(\/.*)$/s.exec(url)?.[1];
    return home !== undefined && path?.startsWith(home) ? path : url;
  }

  #inline(nodes: readonly Node[]): Html {
    return html`${nodes.map((node) => this.#node(node))}`;
  }

  #node(node: Node): Piece {
    switch (node.type) {
      case "text":
        return this.#text(node.value);
      case "paragraph":
        return html`<p>${this.#inline(node.children)}</p>\n`;
      case "heading":
        return heading(node.depth, this.#inline(node.children));
      case "strong":
        return html`<strong>${this.#inline(node.children)}</strong>`;
      case "emphasis":
        return html`<em>${this.#inline(node.children)}</em>`;
      case "delete":
        return html`<del>${this.#inline(node.children)}</del>`;
      case "inlineCode":
        return html`<code>${node.value}</code>`;
      case "code":
        return html`<pre tabindex="0"><code>${node.value}</code></pre>\n`;
      case "blockquote":
        return html`<blockquote>${this.#closed(() => this.blocks(node.children))}</blockquote>\n`;
      case "break":
        return trusted("<br>");
      case "thematicBreak":
        return trusted("<hr>\n");
      case "link":
        return link(this.#here(node.url), this.#inline(node.children));
      case "linkReference":
        return link(this.#definitions.get(node.identifier) ?? "", this.#inline(node.children));
      case "image":
        return link(this.#here(node.url), html`${node.alt ?? "image"}`);
      case "imageReference":
        return link(this.#definitions.get(node.identifier) ?? "", html`${node.alt ?? "image"}`);
      case "list":
        return node.ordered
          ? html`<ol start="${node.start ?? 1}">${this.#items(node)}</ol>\n`
          : html`<ul>${this.#items(node)}</ul>\n`;
      case "table":
        return this.#table(node);
      case "html":
        return this.#html(node.value);
      case "definition":
      case "footnoteDefinition":
      case "footnoteReference":
      case "yaml":
        return NOTHING;
      // Reached through their parents only.
      case "listItem":
      case "tableRow":
      case "tableCell":
        return NOTHING;
    }
  }

  #items(list: Extract<Node, { type: "list" }>): Piece {
    const loose = list.spread === true || list.children.some((item) => item.spread === true);
    return list.children.map((item) => {
      const box = item.checked == null ? null : this.#box(item);
      const body = this.#closed(() => this.blocks(item.children, !loose));
      return box === null ? html`<li>${body}</li>\n` : html`<li class="task">${box} ${body}</li>\n`;
    });
  }

  #box(item: Extract<Node, { type: "listItem" }>): Html {
    const [paragraph] = item.children;
    const checked = item.checked === true;
    const from = item.position?.start.offset ?? 0;
    const until = paragraph?.position?.start.offset ?? from;
    // The paragraph begins after its box, so the last bracket before it is the box's own.
    const at = this.#source.lastIndexOf("]", until) - 1;
    if (this.#options.box === undefined || at <= from || paragraph?.type !== "paragraph")
      return html`<input type="checkbox" disabled${checked ? trusted(" checked") : ""} aria-label="${checked ? "ticked" : "not ticked"}">`;
    return this.#options.box({ at, checked, label: plain(paragraph.children) });
  }

  #table(table: Extract<Node, { type: "table" }>): Html {
    const [head, ...rows] = table.children;
    const cell = (name: "td" | "th", index: number, children: readonly Node[]): Html => {
      const align = table.align?.[index];
      const attributes = align ? trusted(` class="${align}"`) : "";
      const scope = name === "th" ? trusted(' scope="col"') : "";
      return html`<${trusted(name)}${scope}${attributes}>${this.#closed(() => this.#inline(children))}</${trusted(name)}>`;
    };
    return html`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table><thead><tr>${head?.children.map((one, index) => cell("th", index, one.children))}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.children.map((one, index) => cell("td", index, one.children))}</tr>\n`)}</tbody></table></div>\n`;
  }

  /** Tags opened inside a block end with it at the latest. */
  #closed(write: () => Html): Html {
    const leave = this.open.enter();
    const body = write();
    return html`${body}${leave()}`;
  }

  #html(value: string): Html {
    const shown = value.replace(/<!--[\s\S]*?(-->|$)/g, "");
    const parts: Html[] = [];
    let from = 0;
    for (const tag of shown.matchAll(/<(\/?)([a-z][a-z0-9-]*)\b[^>]*>/gi)) {
      parts.push(html`${shown.slice(from, tag.index)}`);
      from = tag.index + tag[0].length;
      const name = (tag[2] ?? "").toLowerCase();
      if (name === "br") parts.push(trusted("<br>"));
      else if (isKept(name)) parts.push(tag[1] === "/" ? this.open.end(name) : this.open.begin(name));
    }
    return html`${parts}${shown.slice(from)}`;
  }

  /** People stand out and numbers lead to their thread. */
  #text(value: string): Html {
    const parts: Piece[] = [];
    let from = 0;
    for (const found of value.matchAll(
      /(?<![\w/@#&])(?:@([a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38})|#(\d{1,9}))(?![\w/])/gi,
    )) {
      parts.push(value.slice(from, found.index));
      from = found.index + found[0].length;
      const url = found[2] === undefined ? null : (this.#options.threadUrl?.(Number(found[2])) ?? null);
      if (found[1] !== undefined) parts.push(html`<strong class="mention">${found[0]}</strong>`);
      else parts.push(url === null ? found[0] : html`<a href="${url}">${found[0]}</a>`);
    }
    return html`${parts}${value.slice(from)}`;
  }
}

const KEPT = ["details", "summary", "sub", "sup"] as const;
type KeptTag = (typeof KEPT)[number];
const isKept = (name: string): name is KeptTag => KEPT.some((kept) => kept === name);

/** Keeps raw tags balanced, whatever somebody wrote. */
class OpenTags {
  #open: KeptTag[] = [];
  /** Tags below it belong to an outer block and cannot be ended from inside. */
  #floor = 0;

  /** Begins a block; what it returns ends it. */
  enter(): () => Html {
    const outer = this.#floor;
    this.#floor = this.#open.length;
    return () => {
      const closing = this.close(this.#floor);
      this.#floor = outer;
      return closing;
    };
  }

  begin(name: KeptTag): Html {
    this.#open.push(name);
    return trusted(`<${name}>`);
  }

  end(name: KeptTag): Html {
    const at = this.#open.lastIndexOf(name);
    return at < this.#floor ? NOTHING : this.close(at);
  }

  close(depth = 0): Html {
    const closing = this.#open.splice(depth).reverse();
    return trusted(closing.map((name) => `</${name}>`).join(""));
  }
}

/** The page has headings of its own above these. */
function heading(depth: number, content: Html): Html {
  const name = trusted(`h${Math.min(6, Math.max(4, depth + 1))}`);
  return html`<${name}>${content}</${name}>\n`;
}

function link(url: string, content: Html): Html {
  if (!/^(https?:\/\/|mailto:|[#/](?!\/))/i.test(url)) return content;
  return trusted(`<a href="${escapeHtml(url)}" rel="nofollow noreferrer">${content.text}</a>`);
}

const plain = (nodes: readonly Node[]): string =>
  nodes
    .map((node) =>
      "children" in node ? plain(node.children) : "value" in node && node.type !== "html" ? node.value : "",
    )
    .join("")
    .trim();
