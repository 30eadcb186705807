import { matrixConfig } from "../../src/roster.js";

/** The config file as text, changed the way a maintainer would: one line here, one line there. */
export type Edit = (text: string) => string;

/** Fails where the edit finds nothing to change: a story must not tell of a change that was none. */
const replaced = (text: string, from: string | RegExp, to: string): string => {
  const after = text.replace(from, to);
  if (after === text) throw new Error(`nothing to change at ${String(from)}`);
  return after;
};

/** Puts somebody on the Spec Core Team, last. */
export const seat =
  (login: string, id: number): Edit =>
  (text) =>
    replaced(text, /(?=\n\n {2}guardians:)/, `\n      - { login: ${login}, id: ${id} }`);

/** Takes somebody off the Spec Core Team. */
export const unseat =
  (login: string): Edit =>
  (text) =>
    replaced(text, new RegExp(`\\n {6}- \\{ login: ${login},[^\\n]*`), "");

export const lead =
  (login: string): Edit =>
  (text) =>
    replaced(text, /\n {4}lead: \w+/, `\n    lead: ${login}`);

export const noLead: Edit = (text) => replaced(text, /\n {4}lead: [^\n]*/, "");

/** The threshold of the ordinary decision. */
export const specChange =
  (threshold: string): Edit =>
  (text) =>
    replaced(
      text,
      "- name: spec change\n    approval: { spec-core-team: 75% }",
      `- name: spec change\n    approval: { spec-core-team: ${threshold} }`,
    );

export const minimum =
  (size: number): Edit =>
  (text) =>
    replaced(text, /minimum_members: \d+/, `minimum_members: ${size}`);

export const guardians =
  (...members: readonly { readonly login: string; readonly id: number }[]): Edit =>
  (text) =>
    replaced(
      text,
      /(title: Guardians\n {4}members: )\[[^\]]*\]/,
      `$1[${members.map(({ login, id }) => `{ login: ${login}, id: ${id} }`).join(", ")}]`,
    );

export const swapped =
  (from: string | RegExp, to: string): Edit =>
  (text) =>
    replaced(text, from, to);

export const all =
  (...edits: readonly Edit[]): Edit =>
  (text) =>
    edits.reduce((so, edit) => edit(so), text);

/** The Matrix config with everybody's id, edited. */
export const config = (...edits: readonly Edit[]): string => all(...edits)(matrixConfig());
