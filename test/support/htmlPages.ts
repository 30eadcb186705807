import { HtmlValidate } from "html-validate/node";

/** The rules of HTML itself, and of those who cannot see a page. */
const rules = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: {
    // White space at the ends of lines says nothing.
    "no-trailing-whitespace": "off",
    // A proposal's title is in it, and GitHub takes 256 characters of one.
    "long-title": "off",
    // What can be scrolled is a region with a name, so that keys reach it; a section would be one more part of the text.
    "prefer-native-element": ["error", { exclude: ["region"] }],
  },
});

/** What is not valid in a page, each with its line; empty: nothing. */
export async function faultsOf(page: string): Promise<readonly string[]> {
  const { results } = await rules.validateString(page);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`),
  );
}

/** A page's tags with the names of their attributes, in order: what a text must not change, whatever is in it. */
export const skeletonOf = (page: string): readonly string[] =>
  Array.from(page.matchAll(/<[^>]*>/g), ([tag]) => tag.replace(/="[^"]*"/g, ""));

/** What a reader sees of a page, on one line. */
export const wordsOf = (page: string): string =>
  page
    .replace(
      /<(?:script|style|head|svg|select|datalist)\b.*?<\/(?:script|style|head|svg|select|datalist)>/gs,
      "",
    )
    .replace(/<(?:\/(?:p|li|h\d|dt|dd|td|th)|br)\b[^>]*>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ENTITY_CHARACTERS.get(name) ?? "")
    .replace(/\s+/g, " ")
    .trim();

const ENTITY_CHARACTERS = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["#39", "'"],
  ["amp", "&"],
]);
