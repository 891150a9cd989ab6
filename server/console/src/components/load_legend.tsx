import { useLanguage } from '../texts/language';

export function LoadLegend() {
  const { t } = useLanguage();
  return (
    <details class="legend">
      <summary>{t.load.legend}</summary>
      <ul>
        <li>
          <span class="legend-sample bar-measured" aria-hidden="true" />
          {t.load.measured}: {t.load.legendMeasured}
        </li>
        <li>
          <span class="legend-sample legend-tick" aria-hidden="true" />
          {t.load.granted}: {t.load.legendGranted}
        </li>
        <li>
          <span class="legend-sample bar-ceiling" aria-hidden="true" />
          {t.load.ceiling}: {t.load.legendCeiling}
        </li>
        <li>{t.load.legendEnd}</li>
      </ul>
    </details>
  );
}
