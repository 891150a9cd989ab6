// The live view's flat lists as the tree that they describe.
import type { LiveChargePoint, LiveNode, LiveView } from '../api/types';

export interface TreeNode {
  node: LiveNode;
  children: TreeNode[];
  chargePoints: LiveChargePoint[];
}

/**
 * The supply with everything below it, in the view's order. What names a circuit that the view does not
 * have hangs below the supply, so that it is seen. Undefined when there is no supply.
 */
export function treeOf(view: LiveView): TreeNode | undefined {
  const all = view.nodes.map((node): TreeNode => ({ node, children: [], chargePoints: [] }));
  const supply = all.find(({ node }) => node.id === undefined);
  if (!supply) return undefined;
  const byId = new Map(all.map((tree) => [tree.node.id, tree]));
  for (const tree of all) {
    if (tree !== supply) (byId.get(tree.node.parent) ?? supply).children.push(tree);
  }
  for (const chargePoint of view.charge_points) {
    (byId.get(chargePoint.circuit) ?? supply).chargePoints.push(chargePoint);
  }
  return supply;
}
