// What flows through a supply or circuit, line by line. The table says everything in numbers; the bars
// repeat it for the eye: filled = measured, tinted = the most that may be drawn, tick = granted, end = rating.
import type { LiveNode } from '../api/types';
import { loadLevel, shareOf } from '../live/load';
import { useLanguage } from '../texts/language';
import { lineName } from '../texts/sentences';

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

export function LoadTable({ node, label }: { node: LiveNode; label: string }) {
  const { t, f } = useLanguage();
  return (
    <table class="load">
      <caption class="visually-hidden">{t.load.caption(label)}</caption>
      <thead>
        <tr>
          <th scope="col" class="load-line">
            <span class="visually-hidden">{t.load.line}</span>
          </th>
          <td class="load-scale" aria-hidden="true">
            <span>0</span>
            <span>{f.ampere(node.rating_a)}</span>
          </td>
          <th scope="col">{t.load.measured}</th>
          <th scope="col">{t.load.granted}</th>
          <th scope="col">{t.load.ceiling}</th>
        </tr>
      </thead>
      <tbody>
        {node.current_a.map((measured, index) => (
          <LoadRow
            key={index}
            line={index + 1}
            measured={measured}
            granted={node.granted_a[index] ?? null}
            ceiling={node.ceiling_a[index] ?? null}
            rating={node.rating_a}
          />
        ))}
      </tbody>
    </table>
  );
}

interface LoadRowProps {
  line: number;
  measured: number | null;
  granted: number | null;
  ceiling: number | null;
  rating: number;
}

function LoadRow({ line, measured, granted, ceiling, rating }: LoadRowProps) {
  const { t, f } = useLanguage();
  const level = loadLevel(measured, rating);
  const near = level === 'unknown' || level === 'quiet' ? undefined : t.load.near[level];
  return (
    <tr data-line={line} data-level={level}>
      <th scope="row" class="load-line">
        {lineName(line)}
      </th>
      <td class="load-bar" aria-hidden="true">
        <div class="bar">
          <div class="bar-ceiling" style={{ width: percent(shareOf(ceiling, rating)) }} />
          <div class="bar-measured" style={{ width: percent(shareOf(measured, rating)) }} />
          {granted !== null && granted > 0 && (
            <div class="bar-granted" style={{ left: percent(shareOf(granted, rating)) }} />
          )}
        </div>
      </td>
      <td class="load-number load-measured">
        {near !== undefined && (
          <span class="load-near" title={near}>
            <span aria-hidden="true">▲</span>
            <span class="visually-hidden">{near}: </span>
          </span>
        )}
        {f.tenths(measured)}
        {measured === null && <span class="visually-hidden"> ({t.load.unknown})</span>}
      </td>
      <td class="load-number">{f.tenths(granted)}</td>
      <td class="load-number">{f.tenths(ceiling)}</td>
    </tr>
  );
}
