// The fullest lines of a circuit in words: "L2 full". Nothing while all are quiet.
import type { LiveNode } from '../api/types';
import { loadLevel } from '../live/load';
import { useLanguage } from '../texts/language';
import { lineName } from '../texts/sentences';

const worstFirst = ['over', 'full', 'high'] as const;

export function LevelBadge({ node }: { node: LiveNode }) {
  const { t } = useLanguage();
  const levels = node.current_a.map((current) => loadLevel(current, node.rating_a));
  const worst = worstFirst.find((level) => levels.includes(level));
  if (!worst) return null;
  const lines = levels.flatMap((level, index) => (level === worst ? [lineName(index + 1)] : []));
  return (
    <span class="badge" data-level={worst}>
      {t.circuit.level[worst](lines.join(' '))}
    </span>
  );
}
