/** What a record is sealed with: `message` says what and where, `signature` who sealed it. */
export interface Signed {
  readonly message: string;
  readonly signature: string;
}

/** Says of a sealed line whether it counts. It cannot seal one: only `RecordKeys` can. */
export interface RecordTrust {
  verify(message: string, signature: string): boolean;
}

/** By what records are believed. */
export interface RecordBelief {
  /** What it believes on one pull request. `written`: every sealed line there that the App itself saved. */
  among(written: () => Iterable<Signed>): RecordTrust;
}

/**
 * For somebody who reads the record without the App's key, and for nobody else: a sealed line counts where the App itself saved that very line on the
 * same pull request, in a revision of a comment of its own or in a check run of its own. Whatever anybody else saved, also over the App's own
 * comment, counts only as far as it repeats such a line.
 *
 * Nobody else can save such a line, and the App saves none that it has not sealed. That rests on four things: GitHub tells truly which account saved
 * a revision, and which App made a check run; the App's key and tokens are in nobody else's hands; the App is the right one (`whoIsTheClerk`); and
 * the clerk repeats nobody's text without escaping it (`messages/escape.ts`), so that none of its lines is somebody else's. The clerk itself
 * believes signatures instead, which rest on its key alone. Where the two differ: a reader believes also what was sealed with a key that the
 * clerk has no more.
 */
export const byAuthorship: RecordBelief = {
  among(written) {
    const lines = new Set([...written()].map(lineOf));
    return { verify: (message, signature) => lines.has(lineOf({ message, signature })) };
  },
};

const lineOf = ({ message, signature }: Signed): string => `${signature}\n${message}`;
