/** A place in the file as people count: lines and columns from 1, columns in UTF-16 units (as editors and GitHub do). */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Makes the function that turns an offset into its line and column. Breaks lines as YAML does: CRLF, LF or CR. */
export function placesOf(text: string): (offset: number) => TextPlace {
  const starts = [0];
  for (const lineBreak of text.matchAll(/\r\n|\n|\r/g)) starts.push(lineBreak.index + lineBreak[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: Math.max(0, offset - (starts[low] ?? 0)) + 1 };
  };
}
