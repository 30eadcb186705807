/** A table's rows with the text that is awaited first, so that a title shows it and not the object it is made of. */
export const byText = <T>(rows: readonly (readonly [T, string])[]): readonly (readonly [string, T])[] =>
  rows.map(([made, text]) => [text, made]);
