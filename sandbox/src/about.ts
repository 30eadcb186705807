/** What a sandbox was begun with: what its page says first. */
export type About = {
  /** Whom a visitor plays at first. */
  readonly firstPlayed: string;
} & (
  | { readonly kind: "matrix" }
  /** `file`: the config's, as it was named. */
  | { readonly kind: "own"; readonly file: string }
);

export const ABOUT_MATRIX: About = { kind: "matrix", firstPlayed: "richvdh" };
