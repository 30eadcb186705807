import { escapeHtml } from "../../platform/html.js";

/** What XML 1.0 has no way to write at all, not even escaped (https://www.w3.org/TR/xml/#charsets), which halves of surrogate pairs are too. */
const NO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A text between tags, or in an attribute in double quotes. */
export const xmlText = (text: string): string => escapeHtml(text.replace(NO_XML, ""));

/** An element; what is in it is XML already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...inside: readonly string[]
): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(value)}"`);
  const start = `<${name}${written.join("")}`;
  return inside.length === 0 ? `${start}/>` : `${start}>${inside.join("")}</${name}>`;
}
