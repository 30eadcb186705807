import { escapeHtml, type Html, trusted } from "msc-clerk/platform/html.js";

/**
 * A form as its visitor had filled it in. It is drawn like any other first, and what was sent is put into its fields afterwards: so no form
 * can forget it. Everything on these pages is escaped and its attributes stand in double quotes, so every `<input` is one.
 */
export function refilled(form: Html, sent: URLSearchParams): Html {
  return trusted(
    form.text
      .replace(/<textarea ([^>]*)>[^<]*<\/textarea>/g, (all, attributes: string) => {
        const value = sent.get(nameIn(attributes));
        return value === null ? all : `<textarea ${attributes} data-kept>\n${escapeHtml(value)}</textarea>`;
      })
      .replace(/<input ([^>]*)>/g, (all, attributes: string) => {
        const type = attribute(attributes, "type");
        if (type === "hidden") return all;
        const values = sent.getAll(nameIn(attributes));
        if (type === "checkbox" || type === "radio") {
          const plain = attributes.replace(/ checked\b/, "");
          return `<input ${plain}${values.includes(attribute(attributes, "value")) ? " checked" : ""} data-kept>`;
        }
        const [value] = values;
        return value === undefined
          ? all
          : `<input ${attributes.replace(/ value="[^"]*"/, "")} value="${escapeHtml(value)}" data-kept>`;
      })
      .replace(/<select ([^>]*)>([\s\S]*?)<\/select>/g, (all, attributes: string, options: string) => {
        const value = sent.get(nameIn(attributes));
        if (value === null) return all;
        const chosen = options
          .replaceAll(" selected", "")
          .replace(/<option( value="([^"]*)")?>([^<]*)</g, (option, given: string | undefined, of, words) =>
            (given === undefined ? words : of) === escapeHtml(value)
              ? option.replace("<option", "<option selected")
              : option,
          );
        return `<select ${attributes} data-kept>${chosen}</select>`;
      }),
  );
}

const attribute = (attributes: string, name: string): string =>
  new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";

const nameIn = (attributes: string): string => attribute(attributes, "name");
