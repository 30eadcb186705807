import { readFileSync } from "node:fs";

/** The config shipped as an example, as text. */
export const MATRIX_CONFIG = readFileSync(new URL("../../docs/examples/matrix.yml", import.meta.url), "utf8");
