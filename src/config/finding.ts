import type { ConfigFault } from "./outcome.js";
import type { TextPlace } from "./places.js";
import { type ConfigPath, pathText } from "./tree.js";

/** A fault that has been found but not been put into words: a file can have thousands, of which a hundred are told. */
export interface Finding {
  /** Offset in the file. */
  readonly at: number;
  readonly path: ConfigPath;
  /** The sentence. Looking for what was meant takes its time, so it is asked for only where it will be read. */
  readonly say: () => string;
}

export const told = ({ at, path, say }: Finding, placeOf: (offset: number) => TextPlace): ConfigFault => ({
  ...placeOf(at),
  path: pathText(path),
  message: say(),
});
