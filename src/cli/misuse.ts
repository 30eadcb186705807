/** Called wrongly: a sentence on stderr, the way to call it, and exit code 2. */
export class Misuse extends Error {}
