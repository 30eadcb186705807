import { GraphQLError } from "graphql";
import type { Repository } from "../state.js";
import type { PullThread } from "../store.js";
import type { View } from "../view.js";
import type { Asked } from "./api.js";

/** What every resolver gets. */
export interface Context extends Asked {
  readonly view: View;
  readonly viewerId: number;
  /** Points this query costs, and the nodes it may ask for. */
  readonly cost: number;
  readonly nodes: number;
  /** A pull request has commits and comments, and each of those has pull requests: they are handed its node, and import none. */
  readonly pullNode: (context: Context, repository: Repository, thread: PullThread) => Node;
}

/** A node: each field a value, or a function of the field's arguments. */
export type Node = Readonly<Record<string, unknown>>;

export const problem = (type: string, message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { type } });
