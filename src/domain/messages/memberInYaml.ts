/** What YAML takes for a number or for a value of its own where no quotes are around it. */
const NOT_TEXT = /^(?:\d.*|null|true|false)$/i;

/** How the config names a member, to be copied: `{ login: alice, id: 7 }`. `id`: null: it is to be looked up. */
export const memberInYaml = (login: string, id: number | null): string =>
  `{ login: ${NOT_TEXT.test(login) ? `'${login}'` : login}, id: ${id ?? "…"} }`;
