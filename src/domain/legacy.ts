import type { Disposition } from "./rules.js";

export interface LegacyStatus {
  readonly cancelled: boolean;
  readonly mover: string | null;
  readonly disposition: Disposition | null;
  readonly boxes: readonly { readonly login: string; readonly ticked: boolean }[];
  readonly concerns: readonly {
    readonly text: string;
    readonly resolved: boolean;
    readonly url: string | null;
  }[];
}

// To be written: the whole of takeover.legacy's reading.
export const parseLegacyStatus = (_body: string): LegacyStatus | null => null;
