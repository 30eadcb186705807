/** The lines of a Markdown text that are neither in an HTML comment nor in fenced code; what was such code is one null. */
export function shownText(text: string): readonly (string | null)[] {
  const shown: (string | null)[] = [];
  let fence: string | null = null;
  for (const line of withoutComments(text).split(/\r\n|\r|\n/)) {
    const mark = FENCE.exec(line)?.[1];
    if (fence === null && mark === undefined) shown.push(line);
    else if (fence === null) {
      fence = mark ?? null;
      shown.push(null);
    } else if (mark?.startsWith(fence)) fence = null;
  }
  return shown;
}

const FENCE = /^[ \t]*(`{3,}|~{3,})/;

/** A comment that is not closed hides the rest. */
function withoutComments(text: string): string {
  let shown = "";
  let at = 0;
  for (;;) {
    const begin = text.indexOf("<!--", at);
    if (begin < 0) return shown + text.slice(at);
    shown += text.slice(at, begin);
    const end = text.indexOf("-->", begin + 4);
    if (end < 0) return shown;
    at = end + 3;
  }
}
