/** Of one register with its votes and concerns, in bytes, and more than any was ever seen to have. */
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * A file's lines, without their ends. Node's own `readline` ends a line at U+2028 too, which may stand in one of ours. What is not UTF-8 is an error, and
 * so is a line beyond any of ours. The last may lack its end: whether the file is whole, its own last line tells.
 */
export async function* linesIn(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    const text = typeof piece === "string" ? piece : decoder.decode(piece, { stream: true });
    const [first = "", ...lines] = text.split("\n");
    rest.push(first);
    length += first.length;
    if (length > LONGEST_LINE) throw new Error("a line of it is too long");
    for (const line of lines) {
      yield rest.join("");
      [rest, length] = [[line], line.length];
    }
  }
  rest.push(decoder.decode());
  const last = rest.join("");
  if (last !== "") yield last;
}
