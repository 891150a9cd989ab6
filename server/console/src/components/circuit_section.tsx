// The supply or a circuit: its load, its charge points, and the circuits below it.
import { useId } from 'preact/hooks';
import { isDormant } from '../live/charge_points';
import type { TreeNode } from '../live/tree';
import { useLanguage } from '../texts/language';
import { ChargePointRow } from './charge_point_row';
import { LevelBadge } from './level_badge';
import { LoadTable } from './load_table';
import type { Scene } from './scene';

const SUPPLY_HEADING = 2;
const DEEPEST_HEADING = 6;

interface Props {
  tree: TreeNode;
  scene: Scene;
  /** 0 for the supply. */
  depth?: number;
}

export function CircuitSection({ tree, scene, depth = 0 }: Props) {
  const { t, f } = useLanguage();
  const titleId = useId();
  const { node, children, chargePoints } = tree;
  const isSupply = node.id === undefined;
  const label = isSupply ? t.circuit.supply : node.label;
  const headingLevel = Math.min(SUPPLY_HEADING + depth, DEEPEST_HEADING);
  const Heading = `h${headingLevel}` as 'h2';
  const rating = f.ampere(node.rating_a);
  const shown = scene.showDormant ? chargePoints : chargePoints.filter((chargePoint) => !isDormant(chargePoint));
  const hidden = chargePoints.length - shown.length;

  return (
    <section class="circuit" aria-labelledby={titleId} data-circuit={node.id ?? 'supply'}>
      <div class="circuit-card">
        <header class="circuit-head">
          <Heading id={titleId}>{label}</Heading>
          <span class="circuit-rating">
            {isSupply ? t.installation.mainLimit(rating) : t.circuit.rating(rating)}
          </span>
          <LevelBadge node={node} />
        </header>
        <LoadTable node={node} label={label} />
        {shown.length > 0 && (
          <ul class="charge-points">
            {shown.map((chargePoint) => (
              <ChargePointRow
                key={chargePoint.id}
                chargePoint={chargePoint}
                scene={scene}
                headingLevel={Math.min(headingLevel + 1, DEEPEST_HEADING)}
              />
            ))}
          </ul>
        )}
        {hidden > 0 && <p class="quiet-note">{t.circuit.hidden(f.count(hidden))}</p>}
        {!isSupply && children.length === 0 && chargePoints.length === 0 && (
          <p class="quiet-note">{t.empty.noChargePoints}</p>
        )}
      </div>
      {children.length > 0 && (
        <div class="circuit-children">
          {children.map((child) => (
            <CircuitSection key={child.node.id} tree={child} scene={scene} depth={depth + 1} />
          ))}
        </div>
      )}
    </section>
  );
}
