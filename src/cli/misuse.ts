/** Called wrongly: a sentence on stderr, the way to call it, and exit code 2. */
export class Misuse extends Error {}

/** It was asked rightly, and cannot be told: a sentence or more on stderr, and exit code 1. */
export class Refused extends Error {}
