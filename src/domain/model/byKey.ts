/** A record with a value for each row of a table, under the row's key. All of them: `Object.fromEntries` loses that. */
export const byKey = <const Rows extends readonly { readonly key: string }[], Value>(
  rows: Rows,
  make: (row: Rows[number]) => Value,
) => Object.fromEntries(rows.map((row) => [row.key, make(row)])) as Record<Rows[number]["key"], Value>;
