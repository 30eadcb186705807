import type { GateMemory, Register } from "../model/register.js";

const NOTHING: GateMemory = { labels: [], waivers: [], dependencies: [] };

export const memoryOfGates = ({ gates }: Register): GateMemory => gates ?? NOTHING;
