import { hash } from "node:crypto";

/**
 * SHA-256 of a text (its UTF-8 bytes), as lower-case hex: 64 characters.
 * The one thing the domain may import from outside itself (scripts/layers.rules.mjs, scripts/domain-purity.mjs): it is a pure
 * function of its argument, and Node's own does 10,000 act keys in 9 ms where a library in JavaScript takes 73.
 */
export const sha256 = (text: string): string => hash("sha256", text, "hex");
