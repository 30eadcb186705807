/**
 * What a comment of the clerk's was before an edit, oldest first, and what of it had each text around the boxes: every edit asks for those of its
 * own text, and a comment can have thousands. Made and added to by whoever reads one comment, and seen by nobody else.
 */
export class Pages<Page extends { readonly text: string }> {
  readonly #all: Page[] = [];
  readonly #byText = new Map<string, Page[]>();

  add(page: Page): this {
    this.#all.push(page);
    const same = this.#byText.get(page.text);
    if (same === undefined) this.#byText.set(page.text, [page]);
    else same.push(page);
    return this;
  }

  get last(): Page | undefined {
    return this.#all.at(-1);
  }

  get all(): readonly Page[] {
    return this.#all;
  }

  /** GitHub saves the text that a browser held, which may be older than the last edit: those with the same text around the boxes. */
  held(text: string): readonly Page[] {
    return this.#byText.get(text) ?? [];
  }
}

/** These, the newest first. */
export function* newestFirst<Page>(pages: readonly Page[]): Iterable<Page> {
  for (let at = pages.length - 1; at >= 0; at--) {
    const page = pages[at];
    if (page !== undefined) yield page;
  }
}
