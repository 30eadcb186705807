/**
 * Answers to GitHub's notification mails arrive as comments with the mail they answer below them, and not every e-mail program
 * marks it with `>`. Where does that begin in this paragraph? The number of its lines that come before; null when nothing of the kind
 * is in it. `quoteFollows`: the next thing after the paragraph is marked as a quote, so that the words after *that* are said again.
 */
export function letterBegins(lines: readonly string[], quoteFollows: boolean): number | null {
  for (const [index, line] of lines.entries()) {
    if (SEPARATOR.test(line) || FOOTER.test(line)) return index;
    if (HEADER.test(line) && headersFrom(lines, index) >= 3) return index;
    const length = attributionLength(lines, index);
    if (length > 0 && !(quoteFollows && index + length === lines.length)) return index;
  }
  return null;
}

/** `-----Original Message-----`, as Outlook has it, in some languages. */
const SEPARATOR =
  /^-{3,} ?(?:Original Message|Forwarded Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original) ?-{3,}$/iu;
/** What GitHub writes under each of its notification mails. */
const FOOTER = /^(?:—|--)?\s*Reply to this email directly\b/iu;
/** `From: …`, `**Sent:** …`. */
const HEADER = /^[*_]{0,2}(?:From|Sent|Date|To|Cc|Subject|Reply-To):/iu;

function headersFrom(lines: readonly string[], start: number): number {
  let end = start;
  while (end < lines.length && end - start < 3 && HEADER.test(lines[end] ?? "")) end++;
  return end - start;
}

const ATTRIBUTION_LENGTH = 500;
const ADDRESS = /< ?[^<>\s@]+@[^<>\s@]+>/u;

/** `On Tue, 3 Mar 2020 at 14:05, Somebody <notifications@github.com> wrote:`, in any language, over up to three lines. */
function attributionLength(lines: readonly string[], start: number): number {
  let said = "";
  for (let length = 1; length <= 3; length++) {
    const line = lines[start + length - 1];
    if (line === undefined || said.length + line.length > ATTRIBUTION_LENGTH) return 0;
    // A command is the author's own word, whatever it ends in.
    if (line.startsWith("@")) return 0;
    said = `${said} ${line.trim()}`.trim();
    if (
      said.endsWith(":") &&
      ADDRESS.test(said) &&
      (/\b\d{1,2}[:.h]\d{2}\b/u.test(said) || /^On\b.*\bwrote:$/u.test(said))
    )
      return length;
  }
  return 0;
}
