import { GraphQLError } from "graphql";
import type { View } from "../view.js";
import type { Asked } from "./api.js";

/** What every resolver gets. */
export interface Context extends Asked {
  readonly view: View;
  readonly viewerId: number;
  /** Points this query costs, and the nodes it may ask for. */
  readonly cost: number;
  readonly nodes: number;
}

/** A node: each field a value, or a function of the field's arguments. */
export type Node = Readonly<Record<string, unknown>>;

export const problem = (type: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { type } });
